"""Corridors from Tehran by Mashhad and Dogharoun to Herat, Kerman to Zaranj; onward."""

from dataclasses import dataclass


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
