"""Drafts: with all rules the plan that is certified, without one another."""

from typing import Any

import pytest

from movplan.checks import run_checks
from movplan.domain.scenario import Scenario
from movplan.planning import Limits, PlanningResult, draft, draft_plan
from movplan.planning.draft import after_search_s


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


@pytest.mark.parametrize(
    ("families", "took", "needed"),
    [(1_000, 2.0, 1.9), (10_000, 10.8, 13.5), (100_000, 86.6, 129.0)],
)
def test_what_follows_the_search_is_kept_back(
    families: int, took: float, needed: float
) -> None:
    """What was measured to follow, and no more than a fifth beyond."""
    assert needed <= after_search_s(families, took) <= 1.2 * needed
    assert after_search_s(families, 2 * took) > after_search_s(families, took)


@pytest.mark.parametrize(
    ("limits", "stopped"),
    [(Limits(time_limit_s=1e-3), True), (Limits(effort=1), False)],
)
def test_the_plan_in_force_is_looked_for_while_there_is_time(
    first_convoy: Scenario,
    monkeypatch: pytest.MonkeyPatch,
    limits: Limits,
    *,
    stopped: bool,
) -> None:
    asked: list[bool] = []

    def start(*given: Any) -> None:
        asked.append(given[-1]())

    monkeypatch.setattr(draft, "start_solution", start)
    draft_plan(first_convoy, limits)
    assert asked == [stopped]
