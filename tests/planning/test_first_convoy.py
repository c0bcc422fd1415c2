"""The optimum that the README of first-convoy works out by hand."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from movplan.domain.plan import Plan
from movplan.domain.words import LegKind, Outcome, StopReason, SubjectKind
from movplan.planning import PlanningResult

EXPECTED = (
    Path(__file__).parents[2] / "scenarios" / "first-convoy" / "expected.yaml"
).read_text("utf-8")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(EXPECTED)
    return found


@pytest.fixture(scope="module")
def plan(planned: PlanningResult) -> Plan:
    return planned.plan


def test_value_and_cost_are_proved(plan: Plan, expected: dict[str, Any]) -> None:
    moved, cost = plan.certificate.levels
    assert moved.value == moved.bound == expected["value"]
    assert cost.value == cost.bound == expected["cost_cents"]
    assert (plan.outcome, plan.stop_reason) == (Outcome.OPTIMAL, StopReason.PROVED)


def test_who_travels_on_what(plan: Plan, expected: dict[str, Any]) -> None:
    rides = {
        leg.family_id: leg.departure_id
        for leg in plan.schedule
        if leg.kind is LegKind.RIDE
    }
    assert rides == expected["travels"]
    assert [row.family_id for row in plan.left_out] == expected["left_out"]


def test_the_load_is_stated_by_dimension(plan: Plan) -> None:
    # F2 5 + F3 3 + F4 7 = 15 seats; the fourth of F3 sits in the wheelchair place
    convoy = next(row for row in plan.departures if row.departure_id == "MH-0414")
    (minibus,) = convoy.vehicles
    assert (convoy.peak_seats, convoy.peak_wheelchairs, convoy.peak_stretchers) == (
        (minibus.peak_seats, minibus.peak_wheelchairs, minibus.peak_stretchers)
    )
    assert (minibus.peak_seats, minibus.peak_wheelchairs) == (15, 1)
    assert minibus.peak_stretchers == 0


def test_the_ledger_is_the_readme_to_the_cent(
    plan: Plan, expected: dict[str, Any]
) -> None:
    paid: dict[str, int] = {}
    for charge in plan.ledger:
        paid[charge.subject_id] = paid.get(charge.subject_id, 0) + charge.line_cents
    assert {k: v for k, v in paid.items() if k.startswith("F")} == (
        expected["family_cost_cents"]
    )
    convoy = [c for c in plan.ledger if c.subject_kind is SubjectKind.DEPARTURE]
    assert sum(c.line_cents for c in convoy) == expected["convoy_cost_cents"]


def test_reasons_of_those_left_out(plan: Plan) -> None:
    # 18 usable seats less 5 + 3 + 7 = 3 free: F1 needs 5. 50.00 USD are left: F5's
    # grant is 300.00. F8's passports end before the flight.
    reasons = {row.family_id: row.reason.value for row in plan.left_out}
    assert reasons["F5"] == "BUDGET_EXHAUSTED"
    assert reasons["F8"] == "DOCUMENT_EXPIRED"
    assert reasons["F1"] in ("VEHICLES_FULL", "BUDGET_EXHAUSTED")


def test_certificate_names_checks_and_no_gap(plan: Plan) -> None:
    certificate = plan.certificate
    assert certificate.ledger_balanced
    assert all(check.violations == 0 for check in certificate.checks)
    assert {level.gap for level in certificate.levels} == {"0"}
