"""The model accepts the rides that the checks accept, rule by rule."""

import pytest

from movplan.checks import run_checks
from movplan.costing.recost import recost
from movplan.domain.assignments import Assignment
from movplan.domain.errors import ConflictError
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.planning import plan_from_assignments
from tests.checks.broken import BREAKS, Break
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO
from tests.formulation.fixed import Journeys, is_possible, journeys_of

RIDES = journeys_of(PLAN)


def changes_the_world_only(case: Break) -> bool:
    scenario, plan = case.change(SCENARIO, PLAN)
    return scenario is not SCENARIO and plan is PLAN and not case.raw


def by_hand(scenario: Scenario, journeys: Journeys) -> Plan:
    """The same rides written up, everything else filled in."""
    rows = [
        Assignment(
            family_id=family_id,
            part=part,
            leg=leg,
            departure_id=departure_id,
            from_place=from_place,
            to_place=to_place,
        )
        for (family_id, part), rides in journeys.items()
        for leg, (departure_id, from_place, to_place) in enumerate(rides, start=1)
    ]
    return plan_from_assignments(scenario, rows)


def broken_rules(scenario: Scenario, journeys: Journeys) -> set[str]:
    plan = by_hand(scenario, journeys)
    missing = {"ledger"} if recost(scenario, plan) else set()
    return set(run_checks(scenario, plan).broken_rules) | missing


def model_accepts(scenario: Scenario, journeys: Journeys) -> bool:
    try:
        return is_possible(scenario, journeys)
    except ConflictError:
        return False  # contracts cost more than there is


def test_what_the_checks_accept_the_model_accepts() -> None:
    assert broken_rules(SCENARIO, RIDES) == set()
    assert model_accepts(SCENARIO, RIDES)


CASES = [case for case in BREAKS if changes_the_world_only(case)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.label}")
def test_rides_that_break_a_rule_are_not_in_the_model(case: Break) -> None:
    scenario, _ = case.change(SCENARIO, PLAN)

    assert model_accepts(scenario, RIDES) == (broken_rules(scenario, RIDES) == set())
