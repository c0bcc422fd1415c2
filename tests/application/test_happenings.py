"""Events on the ground become changes: departed, stayed, cancelled, held."""

from datetime import date

import pytest

from movplan.application.changing import changed
from movplan.application.event_changes import event_changes
from movplan.application.happenings import Event, Happening, concerns
from movplan.application.loading import Loaded
from movplan.application.replanning import prepared
from movplan.domain.assignments import Assignment
from movplan.domain.people import Member
from movplan.domain.words import AssignmentState, DepartureStatus, MedicalStatus
from tests.reports.by_hand import PLAN, SCENARIO

ON = date(2026, 5, 5)


def event(kind, **named):
    return Event(Happening[kind], named.pop("on", ON), **named)


def after(*events, scenario=SCENARIO):
    """The scenario that a replan gets: family and leg -> departure and state."""
    changes = event_changes(scenario, PLAN, events)
    return prepared(Loaded(scenario, ()), PLAN, changes).scenario


def held(scenario):
    return {
        (row.family_id, row.leg): (row.departure_id, row.state.value)
        for row in scenario.assignments
    }


def pinned(family_id, departure_id, state=AssignmentState.LOCKED):
    row = Assignment(family_id=family_id, departure_id=departure_id, state=state)
    return SCENARIO.model_copy(update={"assignments": (row,)})


def test_who_departed_keeps_what_it_boarded_and_goes_on_as_promised():
    found = held(after(event("DEPARTED", family_id="F1", departure_id="CV-0505")))
    assert found == {
        ("F1", 1): ("CV-0505", "departed"),
        ("F1", 2): ("CV-0506", "locked"),
        ("F2", 1): ("FL-0509", "notified"),
        ("F3", 1): ("CV-0506", "notified"),
    }


def test_a_departure_that_left_took_everybody_aboard():
    found = held(after(event("DEPARTED", departure_id="CV-0506")))
    assert found["F1", 1] == ("CV-0505", "departed")
    assert found["F1", 2] == found["F3", 1] == ("CV-0506", "departed")


def test_who_did_not_come_stays_and_is_held_to_nothing():
    found = held(
        after(
            event("NO_SHOW", family_id="F3", departure_id="CV-0506"),
            scenario=pinned("F3", "CV-0506"),
        )
    )
    assert found["F3", 1] == ("CV-0506", "no_show")


def test_who_is_on_the_way_and_misses_the_next_ride_is_planned_on():
    found = held(
        after(
            event("DEPARTED", family_id="F1", departure_id="CV-0505"),
            event("NO_SHOW", family_id="F1", departure_id="CV-0506"),
        )
    )
    assert found["F1", 1] == ("CV-0505", "departed")
    assert ("F1", 2) not in found


def test_a_cancelled_departure_holds_nobody():
    scenario = after(
        event("DEPARTED", family_id="F1", departure_id="CV-0505"),
        event("CANCELLED", departure_id="CV-0506"),
        scenario=pinned("F3", "CV-0506"),
    )
    status = {row.departure_id: row.status for row in scenario.departures}
    assert status["CV-0506"] is DepartureStatus.CANCELLED
    found = held(scenario)
    assert ("F1", 2) not in found
    assert found["F3", 1] == ("CV-0506", "notified")


def test_a_family_cancels_its_journey():
    found = held(after(event("CANCELLED", family_id="F2")))
    assert found["F2", 1] == ("FL-0509", "withdrawn")


def test_a_family_without_a_ride_that_cancels_takes_back_its_consent():
    families = {
        f.family_id: f for f in after(event("CANCELLED", family_id="F4")).families
    }
    assert families["F4"].consent_withdrawn == ON != SCENARIO.as_of.date()


def test_consent_is_withdrawn_on_its_date():
    scenario = after(
        event("CONSENT_WITHDRAWN", family_id="F3"), scenario=pinned("F3", "CV-0506")
    )
    families = {family.family_id: family for family in scenario.families}
    assert families["F3"].consent_withdrawn == ON
    assert held(scenario)["F3", 1][1] == "notified"  # the promise it breaks counts


def test_a_medical_stop_of_a_family_of_counts_makes_it_ready_later():
    scenario = after(
        event("MEDICAL_STOP", family_id="F3", hold_until=date(2026, 5, 20))
    )
    families = {family.family_id: family for family in scenario.families}
    assert families["F3"].ready_from == date(2026, 5, 21)


def test_a_medical_stop_holds_members_and_lifts_an_old_release():
    two = SCENARIO.model_copy(
        update={
            "members": tuple(
                Member(member_id=f"M{k}", family_id="F3", birth_date=date(1990, 1, k))
                for k in range(1, 5)
            )
        }
    )
    loaded = changed(
        Loaded(two, ()),
        ["medical M1: add status = fit, hold_released = 2026-04-01"],
    )
    stop = event("MEDICAL_STOP", member_id="M1", hold_until=date(2026, 6, 1))
    rows = {row.member_id: row for row in after(stop, scenario=loaded.scenario).medical}
    assert rows.keys() == {"M1"}
    assert rows["M1"].status is MedicalStatus.HOLD
    assert (rows["M1"].hold_until, rows["M1"].hold_released) == (date(2026, 6, 1), None)
    everybody = after(event("MEDICAL_STOP", family_id="F3"), scenario=loaded.scenario)
    assert len(everybody.medical) == 4


def test_events_taken_twice_change_nothing_more():
    events = [
        event("DEPARTED", departure_id="CV-0505"),
        event("CANCELLED", family_id="F2"),
    ]
    once = after(*events)
    assert after(*events, scenario=once) == once


@pytest.mark.parametrize(
    ("named", "field"),
    [
        ({"kind": "DEPARTED", "departure_id": "NONE"}, "departure_id"),
        (
            {"kind": "DEPARTED", "departure_id": "CV-0505", "family_id": "F3"},
            "family_id",
        ),
        (
            {"kind": "NO_SHOW", "departure_id": "CV-0506", "family_id": "F9"},
            "family_id",
        ),
        ({"kind": "MEDICAL_STOP", "member_id": "M1"}, "member_id"),
    ],
)
def test_what_cannot_have_happened_is_said(named, field):
    found = concerns(SCENARIO, PLAN, event(named.pop("kind"), **named))
    assert [concern.field for concern in found] == [field]


def test_what_can_have_happened_is_no_concern():
    assert concerns(SCENARIO, PLAN, event("DEPARTED", departure_id="CV-0505")) == ()
