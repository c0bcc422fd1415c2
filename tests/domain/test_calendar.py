"""Working days of Mashhad (Fridays off), Quebec and a country nobody knows, in 2026."""

from datetime import date, time

import pytest

from movplan.domain.calendar import Holiday, WorkingDays, is_known_subdivision
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure, Place
from movplan.domain.words import CapacityKind, ClosureState
from tests.domain.mission import mission


def place(name: str, country: str, subdivision: str = "") -> Place:
    return Place(
        place_id=name,
        country=country,
        subdivision=subdivision,
        latitude=0,
        longitude=0,
        timezone="UTC",
    )


PLACES = (
    place("MHD", "IR"),
    place("HEA", "AF"),
    place("YUL", "CA", "QC"),
    place("YYZ", "CA", "ON"),
    place("ODD", "CA", "XX"),
    place("NOWHERE", "XZ"),
)


def closure(name: str, first: date, last: date, **values: object) -> Closure:
    return Closure.model_validate(
        {"closure_id": "C", "place_id": name, "date_from": first, "date_to": last}
        | values
    )


def days(*closures: Closure) -> WorkingDays:
    scenario: Scenario = mission()
    return WorkingDays(
        scenario.model_copy(update={"places": PLACES, "closures": closures})
    )


@pytest.mark.parametrize(
    ("name", "on", "works"),
    [
        ("MHD", date(2026, 5, 1), False),  # a Friday
        ("MHD", date(2026, 5, 2), True),
        ("MHD", date(2026, 5, 3), True),
        ("YUL", date(2026, 5, 2), False),  # a Saturday
        ("NOWHERE", date(2026, 5, 2), False),
        ("NOWHERE", date(2026, 1, 1), True),
        ("YUL", date(2026, 6, 24), False),  # Quebec's own
        ("YYZ", date(2026, 6, 24), True),
        ("ODD", date(2026, 6, 24), True),
        ("ODD", date(2026, 7, 1), False),
    ],
)
def test_weekends_and_holidays_by_country_and_province(name, on, works):
    assert days().is_working(name, on) is works


def test_a_lunar_holiday_is_estimated():
    # Eid al-Adha 2026 in Afghanistan: 27 May by calculation.
    assert days().holiday_on("HEA", date(2026, 5, 27)) == Holiday(
        "Eid al-Adha (estimated)", estimated=True
    )
    certain = days().holiday_on("HEA", date(2026, 8, 19))
    assert certain is not None
    assert not certain.estimated


def test_the_moon_came_a_day_later():
    eid, next_day = date(2026, 7, 1), date(2026, 7, 2)
    moved = days(
        closure("YUL", eid, eid, state=ClosureState.OPEN),
        closure("YUL", next_day, next_day),
    )

    assert moved.holiday_on("YUL", eid) is None
    assert moved.is_working("YUL", eid)
    assert not moved.is_working("YUL", next_day)
    assert not days().is_working("YYZ", eid)


@pytest.mark.parametrize(
    ("values", "works"),
    [
        ({}, False),
        ({"weekdays": tuple(range(1, 8))}, False),
        ({"weekdays": (1,)}, True),
        ({"programmes": ("AVRR",)}, True),
        ({"kinds": (CapacityKind.ARRIVAL,)}, True),
        ({"opens": time(8), "closes": time(11)}, True),
    ],
)
def test_only_a_whole_closure_stops_work(values, works):
    monday = date(2026, 5, 4)

    assert days(closure("YUL", monday, monday, **values)).is_working("YUL", monday) is (
        works
    )


def test_an_open_row_makes_no_sunday_a_working_day():
    sunday = date(2026, 5, 3)
    opened = days(closure("YUL", sunday, sunday, state=ClosureState.OPEN))

    assert not opened.is_working("YUL", sunday)


def test_the_nth_working_day_after():
    # Thursday 30 April 2026; Mashhad is off on Friday, Quebec on Saturday and Sunday.
    thursday = date(2026, 4, 30)

    assert days().nth_after("MHD", 0, thursday) == thursday
    assert days().nth_after("MHD", 1, thursday) == date(2026, 5, 2)
    assert days().nth_after("MHD", 3, thursday) == date(2026, 5, 4)
    assert days().nth_after("YUL", 1, thursday) == date(2026, 5, 1)
    assert days().nth_after("YUL", 2, thursday) == date(2026, 5, 4)


@pytest.mark.parametrize("n", range(6))
@pytest.mark.parametrize("day", range(1, 29))
def test_the_last_notice_is_the_last_date_in_time(n, day):
    arrival = date(2026, 5, day)
    found = days().last_notice("YUL", n, arrival)
    later = date.fromordinal(found.toordinal() + 1)

    assert days().nth_after("YUL", n, found) <= arrival
    assert days().nth_after("YUL", n, later) > arrival


def test_a_place_closed_for_ever_has_no_next_working_day():
    closed = days(closure("YUL", date(9999, 1, 1), date.max))

    assert closed.nth_after("YUL", 1, date(9999, 6, 1)) == date.max


def test_subdivisions():
    assert is_known_subdivision("CA", "QC")
    assert not is_known_subdivision("CA", "XX")
    assert not is_known_subdivision("XZ", "QC")
