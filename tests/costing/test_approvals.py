"""Lines that wait for approval or a promissory note; cancellation; family ceilings."""

from dataclasses import dataclass
from datetime import date

import pytest

from movplan.costing.approvals import Approvals
from movplan.costing.beneficiary import Beneficiary
from movplan.costing.funding import choose_funding
from movplan.costing.ledger import required_charges
from movplan.costing.tariffs import Tariffs
from movplan.domain.assignments import Override
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.words import (
    CostCategory,
    DepartureStatus,
    DocumentState,
    LineKind,
    SubjectKind,
)
from tests.costing.story import (
    DEPARTURES_PLANNED,
    LINES,
    MAY_13,
    MISSIONS,
    SCENARIO,
    SCHEDULE,
)

ARIA, BAHAR = SCENARIO.families
DEPARTURE, ESCORT = SubjectKind.DEPARTURE, SubjectKind.ESCORT
EUR = "L2-EUR"


def with_eur(*overrides: Override, **fields: object) -> Scenario:
    """The story with other terms of line L2-EUR."""
    lines = tuple(
        line.model_copy(update=fields) if line.budget_line_id == EUR else line
        for line in LINES
    )
    return SCENARIO.model_copy(update={"budget_lines": lines, "overrides": overrides})


def approval(scope: str, on: date = date(2026, 4, 30)) -> Override:
    return Override(
        rule="line_approval",
        scope=scope,
        by="chief of mission",
        reference="letter 12",
        reason="approved",
        date=on,
    )


def payers_of_fare(scenario: Scenario) -> tuple[str, ...]:
    """Lines that may pay Aria's fare."""
    tariffs = Tariffs(scenario)
    aria = scenario.families[0]
    who = Beneficiary.of(aria, ("AF",), tariffs.approvals.withheld(aria))
    return tariffs.eligible_lines(who, CostCategory.FARE, MAY_13)


def test_an_unapproved_line_pays_nothing() -> None:
    assert payers_of_fare(SCENARIO) == ("L1-POOL", EUR, "L3-IRR")
    assert payers_of_fare(with_eur(needs_approval=True)) == ("L1-POOL", "L3-IRR")


@pytest.mark.parametrize(
    ("scope", "pays"),
    [
        (EUR, True),
        ("aria", True),
        ("returns", True),
        ("*", True),
        ("L3-IRR", False),
        ("bahar", False),
    ],
)
def test_the_override_is_the_approval(scope: str, pays: bool) -> None:
    found = payers_of_fare(with_eur(approval(scope), needs_approval=True))
    assert (EUR in found) is pays


def test_an_approval_of_tomorrow_is_none() -> None:
    """``as_of`` is 1 May."""
    later = with_eur(approval(EUR, date(2026, 5, 2)), needs_approval=True)
    assert EUR not in payers_of_fare(later)


@dataclass(frozen=True)
class Case:
    """Who waits for line L2-EUR, given a status of C1 and overrides."""

    status: DepartureStatus = DepartureStatus.CANDIDATE
    overrides: tuple[Override, ...] = ()
    waits: str | None = EUR


@pytest.mark.parametrize(
    "case",
    [
        Case(),
        Case(status=DepartureStatus.CONTRACTED, waits=None),
        Case(overrides=(approval("C1"),), waits=None),
        Case(overrides=(approval(EUR),), waits=None),
        Case(overrides=(approval("F1"),)),
    ],
)
def test_a_departure_waits_for_its_payers_approval(case: Case) -> None:
    plain = with_eur(*case.overrides, needs_approval=True)
    convoy, flight = plain.departures
    departures = (convoy.model_copy(update={"status": case.status}), flight)
    scenario = plain.model_copy(update={"departures": departures})
    approvals = Approvals(scenario, frozenset())
    assert approvals.waiting_for(DEPARTURE, "C1") == case.waits
    # The nurse is paid by the pool
    assert approvals.waiting_for(ESCORT, "N1") is None


@pytest.mark.parametrize(
    ("note", "lends"),
    [(None, False), (DocumentState.HELD, True), (DocumentState.TO_OBTAIN, True)],
)
def test_a_loan_pays_who_signs(note: DocumentState | None, lends: bool) -> None:
    aria = ARIA.model_copy(update={"promissory_note": note})
    scenario = with_eur(kind=LineKind.LOAN).model_copy(
        update={"families": (aria, BAHAR)}
    )
    assert (EUR in payers_of_fare(scenario)) is lends


def test_without_the_rule_everybody_pays() -> None:
    scenario = with_eur(needs_approval=True, kind=LineKind.LOAN)
    names = frozenset({"line_approval", "promissory_note"})
    assert Tariffs(scenario, names).approvals.withheld(ARIA) == frozenset()
    one = Tariffs(scenario, frozenset({"line_approval"}))
    assert one.approvals.withheld(ARIA) == {EUR}


@pytest.mark.parametrize(
    ("until", "fee"),
    [(None, 5_000), (date(2026, 4, 30), 5_000), (date(2026, 5, 1), 0)],
)
def test_the_fee_is_due_after_the_free_date(until: date | None, fee: int) -> None:
    """F1, cancelled, would cost 50.00; ``as_of`` is 1 May."""

    def cancelled(row: Departure) -> Departure:
        update = {"status": DepartureStatus.CANCELLED, "free_cancel_until": until}
        return row.model_copy(update=update)

    convoy, flight = SCENARIO.departures
    scenario = SCENARIO.model_copy(update={"departures": (convoy, cancelled(flight))})
    charges = required_charges(scenario, (), (), ())
    assert sum(charge.amount_cents for charge in charges) == fee


def test_what_a_line_pays_for_one_family_ends_at_its_ceiling() -> None:
    """Aria is 4 persons; the pool pays up to 4 x 100.00 USD of the journey.

    By date: night 1.60 (80,000,000 rials), then on 13 May the fare, 384.16 (in all
    385.76), and the transfer, 46.50: 432.26 is too much. The grant, no journey, and
    the fare of Bahar (330.00 of 2 x 100.00) are judged by themselves.
    """
    pool, *others = LINES
    capped = pool.model_copy(update={"max_per_person_cents": 10_000})
    scenario = SCENARIO.model_copy(update={"budget_lines": (capped, *others)})
    unpaid = required_charges(scenario, SCHEDULE, DEPARTURES_PLANNED, MISSIONS)
    lines = choose_funding(scenario, unpaid).lines
    chosen = {(k.subject_id, k.category.value): v for k, v in lines.items()}
    assert chosen == {
        ("aria", "accommodation"): "L1-POOL",
        ("aria", "fare"): "L1-POOL",
        ("aria", "transfer"): EUR,
        ("aria", "grant"): "L1-POOL",
        ("bahar", "fare"): "L4-SELF",
    }
