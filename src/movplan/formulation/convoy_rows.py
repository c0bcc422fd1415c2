"""Rows of whole convoys: size, beds on the way, staff, ambulances, luggage.

With P the persons of families that board a convoy:

    convoy_size       P <= convoy_max_persons
    overnight_stop    persons riding through a stop <= its beds
    convoy_staff      P <= n x operational escorts, P <= C x (nurses + doctors),
                      P <= n + (C - n) x doctors;  C: the most P can be
    convoy_ambulance  P <= n x ambulances
    luggage           kg aboard <= kg of the vehicles, per segment

What stands by in the convoy's price is on the right. A row is only there if the
families who could ride would break it.
"""

from collections import Counter
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from movplan.domain.transport import Departure, DepartureStop
from movplan.domain.words import EscortRole
from movplan.formulation.context import Context
from movplan.formulation.convoy_riders import ConvoyRiders, most_persons
from movplan.formulation.fleets import Fleets
from movplan.formulation.rowbook import IntArray, RowName

MEDICAL_ROLES = (EscortRole.NURSE, EscortRole.DOCTOR)


@dataclass(frozen=True, slots=True)
class Gives:
    """What one more of something gives to a row."""

    row: int
    amount: int


@dataclass(frozen=True, slots=True)
class ConvoyRows:
    """Rows that staff and vehicles without families give to, by departure.

    ``staff`` by role; ``most_staff`` of a role is more than enough.
    """

    staff: dict[str, dict[EscortRole, list[Gives]]] = field(default_factory=dict)
    most_staff: dict[tuple[str, EscortRole], int] = field(default_factory=dict)
    ambulance: dict[str, Gives] = field(default_factory=dict)
    luggage: dict[str, list[int]] = field(default_factory=dict)


def add_convoy_rows(context: Context, riders: dict[str, ConvoyRiders]) -> ConvoyRows:
    """Add the rows of every convoy."""
    found, fleets = ConvoyRows(), context.fleets
    for departure_id, aboard in riders.items():
        most = _add_size(context, fleets, aboard)
        _add_overnight_stops(context, fleets, aboard)
        _add_luggage(context, fleets, aboard, found)
        limit = context.values.departure("persons_per_ambulance", aboard.departure)
        standing = limit * aboard.departure.standing_ambulances
        if context.keeps("convoy_ambulance") and limit and most > standing:
            row = _persons_row(context, aboard, "convoy_ambulance", "", standing)
            found.ambulance[departure_id] = Gives(row, limit)
        if context.keeps("convoy_staff"):
            found.staff[departure_id] = {}
            _add_operational(context, aboard, most, found)
            _add_medical(context, aboard, most, found)
    return found


def overnight_stops(context: Context, departure: Departure) -> list[DepartureStop]:
    """Stops where a convoy stays until another local date."""
    return [
        stop
        for stop in context.stops.get(departure.departure_id, ())
        if _local_dates(context, stop)[0] < _local_dates(context, stop)[1]
    ]


def _local_dates(context: Context, stop: DepartureStop) -> tuple[int, int]:
    zone = ZoneInfo(context.files.places[stop.place_id].timezone)
    return (
        stop.arrives.astimezone(zone).date().toordinal(),
        stop.departs.astimezone(zone).date().toordinal(),
    )


def _persons_row(
    context: Context, aboard: ConvoyRiders, rule: str, detail: str, rhs: int
) -> int:
    """A row of all persons who board."""
    name = RowName(rule, aboard.departure.departure_id, detail)
    row = context.rows.row(name, rhs=rhs)
    _count(context, aboard, row, aboard.persons, np.ones(len(aboard.pair), np.bool_))
    return row


def _count(
    context: Context,
    aboard: ConvoyRiders,
    row: int,
    amount: IntArray,
    which: NDArray[np.bool_],
) -> None:
    pair = aboard.pair[which]
    context.resources.add(pair, np.full(len(pair), row), amount[which])


def _add_size(context: Context, fleets: Fleets, aboard: ConvoyRiders) -> int:
    """The row of ``convoy_size``; returns the most persons who can board."""
    most = _most(context, fleets, aboard)
    limit = context.values.departure("convoy_max_persons", aboard.departure)
    if most <= limit or not context.keeps("convoy_size"):
        return most
    _persons_row(context, aboard, "convoy_size", "", limit)
    return limit


