"""A corridor to build small missions on: three Iranian places, three Afghan ones.

Minutes by road: TOWN - AIR 60, TOWN - BORDER 120, HERAT - CAMP 30.
"""

from datetime import date, datetime, time

from movplan.domain.programmes import Programme
from movplan.domain.scenario import Horizon, Limits, Scenario
from movplan.domain.transport import Closure, Departure, DepartureStop, Place, Transfer
from movplan.domain.words import DepartureKind, PlaceKind

IRAN, AFGHAN = "Asia/Tehran", "Asia/Kabul"
FLIGHT, CONVOY = DepartureKind.FLIGHT, DepartureKind.CONVOY
IRANIAN = ("TOWN", "AIR", "BORDER")
NAMES = (*IRANIAN, "HERAT", "CAMP", "KABUL")


def at(text: str) -> datetime:
    """``04 06:00`` on 4 May 2026 in UTC."""
    return datetime.fromisoformat(f"2026-05-{text}+00:00")


def may(day: int) -> date:
    return date(2026, 5, day)


def place(name: str, *, night: int | None = None, opens: time = time.min) -> Place:
    """A place; the border is crossed at any time, unless ``opens`` is given."""
    return Place(
        place_id=name,
        kind=PlaceKind.BORDER if name == "BORDER" else PlaceKind.TOWN,
        country="IR" if name in IRANIAN else "AF",
        latitude=10.0 * NAMES.index(name),
        longitude=60.0,
        timezone=IRAN if name in IRANIAN else AFGHAN,
        night_price_cents=night,
        opens=opens,
        closes=time.max,
    )


def road(start: str, end: str, minutes: int) -> Transfer:
    return Transfer(from_place=start, to_place=end, minutes=minutes, currency="USD")


ROADS = (
    road("TOWN", "AIR", 60),
    road("TOWN", "BORDER", 120),
    road("HERAT", "CAMP", 30),
)


def ride(
    name: str, way: str, departs: str, arrives: str, *, kind: DepartureKind = CONVOY
) -> Departure:
    """``ride("C1", "TOWN HERAT", "04 06:00", "04 14:00")``."""
    start, end = way.split()
    return Departure(
        departure_id=name,
        kind=kind,
        from_place=start,
        to_place=end,
        departs=at(departs),
        arrives=at(arrives),
        seats=50 if kind is FLIGHT else None,
        currency="USD",
    )


def mission(
    *departures: Departure,
    nights: tuple[str, ...] = (),
    stops: tuple[DepartureStop, ...] = (),
    closures: tuple[Closure, ...] = (),
    limits: Limits | None = None,
) -> Scenario:
    """A mission with those departures and beds at the places ``nights``."""
    return Scenario(
        scenario_id="corridor",
        as_of=at("01 00:00"),
        horizon=Horizon(first=may(2), last=may(20)),
        limits=limits or Limits(),
        programmes=(Programme(programme_id="AVRR"),),
        families=(),
        places=tuple(place(n, night=500 if n in nights else None) for n in NAMES),
        departures=departures,
        departure_stops=stops,
        transfers=ROADS,
        closures=closures,
    )
