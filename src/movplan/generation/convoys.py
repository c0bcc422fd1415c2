"""Convoys of every corridor: their dates, timetables, vehicles and payers."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np

from movplan.domain.escorts import Payer
from movplan.domain.transport import Departure, DepartureStop, DepartureVehicle
from movplan.domain.words import (
    DepartureKind,
    DepartureStatus,
    PriceBasis,
    SubjectKind,
)
from movplan.generation.brief import Brief, horizon_dates, local
from movplan.generation.corridors import CORRIDORS, Corridor, Stop
from movplan.generation.demand import Demand
from movplan.generation.geography import zone
from movplan.generation.vehicles import USABLE

PERSONS_PER_CONVOY = 16
# The third convoy of a corridor is contracted, if enough persons ask for it.
FIRM_CONVOY = 2
FIRM_FROM_PERSONS = 60


@dataclass
class Fleet:
    """Convoys with their stops, vehicles and payers."""

    departures: list[Departure] = field(default_factory=list)
    stops: list[DepartureStop] = field(default_factory=list)
    vehicles: list[DepartureVehicle] = field(default_factory=list)
    payers: list[Payer] = field(default_factory=list)


def draw_convoys(brief: Brief, demand: Demand) -> Fleet:
    """Convoys of every corridor, as many and as large as its demand lets be scarce."""
    rng = brief.stream(7)
    fleet = Fleet()
    for corridor in CORRIDORS:
        _corridor(rng, fleet, corridor, demand.corridors[corridor.name])
    return fleet


def _corridor(
    rng: np.random.Generator, fleet: Fleet, corridor: Corridor, persons: int
) -> None:
    if not persons:
        return
    dates = horizon_dates(corridor.weekdays)
    seats = persons * corridor.seats_per_person
    wanted = int(np.clip(round(seats / PERSONS_PER_CONVOY), corridor.fewest, 99))
    edges = np.linspace(0, len(dates), min(wanted, len(dates)) + 1).astype(int)
    for number, (low, high) in enumerate(pairwise(edges)):
        day = dates[int(rng.integers(low, high))]
        target = seats / (len(edges) - 1) * rng.uniform(0.6, 1.4)
        firm = number == FIRM_CONVOY and persons >= FIRM_FROM_PERSONS
        _convoy(
            fleet,
            corridor,
            day,
            target=target,
            status=_status(corridor, number, firm=firm),
        )


def _status(corridor: Corridor, number: int, *, firm: bool) -> DepartureStatus:
    """One convoy is contracted; the seventh from Tehran was called off."""
    if firm and corridor.name != "west":
        return DepartureStatus.CONTRACTED
    if number == 6 and corridor.name == "west":
        return DepartureStatus.CANCELLED
    return DepartureStatus.CANDIDATE


def _convoy(
    fleet: Fleet,
    corridor: Corridor,
    day: date,
    *,
    target: float,
    status: DepartureStatus,
) -> None:
    name = f"{corridor.code}-{day:%m%d}"
    first, last = corridor.stops[0], corridor.stops[-1]
    fleet.departures.append(
        Departure(
            departure_id=name,
            kind=DepartureKind.CONVOY,
            carrier="IOM",
            number=corridor.code,
            from_place=first.place_id,
            to_place=last.place_id,
            departs=local(day, first.departs, zone(first.place_id)),
            arrives=_at(day, last, arriving=True),
            status=status,
            min_persons=6,
            distance_km=corridor.distance_km,
            fixed_price_cents=corridor.standing_cents,
            cancellation_fee_cents=corridor.standing_cents // 3,
            currency="USD",
            programmes=("avrr",),
            names_due=day - timedelta(days=1),
            source="standing cost: lead car, luggage truck 150-300 each (UE)",
        )
    )
    for sequence, stop in enumerate(corridor.stops[1:-1], start=1):
        fleet.stops.append(
            DepartureStop(
                departure_id=name,
                sequence=sequence,
                place_id=stop.place_id,
                arrives=_at(day, stop, arriving=True),
                departs=_at(day, stop, arriving=False),
            )
        )
    _vehicles(fleet, corridor, name, target)
    _payers(fleet, name)


def _at(day: date, stop: Stop, *, arriving: bool) -> datetime:
    """Arrival on the stop's day; a departure earlier in the day means the next one."""
    overnight = not arriving and stop.departs < stop.arrives
    shift = timedelta(days=stop.day + overnight)
    clock = stop.arrives if arriving else stop.departs
    return local(day + shift, clock, zone(stop.place_id))


def _vehicles(fleet: Fleet, corridor: Corridor, name: str, target: float) -> None:
    ambulances = 1 + round(target) // 150
    seated = max(1, round(target) - ambulances * USABLE["ambulance"])
    buses, rest = divmod(seated, USABLE["bus"])
    if rest > USABLE["minibus"] + 6:
        buses, rest = buses + 1, 0
    minibuses = 1 if rest >= 5 or not buses else 0
    bus = corridor.bus_cents
    kinds = {
        "bus": (buses, bus, 35),
        "minibus": (minibuses, bus * 6 // 10, 20),
        "ambulance": (ambulances, bus * 4 // 10, 25),
    }
    for vehicle_type, (most, price, per_km) in kinds.items():
        if most:
            fleet.vehicles.append(
                DepartureVehicle(
                    departure_id=name,
                    vehicle_type_id=vehicle_type,
                    max_vehicles=most,
                    price_cents=price,
                    price_per_km_cents=per_km,
                    currency="USD",
                    basis=PriceBasis.ESTIMATE,
                )
            )


def _payers(fleet: Fleet, name: str) -> None:
    for line, percent in (("eu-transport", 75), ("no-avrr", 25)):
        fleet.payers.append(
            Payer(
                subject_kind=SubjectKind.DEPARTURE,
                subject_id=name,
                budget_line_id=line,
                share_percent=percent,
            )
        )
