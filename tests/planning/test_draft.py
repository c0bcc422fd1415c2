"""Drafts: with all rules the plan that is certified, without one another."""

from movplan.checks import run_checks
from movplan.domain.scenario import Scenario
from movplan.planning import Limits, PlanningResult, draft_plan


def test_a_draft_with_all_rules_is_the_plan(
    first_convoy: Scenario, planned: PlanningResult
) -> None:
    draft = draft_plan(first_convoy, Limits(effort=1, seed=1))
    assert draft.schedule == planned.plan.schedule
    assert draft.ledger == planned.plan.ledger
    assert draft.certificate.levels == ()


def test_without_seats_on_vehicles_the_checks_name_it(first_convoy: Scenario) -> None:
    # 20 persons want the minibus of 18 seats
    limits = Limits(effort=1, seed=1)
    rules = frozenset({"vehicle_load", "budget_ceiling"})
    draft = draft_plan(first_convoy, limits, without=rules)
    assert "vehicle_load" in run_checks(first_convoy, draft).broken_rules
