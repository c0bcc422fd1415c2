"""What a replan is given: changes applied, the plan in force as promises."""

import pytest

from movplan.application.loading import Loaded
from movplan.application.replanning import prepared
from movplan.domain.assignments import Assignment
from movplan.domain.errors import InputError
from movplan.domain.scenario import DEFAULT_LEVELS, Level
from movplan.domain.words import AssignmentState, DepartureStatus, Measure, Part
from tests.reports.by_hand import PLAN, SCENARIO


def scenario_to_plan(*changes, scenario=SCENARIO):
    return prepared(Loaded(scenario, ()), PLAN, changes).scenario


def notified(scenario):
    return {
        (row.family_id, row.leg): row.departure_id
        for row in scenario.assignments
        if row.state is AssignmentState.NOTIFIED
    }


def with_assignment(family_id, departure_id, state):
    row = Assignment(family_id=family_id, departure_id=departure_id, state=state)
    return SCENARIO.model_copy(update={"assignments": (row,)})


def test_families_of_the_plan_in_force_count_as_notified():
    found = notified(scenario_to_plan())
    assert found == {
        ("F1", 1): "CV-0505",
        ("F1", 2): "CV-0506",
        ("F2", 1): "FL-0509",
        ("F3", 1): "CV-0506",
    }


def test_a_ride_is_remembered_with_vehicle_and_escort():
    rows = {(r.family_id, r.leg): r for r in scenario_to_plan().assignments}
    assert rows["F1", 2].vehicle == "minibus#1"
    assert rows["F1", 2].part is Part.OUTBOUND
    assert rows["F2", 1].escort_id == "N1"


def test_a_change_is_applied():
    after = scenario_to_plan("departure FL-0509: cancel")
    states = {row.departure_id: row.status for row in after.departures}
    assert states["FL-0509"] is DepartureStatus.CANCELLED
    # the promise stays: the plan says that it cannot be kept
    assert notified(after)["F2", 1] == "FL-0509"


def test_an_unreadable_change_is_bad_input():
    with pytest.raises(InputError):
        scenario_to_plan("make it better")


def test_what_is_firm_is_not_turned_into_a_promise():
    pinned = with_assignment("F1", "CV-0513", AssignmentState.PINNED)
    after = scenario_to_plan(scenario=pinned)
    assert ("F1", 1) not in notified(after)
    assert len(after.assignments) == 3  # the pin, F2, F3


def test_a_forbidden_departure_leaves_the_promise_standing():
    forbidden = with_assignment("F1", "CV-0513", AssignmentState.FORBIDDEN)
    assert notified(scenario_to_plan(scenario=forbidden))["F1", 2] == "CV-0506"


def test_older_promises_are_replaced():
    older = with_assignment("F4", "CV-0513", AssignmentState.NOTIFIED)
    assert ("F4", 1) not in notified(scenario_to_plan(scenario=older))


def test_changes_count_after_people_and_before_dates_and_money():
    default = SCENARIO.model_copy(update={"levels": DEFAULT_LEVELS})
    measures = [level.measure for level in scenario_to_plan(scenario=default).levels]
    assert measures == [
        Measure.LEFT_OUT_PERSONS,
        Measure.WEIGHTED_PERSONS,
        Measure.CHANGES,
        Measure.WAITING_DAYS,
        Measure.COST,
    ]


def test_a_level_for_changes_of_the_scenario_is_kept():
    levels = (
        Level(name="kept", measure=Measure.CHANGES),
        Level(name="cost", measure=Measure.COST),
    )
    after = scenario_to_plan(scenario=SCENARIO.model_copy(update={"levels": levels}))
    assert after.levels == levels