def _most(
    context: Context,
    fleets: Fleets,
    aboard: ConvoyRiders,
    which: NDArray[np.bool_] | None = None,
) -> int:
    """The most persons of some riders there can be."""
    if not context.keeps("vehicle_load"):
        return aboard.could_be(aboard.persons, which)
    return most_persons(aboard, fleets.places(aboard.departure), which)


def _add_overnight_stops(
    context: Context, fleets: Fleets, aboard: ConvoyRiders
) -> None:
    departure_id = aboard.departure.departure_id
    stops = [s.sequence for s in context.stops.get(departure_id, ())]
    for stop in overnight_stops(context, aboard.departure):
        through = aboard.through(stops.index(stop.sequence) + 1)
        beds = stop.beds or 0
        if _most(context, fleets, aboard, through) > beds:
            name = RowName("overnight_stop", departure_id, stop.place_id)
            row = context.rows.row(name, rhs=beds)
            _count(context, aboard, row, aboard.persons, through)


def _add_operational(
    context: Context, aboard: ConvoyRiders, most: int, found: ConvoyRows
) -> None:
    departure, role = aboard.departure, EscortRole.OPERATIONAL
    each = context.values.departure("persons_per_operational_escort", departure)
    there = Counter(departure.standing_staff)[role]
    if each == 0 or most <= each * there:
        return
    row = _persons_row(context, aboard, "convoy_staff", role.value, each * there)
    found.staff[departure.departure_id][role] = [Gives(row, each)]
    found.most_staff[departure.departure_id, role] = -(-most // each) - there


def _add_medical(
    context: Context, aboard: ConvoyRiders, most: int, found: ConvoyRows
) -> None:
    departure = aboard.departure
    limit = context.values.departure("nurse_up_to_persons", departure)
    there = Counter(departure.standing_staff)
    nurse, doctor = MEDICAL_ROLES
    if limit == 0 or most == 0:
        return
    gives = found.staff[departure.departure_id]
    if there[nurse] + there[doctor] == 0:
        row = _persons_row(context, aboard, "convoy_staff", "nurse or doctor", 0)
        for role in MEDICAL_ROLES:
            gives.setdefault(role, []).append(Gives(row, most))
    if there[doctor] == 0 and most > limit:
        row = _persons_row(context, aboard, "convoy_staff", doctor.value, limit)
        gives.setdefault(doctor, []).append(Gives(row, most - limit))
    for role in MEDICAL_ROLES:
        if role in gives:
            found.most_staff[departure.departure_id, role] = 1


def _add_luggage(
    context: Context, fleets: Fleets, aboard: ConvoyRiders, found: ConvoyRows
) -> None:
    departure = aboard.departure
    standing = departure.standing_luggage_kg
    if not context.keeps("luggage") or _left_behind(fleets, aboard) <= standing:
        return
    for segment in range(aboard.segments):
        which = aboard.on(segment)
        if aboard.could_be(aboard.kilograms, which) <= standing:
            continue
        name = RowName("luggage", departure.departure_id, str(segment))
        row = context.rows.row(name, rhs=standing)
        _count(context, aboard, row, aboard.kilograms, which)
        found.luggage.setdefault(departure.departure_id, []).append(row)


def _left_behind(fleets: Fleets, aboard: ConvoyRiders) -> float:
    """The most kg that could lack although everybody has a place in a vehicle.

    With r the most kg a family brings per place it takes, a vehicle full of families
    lacks r x places - kg at most.
    """
    if ((aboard.takers == 0) & (aboard.kilograms > 0)).any():
        return np.inf
    each = float((aboard.kilograms / np.maximum(aboard.takers, 1)).max(initial=0))
    departure = aboard.departure
    lacking = 0.0
    for row in fleets.rows(departure):
        kind = fleets.type_of(row)
        full = each * fleets.places_of(departure, kind)
        lacks = max(0.0, full - fleets.luggage_kg(departure, kind))
        lacking += row.max_vehicles * lacks
    return lacking
