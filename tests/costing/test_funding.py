"""Funding of a plan made by hand: the first eligible line with money left."""

from movplan.costing.funding import choose_funding
from movplan.costing.ledger import price, required_charges
from movplan.costing.recost import recost
from movplan.domain.budgets import BudgetLine
from movplan.domain.scenario import Scenario
from tests.costing.story import (
    DEPARTURES_PLANNED,
    LINES,
    MISSIONS,
    SCENARIO,
    SCHEDULE,
    plan,
)


def with_lines(*lines: BudgetLine) -> Scenario:
    return SCENARIO.model_copy(update={"budget_lines": lines})


def lines_of(scenario: Scenario) -> dict[tuple[str, str], str]:
    unpaid = required_charges(scenario, SCHEDULE, DEPARTURES_PLANNED, MISSIONS)
    funding = choose_funding(scenario, unpaid)
    assert funding.unfunded == ()
    return {(k.subject_id, k.category.value): v for k, v in funding.lines.items()}


def limited(line: BudgetLine, cents: int) -> BudgetLine:
    return line.model_copy(update={"ceiling_cents": cents})


def test_first_line_in_draw_order_pays_while_it_can() -> None:
    assert set(lines_of(SCENARIO).values()) == {"L1-POOL"}


def test_next_line_pays_when_the_first_is_drawn() -> None:
    """The pool is not a parent here and holds 1,000 USD; the escort costs 515.80.

    160 + 323.45 x 1.1 = 515.80 (EUR 200.00 -> 220.00, 123.45 -> 135.80). 484.20 are
    left: night 1.60, fare 384.16, transfer 46.50 fit, the grant of 1,200 does not, nor
    does Bahar's fare of 330.
    """
    pool, eur, irr, own = LINES
    apart = [line.model_copy(update={"parent": None}) for line in (eur, irr)]
    chosen = lines_of(with_lines(limited(pool, 100_000), *apart, own))
    assert chosen == {
        ("aria", "accommodation"): "L1-POOL",
        ("aria", "fare"): "L1-POOL",
        ("aria", "transfer"): "L1-POOL",
        ("aria", "grant"): "L2-EUR",
        ("bahar", "fare"): "L4-SELF",
    }


def test_a_drawn_parent_stops_its_children() -> None:
    """With nothing in the pool only the self-payers' line has money: all overdrawn."""
    pool, *others = LINES
    scenario = with_lines(limited(pool, 0), *others)
    unpaid = required_charges(scenario, SCHEDULE, DEPARTURES_PLANNED, MISSIONS)
    funding = choose_funding(scenario, unpaid)
    assert {charge.subject_id for charge in funding.overdrawn} == {"aria"}
    assert len(funding.overdrawn) == 4


def test_families_without_an_eligible_line_are_named() -> None:
    """No line serves self-payers: Bahar's fare stays unfunded, Aria's are paid."""
    pool, eur, irr, _ = LINES
    scenario = with_lines(
        pool.model_copy(update={"programmes": ("returns",)}), eur, irr
    )
    unpaid = required_charges(scenario, SCHEDULE, DEPARTURES_PLANNED, MISSIONS)
    funding = choose_funding(scenario, unpaid)
    assert funding.unfunded_families == ("bahar",)
    assert {key.subject_id for key in funding.lines} == {"aria"}


def test_a_hand_made_plan_balances_with_its_funding() -> None:
    unpaid = required_charges(SCENARIO, SCHEDULE, DEPARTURES_PLANNED, MISSIONS)
    funding = choose_funding(SCENARIO, unpaid)
    ledger = price(SCENARIO, SCHEDULE, DEPARTURES_PLANNED, MISSIONS, funding.lines)
    assert recost(SCENARIO, plan(ledger)) == ()
