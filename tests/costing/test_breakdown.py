"""Breakdowns: two views, every one of them sums to the ledger."""

import pytest

from movplan.costing.attribution import Attribution
from movplan.costing.breakdown import breakdown, estimated_share_percent
from movplan.costing.groups import By, View
from movplan.costing.ledger import price, total_reporting_cents
from movplan.domain.plan import Charge
from movplan.domain.words import CostCategory
from tests.costing.story import (
    DEPARTURES_PLANNED,
    MISSIONS,
    SCENARIO,
    SCHEDULE,
    plan,
)
from tests.costing.test_ledger import FUNDING

LEDGER = price(SCENARIO, SCHEDULE, DEPARTURES_PLANNED, MISSIONS, FUNDING)
PLAN = plan(LEDGER)


def row(subject: str, category: CostCategory, line: str) -> Charge:
    (found,) = (
        charge
        for charge in LEDGER
        if (charge.subject_id, charge.category, charge.budget_line_id)
        == (subject, category, line)
    )
    return found


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("view", View)
def test_every_breakdown_sums_to_the_ledger(by: By, view: View) -> None:
    frame = breakdown(SCENARIO, PLAN, by, view)
    assert frame["reporting_cents"].sum() == total_reporting_cents(LEDGER)
    for currency, rows in frame.groupby("line_currency"):
        lines = {
            b.budget_line_id for b in SCENARIO.budget_lines if b.currency == currency
        }
        on_lines = (c.line_cents for c in LEDGER if c.budget_line_id in lines)
        assert rows["line_cents"].sum() == sum(on_lines)


def test_fixed_costs_go_to_those_aboard_by_seats() -> None:
    """F1: Aria 3 seats, Bahar 2. 500,001 EUR cents = 300,000.6 + 200,000.4.

    Largest remainder: 300,001 + 200,000.
    """
    charter = row("F1", CostCategory.CHARTER, "L2-EUR")
    parts = Attribution(PLAN).share(charter)
    assert [(p.family_id, p.line_cents) for p in parts] == [
        ("aria", 300_001),
        ("bahar", 200_000),
    ]
    assert sum(p.reporting_cents for p in parts) == charter.reporting_cents


def test_vehicle_goes_to_its_families_and_escort_to_whom_it_serves() -> None:
    attribution = Attribution(PLAN)
    vehicle = row("C1", CostCategory.VEHICLE, "L2-EUR")
    assert [p.family_id for p in attribution.share(vehicle)] == ["aria"]
    escorted = [c for c in LEDGER if c.category is CostCategory.ESCORT]
    assert {p.family_id for c in escorted for p in attribution.share(c)} == {"aria"}


def test_nobody_aboard_nobody_to_attribute_to() -> None:
    """A departure that runs empty stays ``shared``; the sum is still exact."""
    empty = plan(LEDGER, ())
    frame = breakdown(SCENARIO, empty, By.FAMILY, View.ATTRIBUTION).set_index("family")
    assert "shared" in frame.index
    assert frame["reporting_cents"].sum() == total_reporting_cents(LEDGER)


def test_by_departure_counts_fares_with_their_departure() -> None:
    """F1 in rials (L3-IRR): charter 5,000.00 EUR less the credit of 150.00 EUR.

    4,850.00 EUR x 1.1 / 0.000002 = 2,667,500,000.00 rials.
    """
    frame = breakdown(SCENARIO, PLAN, By.DEPARTURE)
    rials = frame[(frame["departure"] == "F1") & (frame["line_currency"] == "IRR")]
    assert rials["line_cents"].tolist() == [266_750_000_000]
    dollars = frame[(frame["departure"] == "F1") & (frame["line_currency"] == "USD")]
    assert dollars["line_cents"].tolist() == [33_000], "Bahar's fare, 300 EUR"


def test_estimated_share() -> None:
    """Estimates: bus 770.15 + overhead, grant 1,200, escort travel and days."""
    frame = breakdown(SCENARIO, PLAN, By.CATEGORY).set_index("category")
    assert frame.loc["grant", "estimated_reporting_cents"].sum() == 120_000
    assert frame.loc["charter", "estimated_reporting_cents"].sum() == 0
    estimated = frame["estimated_reporting_cents"].sum()
    total = total_reporting_cents(LEDGER)
    assert estimated_share_percent(LEDGER) == round(100 * estimated / total)


def test_an_empty_plan_has_empty_breakdowns() -> None:
    frame = breakdown(SCENARIO, plan((), ()), By.PROGRAMME)
    assert len(frame) == 0
    assert estimated_share_percent(()) == 0
