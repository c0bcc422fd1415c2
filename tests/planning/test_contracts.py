"""Contracts and lines overspent before the plan.

Of first-convoy, with one line more: ``other``, of 100.00 USD, pays what it is told.
"""

from datetime import timedelta

import pytest

from movplan.checks import findings, run_checks
from movplan.domain.budgets import BudgetLine
from movplan.domain.errors import ConflictError
from movplan.domain.escorts import Payer
from movplan.domain.scenario import Scenario
from movplan.domain.validation import find_issues
from movplan.domain.words import DepartureStatus, SubjectKind
from movplan.planning import Limits, plan_scenario

QUICK = Limits(effort=1, seed=1)
CONVOY, FLIGHT = "MH-0414", "W5-0415"
OTHER = BudgetLine(
    budget_line_id="other", donor="UK", currency="USD", ceiling_cents=10_000
)


def spent(scenario: Scenario, cents: int, **changes: int) -> Scenario:
    """With the line ``other``, of whose 100.00 so much is spent."""
    line = OTHER.model_copy(update={"spent_cents": cents, **changes})
    lines = (*scenario.budget_lines, line)
    return scenario.model_copy(update={"budget_lines": lines})


def costing(scenario: Scenario, departure: str, **columns: object) -> Scenario:
    """A departure paid by ``other``, with other columns."""
    rows = tuple(
        row.model_copy(update=columns) if row.departure_id == departure else row
        for row in scenario.departures
    )
    payer = Payer(
        subject_kind=SubjectKind.DEPARTURE,
        subject_id=departure,
        budget_line_id="other",
        share_percent=100,
    )
    kept = tuple(row for row in scenario.payers if row.subject_id != departure)
    return scenario.model_copy(update={"departures": rows, "payers": (*kept, payer)})


def test_a_line_overspent_pays_nothing_and_stops_nothing(
    first_convoy: Scenario,
) -> None:
    cut = spent(first_convoy, 20_000)
    plan = plan_scenario(cut, QUICK).plan
    before = plan_scenario(first_convoy, QUICK).plan
    assert plan.certificate.levels[0].value == before.certificate.levels[0].value
    assert run_checks(cut, plan).violations == ()
    (found,) = (f for f in findings(cut, plan) if f.rule == "line_overspent")
    assert found.fact == (
        "other (UK) was overspent by USD 100.00 before this plan: it can pay nothing"
    )
    assert found in plan.findings


@pytest.mark.parametrize(("cents", "warned"), [(10_000, False), (10_001, True)])
def test_validation_warns_of_it(
    first_convoy: Scenario, cents: int, warned: bool
) -> None:
    issues = find_issues(spent(first_convoy, cents))
    assert [i.code for i in issues if i.table == "budget_lines"] == (
        ["OVERSPENT"] * warned
    )


def test_a_donor_who_takes_all_back_leaves_all_at_home(first_convoy: Scenario) -> None:
    (line,) = first_convoy.budget_lines
    none = line.model_copy(update={"ceiling_cents": 0, "spent_cents": 1})
    cut = first_convoy.model_copy(update={"budget_lines": (none,)})
    plan = plan_scenario(cut, QUICK).plan
    assert plan.ledger == ()
    assert run_checks(cut, plan).violations == ()


@pytest.mark.parametrize(("fee", "conflicts"), [(9_200, False), (9_201, True)])
def test_a_fee_contradicts_only_what_does_not_cover_it(
    first_convoy: Scenario, fee: int, conflicts: bool
) -> None:
    # 100.00 - 5.00 spent - 3.00 committed = 92.00 left.
    scenario = costing(
        spent(first_convoy, 500, committed_cents=300),
        FLIGHT,
        status=DepartureStatus.CANCELLED,
        cancellation_fee_cents=fee,
        free_cancel_until=first_convoy.as_of.date() - timedelta(days=1),
    )
    if not conflicts:
        plan = plan_scenario(scenario, QUICK).plan
        assert run_checks(scenario, plan).violations == ()
        return
    with pytest.raises(ConflictError) as caught:
        plan_scenario(scenario, QUICK)
    assert caught.value.conflict == (
        "W5-0415 is cancelled, and its fee costs budget line other USD 92.01",
        (
            "budget line other has USD 92.00 left: its ceiling is USD 100.00,"
            " USD 5.00 are spent, USD 3.00 committed"
        ),
    )


def test_a_firm_contract_contradicts_a_line_overspent(first_convoy: Scenario) -> None:
    scenario = costing(
        spent(first_convoy, 20_000),
        CONVOY,
        status=DepartureStatus.CONTRACTED,
        fixed_price_cents=1,
        currency="USD",
    )
    with pytest.raises(ConflictError) as caught:
        plan_scenario(scenario, QUICK)
    assert caught.value.conflict == (
        "MH-0414 is contracted and costs budget line other USD 0.01",
        (
            "budget line other has USD 0.00 left: its ceiling is USD 100.00,"
            " USD 200.00 are spent, USD 0.00 committed"
        ),
    )


def test_the_conflict_names_the_dearest_and_no_more(first_convoy: Scenario) -> None:
    # 60.00 and 50.00 are over 100.00 together; alone neither is.
    scenario = spent(first_convoy, 0)
    for departure, cents in ((CONVOY, 6_000), (FLIGHT, 5_000)):
        scenario = costing(
            scenario,
            departure,
            status=DepartureStatus.CONTRACTED,
            fixed_price_cents=cents,
            currency="USD",
        )
    with pytest.raises(ConflictError) as caught:
        plan_scenario(scenario, QUICK)
    named = [sentence.split()[0] for sentence in caught.value.conflict]
    assert named == [CONVOY, FLIGHT, "budget"]
