"""ledger: what is wrong with a charge is said once."""

import pytest

from movplan.checks import run_checks
from tests.reports.by_hand import PLAN, SCENARIO


def facts(**wrong: int) -> list[str]:
    """What the rule says when the first charge (900.00 USD on WB, in USD) is wrong."""
    first, *others = PLAN.ledger
    ledger = (first.model_copy(update=wrong), *others)
    report = run_checks(SCENARIO, PLAN.model_copy(update={"ledger": ledger}))
    return [v.fact for v in report.violations if v.rule == "ledger"]


def test_a_ledger_that_adds_up() -> None:
    assert facts() == []


def test_one_wrong_amount_is_one_fact() -> None:
    """Line and report are both in USD: 900.01 are 900.01, both say 900.00."""
    (fact,) = facts(amount_cents=90_001)
    assert fact.endswith("USD 900.01 on 2026-05-06 are USD 900.01, not USD 900.00")


@pytest.mark.parametrize("column", ["line_cents", "reporting_cents"])
def test_one_of_the_two_amounts_is_wrong(column: str) -> None:
    assert len(facts(**{column: 90_001})) == 1


def test_two_wrong_amounts_are_two_facts() -> None:
    assert len(facts(line_cents=90_001, reporting_cents=90_002)) == 2
