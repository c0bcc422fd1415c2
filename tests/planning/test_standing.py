"""States and revisions of the schedule's rows."""

from movplan.application.loading import Loaded
from movplan.application.replanning import prepared, replan
from movplan.checks import run_checks
from movplan.domain.assignments import Assignment
from movplan.domain.plan import Leg, Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState, LegKind
from movplan.files import read_scenario
from movplan.planning import Limits, plan_from_assignments, plan_scenario
from movplan.planning.standing import States, revised
from tests.planning.conftest import ROOT
from tests.reports.by_hand import PLAN

QUICK = Limits(effort=1, seed=1)
PROPOSED, NOTIFIED = AssignmentState.PROPOSED, AssignmentState.NOTIFIED
LOCKED, DEPARTED = AssignmentState.LOCKED, AssignmentState.DEPARTED


def of_f1(plan: Plan) -> list[Leg]:
    return [leg for leg in plan.schedule if leg.family_id == "F1"]


def assigned(departure_id: str, state: AssignmentState, **more: str) -> Assignment:
    row = Assignment(family_id="F1", departure_id=departure_id, state=state)
    return row.model_copy(update=more)


def states(*rows: Assignment) -> dict[str, AssignmentState]:
    """By departure; all rows that are no rides as one."""
    legs = States(rows).given(of_f1(PLAN))
    return {leg.departure_id or "others": leg.state for leg in legs}


def test_rides_have_the_state_of_their_assignment_others_the_loosest() -> None:
    assert set(states().values()) == {PROPOSED}
    both = states(assigned("CV-0505", DEPARTED), assigned("CV-0506", LOCKED))
    assert both == {"CV-0505": DEPARTED, "CV-0506": LOCKED, "others": LOCKED}
    one = states(assigned("CV-0505", DEPARTED))
    assert one == {"CV-0505": DEPARTED, "CV-0506": PROPOSED, "others": PROPOSED}


def test_a_forbidden_or_another_stretch_says_nothing() -> None:
    forbidden = assigned("CV-0505", AssignmentState.FORBIDDEN)
    elsewhere = assigned("CV-0506", LOCKED, from_place="somewhere")
    assert set(states(forbidden, elsewhere).values()) == {PROPOSED}


def test_the_firmest_of_several_counts() -> None:
    told = states(assigned("CV-0505", NOTIFIED), assigned("CV-0505", LOCKED, leg=2))
    assert told["CV-0505"] is LOCKED


def test_revisions_count_on_where_a_row_changed() -> None:
    rows = of_f1(PLAN)
    assert {leg.revision for leg in revised(rows, None)} == {0}
    assert {leg.revision for leg in revised(rows, PLAN)} == {0}
    ride = next(k for k, leg in enumerate(rows) if leg.kind is LegKind.RIDE)
    other = list(rows)
    other[ride] = rows[ride].model_copy(update={"vehicle": "bus#9"})
    once = revised(other, PLAN)
    assert [leg.revision for leg in once] == [int(k == ride) for k in range(len(rows))]
    # Back again is a change too: nobody mistakes it for the row of before.
    again = revised(rows, PLAN.model_copy(update={"schedule": once}))
    assert again[ride].revision == 2
    assert {leg.revision for k, leg in enumerate(again) if k != ride} == {0}


def test_neither_place_nor_state_is_a_change() -> None:
    told = [
        leg.model_copy(update={"sequence": leg.sequence + 1, "state": NOTIFIED})
        for leg in of_f1(PLAN)
    ]
    assert {leg.revision for leg in revised(told, PLAN)} == {0}


def test_who_was_not_scheduled_begins_at_nought() -> None:
    nobody = PLAN.model_copy(update={"schedule": ()})
    assert {leg.revision for leg in revised(PLAN.schedule, nobody)} == {0}


def test_a_replan_notifies_and_counts(first_convoy: Scenario) -> None:
    before = plan_scenario(first_convoy, QUICK).plan
    assert {leg.state for leg in before.schedule} == {PROPOSED}
    todo = prepared(Loaded(first_convoy, ()), before, ["departure MH-0414: cancel"])
    plan = replan(todo, before, QUICK).plan
    same = {(leg.family_id, leg.departure_id) for leg in before.schedule}
    for leg in plan.schedule:
        kept = (leg.family_id, leg.departure_id) in same
        if leg.kind is LegKind.RIDE:
            assert leg.state is (NOTIFIED if kept else PROPOSED)
            assert leg.revision == 0 or not kept
    assert run_checks(todo.scenario, plan).violations == ()
    assert "pins" not in run_checks(first_convoy, plan).broken_rules


def test_a_plan_made_by_hand_says_what_is_assigned() -> None:
    scenario = read_scenario(ROOT / "first-convoy")
    row = Assignment(family_id="F5", departure_id="MH-0414", state=LOCKED)
    told = scenario.model_copy(update={"assignments": (row,)})
    table = [row.model_copy(update={"state": PROPOSED})]
    plan = plan_from_assignments(told, table)
    assert {leg.state for leg in plan.schedule} == {LOCKED}
    loose = plan_from_assignments(scenario, [row])
    assert {leg.state for leg in loose.schedule} == {PROPOSED}
