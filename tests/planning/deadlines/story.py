"""One trip every test of deadlines starts from.

Family F (mother, child of 10) leaves Mashhad by convoy C on Tuesday 12 May 2026 at
06:00, passes the border Dogharoun at 10:00, alights in Herat at 14:00, flies F1 (TK)
at 01:00 on 13 May to Istanbul and goes on to Ankara by road, there at 12:00.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from movplan.domain.people import Family, Member
from movplan.domain.plan import Deadline, Leg
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Horizon, Scenario
from movplan.domain.transport import Departure, DepartureStop, Place
from movplan.domain.words import DepartureKind, LegKind, PlaceKind
from movplan.planning.deadlines import find_deadlines

TEHRAN = timezone(timedelta(hours=3, minutes=30))
KABUL = timezone(timedelta(hours=4, minutes=30))
ISTANBUL = timezone(timedelta(hours=3))


def at(day: int, hour: int, zone: timezone, minute: int = 0) -> datetime:
    """A local time in May 2026."""
    return datetime(2026, 5, day, hour, minute, tzinfo=zone)


def place(place_id: str, country: str, zone: str, kind: PlaceKind) -> Place:
    return Place(
        place_id=place_id,
        kind=kind,
        country=country,
        latitude=35,
        longitude=50,
        timezone=zone,
    )


def ride(sequence: int, departure: Departure) -> Leg:
    return Leg(
        family_id="F",
        sequence=sequence,
        kind=LegKind.RIDE,
        departure_id=departure.departure_id,
        from_place=departure.from_place,
        to_place=departure.to_place,
        departs=departure.departs,
        arrives=departure.arrives,
        persons=2,
    )


CONVOY = Departure(
    departure_id="C",
    kind=DepartureKind.CONVOY,
    from_place="MHD",
    to_place="HER",
    departs=at(12, 6, TEHRAN),
    arrives=at(12, 14, KABUL),
    currency="USD",
)
FLIGHT = Departure(
    departure_id="F1",
    kind=DepartureKind.FLIGHT,
    carrier="TK",
    from_place="HER",
    to_place="IST",
    departs=at(13, 1, KABUL),
    arrives=at(13, 5, ISTANBUL),
    seats=10,
    currency="USD",
)
MOTHER = Member(
    member_id="m", family_id="F", birth_date=date(1990, 1, 1), relation="principal"
)
CHILD = Member(member_id="c", family_id="F", birth_date=date(2016, 1, 1))
SCENARIO = Scenario(
    scenario_id="deadlines",
    as_of=datetime(2026, 4, 1, tzinfo=UTC),
    horizon=Horizon(first=date(2026, 5, 1), last=date(2026, 5, 31)),
    programmes=(Programme(programme_id="P"),),
    families=(
        Family(
            family_id="F",
            programme="P",
            persons=2,
            origin="MHD",
            destination="ANK",
            ready_from=date(2026, 5, 1),
        ),
    ),
    members=(MOTHER, CHILD),
    places=(
        place("MHD", "IR", "Asia/Tehran", PlaceKind.TOWN),
        place("DOG", "IR", "Asia/Tehran", PlaceKind.BORDER),
        place("HER", "AF", "Asia/Kabul", PlaceKind.AIRPORT),
        place("IST", "TR", "Europe/Istanbul", PlaceKind.AIRPORT),
        place("ANK", "TR", "Europe/Istanbul", PlaceKind.TOWN),
    ),
    departures=(CONVOY, FLIGHT),
    departure_stops=(
        DepartureStop(
            departure_id="C",
            sequence=1,
            place_id="DOG",
            arrives=at(12, 10, TEHRAN),
            departs=at(12, 11, TEHRAN),
        ),
    ),
)
SCHEDULE = (
    ride(1, CONVOY),
    ride(2, FLIGHT),
    Leg(
        family_id="F",
        sequence=3,
        kind=LegKind.TRANSFER,
        from_place="IST",
        to_place="ANK",
        departs=at(13, 5, ISTANBUL),
        arrives=at(13, 12, ISTANBUL),
        persons=2,
    ),
)


def deadlines(**changes: Any) -> tuple[Deadline, ...]:
    """Deadlines of the trip in the scenario with some fields exchanged."""
    return find_deadlines(SCENARIO.model_copy(update=changes), SCHEDULE, (), ())


def dates(found: tuple[Deadline, ...], subject_id: str = "F") -> dict[str, str]:
    """What somebody has to do, and by which day (month-day)."""
    return {d.what: f"{d.on:%m-%d}" for d in found if d.subject_id == subject_id}
