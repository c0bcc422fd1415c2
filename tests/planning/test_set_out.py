"""Who has set out has: the day after, no rule about setting out asks after them."""

from datetime import date, datetime
from pathlib import Path

import pytest

from movplan.application.changing import Clock
from movplan.application.event_changes import event_changes
from movplan.application.happenings import Event, Happening
from movplan.application.loading import load
from movplan.application.replanning import prepared, replan
from movplan.checks import run_checks
from movplan.domain.assignments import Assignment
from movplan.domain.scenario import Horizon
from movplan.domain.set_out import SetOut
from movplan.domain.words import AssignmentState, Outcome, Part
from movplan.planning import Limits, plan_scenario
from movplan.screening.companions import companies

LIMITS = Limits(effort=1, seed=0)
CONVOY, FLIGHT = "MH-0414", "W5-0415"
# The convoy left at half past five; its families' papers were to take seven days.
NOON = datetime.fromisoformat("2026-04-14T12:00:00+03:30")
LEFT = Event(Happening.DEPARTED, on=date(2026, 4, 14), departure_id=CONVOY)


@pytest.fixture(scope="module")
def mission():
    return load(Path("scenarios/first-convoy"))


@pytest.fixture(scope="module")
def before(mission):
    return plan_scenario(mission.scenario, LIMITS).plan


def asked(mission, before, *events, clock):
    changes = event_changes(mission.scenario, before, events)
    return prepared(mission, before, changes, clock)


def riders(plan, departure_id):
    return {leg.family_id for leg in plan.schedule if leg.departure_id == departure_id}


def test_the_day_goes_on_after_a_convoy_has_left(mission, before):
    """The laissez-passers are still ``to_obtain`` in the data: nobody asks any more."""
    todo = asked(mission, before, LEFT, clock=Clock(as_of=NOON))
    after = replan(todo, before, LIMITS).plan
    assert after.outcome is Outcome.OPTIMAL
    assert riders(after, CONVOY) == riders(before, CONVOY) == {"F2", "F3", "F4"}
    assert riders(after, FLIGHT) == {"F6", "F7"}
    assert not after.findings


def test_the_horizon_may_begin_after_who_has_set_out(mission, before):
    clock = Clock(NOON, Horizon(first=date(2026, 4, 15), last=date(2026, 4, 20)))
    todo = asked(mission, before, LEFT, clock=clock)
    after = replan(todo, before, LIMITS).plan
    assert riders(after, CONVOY) == {"F2", "F3", "F4"}


def test_a_medical_stop_on_the_way_puts_nobody_back_home(mission, before):
    stop = Event(Happening.MEDICAL_STOP, on=date(2026, 4, 14), family_id="F2")
    todo = asked(mission, before, LEFT, stop, clock=Clock(as_of=NOON))
    after = replan(todo, before, LIMITS).plan
    assert "F2" in riders(after, CONVOY)


def test_an_option_does_not_lapse_under_who_rides_it(mission, before):
    option = "departure MH-0414: status = option"
    until = "departure MH-0414: option_until = 2026-04-10"
    changes = event_changes(mission.scenario, before, [LEFT])
    todo = prepared(mission, before, (*changes, option, until), Clock(as_of=NOON))
    after = replan(todo, before, LIMITS).plan
    assert riders(after, CONVOY) == {"F2", "F3", "F4"}


def test_checks_ask_again_after_whoever_is_still_to_set_out(mission, before):
    """The same plan, the same day, but nobody said that the convoy had left."""
    todo = asked(mission, before, clock=Clock(as_of=NOON))
    broken = run_checks(todo.scenario, before).broken_rules
    assert "document_order" in broken
    gone = asked(mission, before, LEFT, clock=Clock(as_of=NOON))
    # The level of changes is the replan's own.
    assert run_checks(gone.scenario, before).broken_rules <= {"objective"}


def row(family_id, departure_id, state):
    return Assignment(family_id=family_id, departure_id=departure_id, state=state)


def test_a_journey_that_takes_another_ride_is_asked_after_again():
    departed, locked = AssignmentState.DEPARTED, AssignmentState.LOCKED
    rows = [row("F1", "A", departed), row("F1", "B", locked), row("F2", "A", locked)]
    found = SetOut(rows)
    out = Part.OUTBOUND
    assert found.is_settled("F1", out, frozenset({"A", "B"}))
    assert not found.is_settled("F1", out, frozenset({"A", "C"}))
    assert not found.is_settled("F1", Part.RETURN, frozenset({"A", "B"}))
    assert not found.is_settled("F2", out, frozenset({"A"}))
    assert found.families == {"F1"}


def test_who_has_set_out_is_tied_to_nobody_at_home(mission):
    families = [
        f.model_copy(update={"travels_with": ("F3",)}) if f.family_id == "F2" else f
        for f in mission.scenario.families
    ]
    tied = mission.scenario.model_copy(update={"families": tuple(families)})
    assert companies(tied) == (("F2", "F3"),)
    gone = row("F2", CONVOY, AssignmentState.DEPARTED)
    assert companies(tied.model_copy(update={"assignments": (gone,)})) == ()
