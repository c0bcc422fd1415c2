"""One family from TOWN to KABUL, three convoys, and ways to change a single thing.

Convoys leave TOWN at 06:00 (Tehran) on 5, 12 and 19 May and arrive at 15:00 (Kabul):
C05, C12, C19, each with two minibuses of 20 seats, one stretcher place, no spare.
"""

from datetime import date, datetime, time
from typing import Any

from movplan.domain.people import Family, Member
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Horizon, Scenario
from movplan.domain.transport import Departure, DepartureVehicle, Place, VehicleType
from movplan.domain.words import DepartureKind, Part, PlaceKind
from movplan.screening import FamilyPart, Refusal, Screening, screen

DAYS = (5, 12, 19)


def at(day: int, clock: str) -> datetime:
    """A moment in May 2026 in UTC."""
    return datetime.fromisoformat(f"2026-05-{day:02} {clock}+00:00")


def may(day: int) -> date:
    return date(2026, 5, day)


def place(name: str, country: str, *, night: int | None = None) -> Place:
    return Place(
        place_id=name,
        kind=PlaceKind.BORDER if name == "BORDER" else PlaceKind.TOWN,
        country=country,
        latitude={"TOWN": 35.0, "CLINIC": 35.5}.get(name, 60.0),
        longitude=60.0 if country == "IR" else 69.0,
        timezone="Asia/Tehran" if country == "IR" else "Asia/Kabul",
        night_price_cents=night,
        opens=time.min,  # a border is crossed at any time
        closes=time.max,
    )


def convoy(day: int) -> Departure:
    return Departure(
        departure_id=f"C{day:02}",
        kind=DepartureKind.CONVOY,
        from_place="TOWN",
        to_place="KABUL",
        departs=at(day, "02:30"),
        arrives=at(day, "10:30"),
        spare_percent=0,
        currency="USD",
    )


FAMILY = Family(
    family_id="F1",
    programme="AVRR",
    persons=2,
    origin="TOWN",
    destination="KABUL",
    ready_from=may(1),
)
MEMBERS = (
    Member(member_id="M1", family_id="F1", birth_date=date(1990, 1, 1)),
    Member(member_id="M2", family_id="F1", birth_date=date(1992, 1, 1)),
)

BASE = Scenario(
    scenario_id="screening",
    as_of=at(1, "00:00"),
    horizon=Horizon(first=may(4), last=may(24)),
    programmes=(Programme(programme_id="AVRR", consent_required=False),),
    families=(FAMILY,),
    members=MEMBERS,
    places=(
        place("TOWN", "IR"),
        place("CLINIC", "IR", night=900),
        place("KABUL", "AF"),
    ),
    departures=tuple(convoy(day) for day in DAYS),
    vehicle_types=(VehicleType(vehicle_type_id="BUS", seats=20, stretcher_places=1),),
    departure_vehicles=tuple(
        DepartureVehicle(
            departure_id=f"C{day:02}",
            vehicle_type_id="BUS",
            max_vehicles=2,
            currency="USD",
        )
        for day in DAYS
    ),
)


def changed(*, base: Scenario = BASE, **tables: Any) -> Scenario:
    """The mission with some tables replaced."""
    return base.model_copy(update=tables)


def with_family(base: Scenario = BASE, **columns: Any) -> Scenario:
    return changed(base=base, families=(FAMILY.model_copy(update=columns),))


def with_programme(base: Scenario = BASE, **columns: Any) -> Scenario:
    programme = base.programmes[0].model_copy(update=columns)
    return changed(base=base, programmes=(programme,))


def rides_of(result: Screening, part: FamilyPart) -> list[list[str]]:
    """Departures of each eligible itinerary."""
    return [
        [ride.departure_id for ride in result.itineraries[i].rides]
        for i in part.itineraries.tolist()
    ]


def eligible(scenario: Scenario, family: str = "F1") -> list[str]:
    """Departures of the family's outbound itineraries (one ride each)."""
    result = screen(scenario)
    return [
        departure
        for part in result.parts
        if part.family_id == family and part.part is Part.OUTBOUND
        for ride in rides_of(result, part)
        for departure in ride
    ]


def refusal(scenario: Scenario, family: str = "F1") -> Refusal:
    """The family's refusal."""
    (found,) = [r for r in screen(scenario).refusals if r.family_id == family]
    return found
