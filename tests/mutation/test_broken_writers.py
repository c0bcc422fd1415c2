"""The five rules that hold by construction: broken there, the checks name each.

They have no bar and no row to leave out. What keeps them is how plans are written and
costed, so that is what is mutated: the plan is another, no plan comes out of planning,
and the checks that refuse it name the rule.
"""

from functools import cache
from pathlib import Path

import pytest

from movplan.checks import CheckReport, run_checks
from movplan.domain.errors import InternalError
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.files import read_scenario
from movplan.planning import Limits, certify, plan_scenario
from tests.mutation.table import BY_CONSTRUCTION
from tests.mutation.test_every_rule_binds import implied
from tests.mutation.writers import BROKEN, Broken

ROOT = Path(__file__).parents[2] / "scenarios"
# Time is up before any search: the plain plan, first come, is written up and costed.
LIMITS = Limits(time_limit_s=0.01)


@cache
def scenario_of(folder: str) -> Scenario:
    return read_scenario(ROOT / folder)


@cache
def unbroken(folder: str) -> Plan:
    return plan_scenario(scenario_of(folder), LIMITS).plan


def said(plan: Plan) -> tuple[object, ...]:
    """What a plan says of families, money and its worth."""
    return plan.schedule, plan.left_out, plan.ledger, plan.certificate.levels


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_no_plan_comes_out_and_the_checks_name_the_rule(
    broken: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = unbroken(broken.folder)
    refused: list[tuple[Plan, CheckReport]] = []

    def checked(scenario: Scenario, plan: Plan) -> CheckReport:
        report = run_checks(scenario, plan)
        refused.append((plan, report))
        return report

    broken.put_in(monkeypatch)
    monkeypatch.setattr(certify, "run_checks", checked)
    with pytest.raises(InternalError, match=f"{broken.rule}: "):
        plan_scenario(scenario_of(broken.folder), LIMITS)

    (plan, report), *_ = refused
    assert said(plan) != said(kept)
    assert broken.rule in report.broken_rules
    assert report.broken_rules <= {broken.rule} | implied(broken.rule)


def test_each_is_broken_somewhere() -> None:
    assert {broken.rule for broken in BROKEN} == BY_CONSTRUCTION
