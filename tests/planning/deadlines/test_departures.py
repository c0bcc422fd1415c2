"""Deadlines of departures."""

from datetime import UTC, date, datetime

from movplan.domain.assignments import Assignment
from movplan.domain.words import AssignmentState, DepartureStatus
from movplan.planning.deadlines import find_deadlines
from tests.planning.deadlines.story import CONVOY, FLIGHT, SCENARIO, dates, deadlines

DATES = {
    "option_until": date(2026, 4, 20),
    "names_due": date(2026, 4, 22),
    "ticket_by": date(2026, 4, 25),
    "free_cancel_until": date(2026, 4, 28),
}


def flight(**fields: object) -> dict[str, object]:
    row = FLIGHT.model_copy(update={**DATES, **fields})
    return {"departures": (CONVOY, row)}


def test_an_option_that_runs() -> None:
    """Lock of flights 72 hours: 01:00 on 13 May - 72 hours is 10 May."""
    found = dates(deadlines(**flight(status=DepartureStatus.OPTION)), "F1")
    assert found == {
        "confirm option": "04-20",
        "send names": "04-22",
        "issue tickets": "04-25",
        "cancel free of charge": "04-28",
        "manifest closes": "05-10",
    }


def test_a_convoys_manifest_closes_a_day_before() -> None:
    """Lock of convoys 24 hours: 06:00 on 12 May - 24 hours is 11 May."""
    assert dates(deadlines(), "C") == {"manifest closes": "05-11"}


def test_a_ticketed_flight_is_ticketed() -> None:
    found = dates(deadlines(**flight(status=DepartureStatus.TICKETED)), "F1")
    assert set(found) == {"send names", "cancel free of charge", "manifest closes"}


def test_dates_that_are_over_are_nobodys_task() -> None:
    later = {"as_of": datetime(2026, 4, 24, 12, tzinfo=UTC)}
    found = dates(deadlines(**flight(), **later), "F1")
    assert set(found) == {"issue tickets", "cancel free of charge", "manifest closes"}


def test_of_who_has_set_out_nothing_is_asked_any_more() -> None:
    """On the way with the convoy, still to fly: the flight's dates, and the notice."""
    whole = {(d.subject_id, d.what) for d in deadlines(**flight())}
    rows = (
        Assignment(
            family_id="F", departure_id="C", leg=1, state=AssignmentState.DEPARTED
        ),
        Assignment(
            family_id="F", departure_id="F1", leg=2, state=AssignmentState.LOCKED
        ),
    )
    left = {(d.subject_id, d.what) for d in deadlines(**flight(), assignments=rows)}
    notice = {w for w in whole if "notice of arrival" in w[1]}
    assert left == {w for w in whole if w[0] == "F1"} | notice
    elsewhere = (rows[0].model_copy(update={"departure_id": "X"}),)
    other = {
        (d.subject_id, d.what) for d in deadlines(**flight(), assignments=elsewhere)
    }
    assert other == whole


def test_a_firm_one_nobody_rides_may_still_be_cancelled() -> None:
    firm = flight(status=DepartureStatus.CONTRACTED)
    scenario = SCENARIO.model_copy(update=firm)
    found = find_deadlines(scenario, (), (), ())
    assert [(d.subject_id, d.what) for d in found] == [("F1", "cancel free of charge")]
    idle = SCENARIO.model_copy(update=flight())
    assert find_deadlines(idle, (), (), ()) == ()
