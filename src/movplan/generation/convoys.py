"""Convoys: Tehran-Mashhad-Dogharoun-Herat, Kerman-Zahedan-Milak-Zaranj, and onward."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np

from movplan.domain.escorts import Payer
from movplan.domain.transport import (
    Departure,
    DepartureStop,
    DepartureVehicle,
    VehicleType,
)
from movplan.domain.words import (
    DepartureKind,
    DepartureStatus,
    PriceBasis,
    SubjectKind,
    VehicleKind,
)
from movplan.generation.brief import Brief, horizon_dates, local
from movplan.generation.demand import Demand
from movplan.generation.geography import zone

BUS_SEATS, MINIBUS_SEATS = 44, 20
AMBULANCE_SEATS = 9
USABLE_BUS, USABLE_MINIBUS, USABLE_AMBULANCE = 39, 18, 8
USABLE = {
    "bus": USABLE_BUS,
    "minibus": USABLE_MINIBUS,
    "ambulance": USABLE_AMBULANCE,
}
PERSONS_PER_CONVOY = 16
# The third convoy of a corridor is contracted, if enough persons ask for it.
FIRM_CONVOY = 2
FIRM_FROM_PERSONS = 60


@dataclass(frozen=True, slots=True)
class Stop:
    """A served place: arrival and departure clock, days after the convoy's date."""

    place_id: str
    arrives: str
    departs: str
    day: int


@dataclass(frozen=True, slots=True)
class Corridor:
    """A convoy's timetable, days of the week, distance and prices (US cents)."""

    name: str
    code: str
    weekdays: tuple[int, ...]
    stops: tuple[Stop, ...]
    distance_km: float
    bus_cents: int
    standing_cents: int
    seats_per_person: float
    fewest: int


# Sun, Tue, Thu from Tehran (C1); overnight in Mashhad, Zahedan, Kandahar and Maimana
# (C5); no night driving (C6); distances road (C14, else 1.37 x great circle).
CORRIDORS = (
    Corridor(
        "west",
        "TH",
        (7, 2, 4),
        (
            Stop("tehran", "06:00", "06:00", 0),
            Stop("mashhad", "19:00", "05:30", 0),
            Stop("dogharoun", "09:00", "12:00", 1),
            Stop("herat-tc", "15:30", "15:30", 1),
        ),
        1245.0,
        70000,
        45000,
        1.05,
        8,
    ),
    Corridor(
        "south",
        "KZ",
        (6, 3),
        (
            Stop("kerman", "06:00", "06:00", 0),
            Stop("zahedan", "14:30", "06:00", 0),
            Stop("milak", "09:30", "12:00", 1),
            Stop("zaranj", "13:30", "13:30", 1),
        ),
        760.0,
        45000,
        40000,
        1.05,
        8,
    ),
    Corridor(
        "herat-kabul",
        "HK",
        (2, 4, 6),
        (
            Stop("herat-tc", "06:00", "06:00", 0),
            Stop("kandahar", "17:00", "06:00", 0),
            Stop("kabul", "15:00", "15:00", 1),
        ),
        1050.0,
        65000,
        25000,
        1.10,
        8,
    ),
    Corridor(
        "herat-mazar",
        "HM",
        (3, 6),
        (
            Stop("herat-tc", "06:00", "06:00", 0),
            Stop("maimana", "17:00", "06:00", 0),
            Stop("mazar", "17:00", "17:00", 1),
        ),
        800.0,
        55000,
        25000,
        1.10,
        8,
    ),
    Corridor(
        "zaranj-kabul",
        "ZK",
        (1, 5),
        (
            Stop("zaranj", "06:00", "06:00", 0),
            Stop("kandahar", "16:00", "06:00", 0),
            Stop("kabul", "15:00", "15:00", 1),
        ),
        1000.0,
        60000,
        25000,
        1.10,
        8,
    ),
)


@dataclass
class Fleet:
    """Convoys with their stops, vehicles and payers."""

    departures: list[Departure] = field(default_factory=list)
    stops: list[DepartureStop] = field(default_factory=list)
    vehicles: list[DepartureVehicle] = field(default_factory=list)
    payers: list[Payer] = field(default_factory=list)


def vehicle_types() -> tuple[VehicleType, ...]:
    """Bus, minibus and ambulance; 44 seats of which 10 percent stay empty (C4, C7)."""
    return (
        VehicleType(
            vehicle_type_id="bus",
            seats=BUS_SEATS,
            wheelchair_places=1,
            luggage_kg=BUS_SEATS * 50,
        ),
        VehicleType(
            vehicle_type_id="minibus",
            kind=VehicleKind.MINIBUS,
            seats=MINIBUS_SEATS,
            wheelchair_places=1,
            luggage_kg=MINIBUS_SEATS * 40,
        ),
        VehicleType(
            vehicle_type_id="ambulance",
            kind=VehicleKind.AMBULANCE,
            seats=AMBULANCE_SEATS,
            wheelchair_places=1,
            stretcher_places=1,
            luggage_kg=200,
        ),
    )


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
    seated = max(1, round(target) - ambulances * USABLE_AMBULANCE)
    buses, rest = divmod(seated, USABLE_BUS)
    if rest > USABLE_MINIBUS + 6:
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
