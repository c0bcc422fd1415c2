"""Rules ``place_capacity`` and ``beds`` for one family alone, and quota years."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Period, Reason
from movplan.network import Event, Itinerary, Ride
from movplan.screening.bars import Bar
from movplan.screening.place_rows import (
    NEVER,
    PlaceRows,
    beds,
    but_beds,
    full,
    least,
    left,
    wanted,
)
from movplan.screening.result import BoolArray, IntArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table

RULE, BEDS = "place_capacity", "beds"


@dataclass(frozen=True, slots=True)
class Room:
    """Persons each itinerary has room for, beds apart; whether a quota covers it."""

    places: IntArray
    beds: IntArray
    covered: BoolArray


class PlaceLimits:
    """Bars places on the way that take fewer persons than the family has."""

    def __init__(self, shared: Shared) -> None:
        self._capacities = shared.scenario.capacities
        self._events = shared.network.events
        self._network_rides = shared.network.rides
        self._aside = Aside(shared.scenario, RULE)
        self._rows: dict[str, PlaceRows] = {}
        self._rides: dict[tuple[str, ...], tuple[IntArray, BoolArray]] = {}
        self._room: dict[tuple[int, tuple[str, ...]], Room] = {}

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """Bars of places and beds that are too small, and of dates without a quota."""
        if not self._capacities:
            return
        room = self._find_room(table, family.programme)
        yield from self._full(room.beds, family, table, BEDS)
        if not self._aside.family(family):
            yield from self._full(room.places, family, table, RULE)
            if not room.covered.all():
                yield Bar(
                    reason=Reason.PLACE_FULL,
                    fact=f"no quota year of programme {family.programme} covers the"
                    " date",
                    passes=room.covered,
                    dates=table.first_on,
                    rule=RULE,
                )

    def _full(
        self, room: IntArray, family: Family, table: Table, rule: str
    ) -> Iterator[Bar]:
        """A bar that names the narrowest place of the first way that is too small."""
        persons = family.persons
        passes = room >= persons
        if passes.all():
            return

        def narrowest(number: int) -> Capacity:
            itinerary = table.itineraries[number]
            rows = self._counting(itinerary, family.programme, rule)
            return min(rows, key=lambda row: (left(row), row.capacity_id))

        yield Bar(
            reason=Reason.PLACE_FULL,
            fact=full(narrowest(int(np.argmin(passes))), persons),
            passes=passes,
            dates=table.first_on,
            rule=rule,
            change=lambda number: wanted(narrowest(number), persons),
        )

    def _counting(
        self, itinerary: Itinerary, programme: str, rule: str
    ) -> Iterator[Capacity]:
        """Rows that count somebody on an itinerary."""
        rows = self._of_programme(programme)
        for event in (beds if rule == BEDS else but_beds)(itinerary):
            yield from rows.of_event(event)
        for ride in itinerary.rides if rule == RULE else ():
            yield from self._alone(ride, rows)

    def _find_room(self, table: Table, programme: str) -> Room:
        rows = self._of_programme(programme)
        key = (id(table), rows.ids)
        if key not in self._room:
            places, covered = self._by_ride(rows, table)
            for number in _extra(table, rows):
                itinerary = table.itineraries[number]
                tightest, covered[number] = _of_events(but_beds(itinerary), rows)
                alone = (least(self._alone(r, rows)) for r in itinerary.rides)
                places[number] = min(tightest, *alone)
            self._room[key] = Room(places, _beds(table, rows), covered)
        return self._room[key]

    def _by_ride(self, rows: PlaceRows, table: Table) -> tuple[IntArray, BoolArray]:
        """What the events of the rides leave of each itinerary."""
        if rows.ids not in self._rides:
            found = [_of_events(events, rows) for events in self._events]
            alone = [least(self._alone(ride, rows)) for ride in self._network_rides]
            room = [min(x, y) for (x, _), y in zip(found, alone, strict=True)]
            places = np.array([*room, NEVER], dtype=np.int64)
            covered = np.array([is_covered for _, is_covered in found] + [True])
            self._rides[rows.ids] = (places, covered)
        places, covered = self._rides[rows.ids]
        rides = table.rides
        return places[rides].min(axis=1), np.all(covered[rides], axis=1)

    def _alone(self, ride: Ride, rows: PlaceRows) -> Iterator[Capacity]:
        """Rows of each departure, unless more were allowed on this one."""
        if rows.single and not self._aside.row(ride.departure_id):
            yield from rows.of_ride(ride)

    def _of_programme(self, programme: str) -> PlaceRows:
        if programme not in self._rows:
            some = [r for r in self._capacities if r.programme in (None, programme)]
            ids = tuple(row.capacity_id for row in some)
            rows = PlaceRows(
                ids, defaultdict(list), defaultdict(list), defaultdict(list)
            )
            for row in some:
                self._add(row, rows)
            self._rows[programme] = rows
        return self._rows[programme]

    def _add(self, row: Capacity, rows: PlaceRows) -> None:
        """A row set aside is no limit but still covers its dates."""
        key, is_beds = (row.kind, row.place_id), row.kind is CapacityKind.BEDS
        if is_beds or not self._aside.row(row.capacity_id, row.place_id):
            single = row.period is Period.DEPARTURE
            (rows.single if single else rows.limits)[key].append(row)
        is_quota = row.period is Period.QUOTA_YEAR and not is_beds
        if is_quota and not self._aside.row(row.place_id):
            rows.quotas[key].append(row)


def _extra(table: Table, rows: PlaceRows) -> list[int]:
    """Itineraries with events besides those of their rides, at a place with rows.

    A crossing on boarding at a border, and what ends a journey by transfer.
    """
    destination = table.itineraries[0].destination
    crossed = {place for kind, place in rows.limits if kind is CapacityKind.CROSSING}
    crossed |= {place for kind, place in rows.quotas if kind is CapacityKind.CROSSING}
    arrival = (CapacityKind.ARRIVAL, destination)
    by_transfer = arrival in rows.limits or arrival in rows.quotas
    by_transfer |= destination in crossed
    if not by_transfer and not crossed:
        return []
    return [
        number
        for number, it in enumerate(table.itineraries)
        if (by_transfer and it.rides[-1].to_place != destination)
        or any(ride.from_place in crossed for ride in it.rides)
    ]


def _beds(table: Table, rows: PlaceRows) -> IntArray:
    """The fewest beds of the nights of each itinerary."""
    room = np.full(len(table), NEVER, dtype=np.int64)
    if any(kind is CapacityKind.BEDS for kind, _ in rows.limits):
        known: dict[tuple[str, date], int] = {}  # itineraries share their nights
        for number in np.flatnonzero(table.nights).tolist():
            for night in beds(table.itineraries[number]):
                key = (night.place_id, night.on)
                if key not in known:
                    known[key] = least(rows.of_event(night))
                room[number] = min(room[number], known[key])
    return room


def _of_events(events: Iterable[Event], rows: PlaceRows) -> tuple[int, bool]:
    """What events leave, and whether quota years cover them all."""
    happening = tuple(events)
    room = min((least(rows.of_event(event)) for event in happening), default=NEVER)
    return room, all(map(rows.cover, happening))
