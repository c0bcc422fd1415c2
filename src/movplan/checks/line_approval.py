"""line_approval: a line that needs approval pays nothing before it is approved."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.budgets import BudgetLine
from movplan.domain.words import SubjectKind

RULE = "line_approval"


def check(view: PlanView) -> Outcome:
    """Families it pays for, departures not firm that run, escorts sent."""
    tally = Tally(RULE)
    aside = view.aside(RULE)
    for line_id, line in view.lines.items():
        if line.needs_approval and not aside.row(line_id):
            tally.judge(_facts(view, line), line_id)
    return tally.outcome()


def _facts(view: PlanView, line: BudgetLine) -> Iterator[str]:
    name = f"{line.budget_line_id} ({line.donor})"
    for what in (
        *_families(view, line),
        *_departures(view, line),
        *_escorts(view, line),
    ):
        yield f"{name} needs approval and {what}"


def _families(view: PlanView, line: BudgetLine) -> Iterator[str]:
    aside = view.aside(RULE)
    paid = {
        charge.subject_id
        for charge in view.plan.ledger
        if charge.budget_line_id == line.budget_line_id
        and charge.subject_kind is SubjectKind.FAMILY
    }
    for family_id in sorted(paid):
        family = view.families.get(family_id)
        if family is not None and not aside.family(family):
            yield f"pays for {family_id}"


def _departures(view: PlanView, line: BudgetLine) -> Iterator[str]:
    paid = _paid_by(view, line, SubjectKind.DEPARTURE)
    for row in view.plan.departures:
        service = view.services.get(row.departure_id)
        firm = service is None or service.departure.is_firm
        if row.runs and not firm and row.departure_id in paid:
            yield f"pays for {row.departure_id}, which is not firm and runs"


def _escorts(view: PlanView, line: BudgetLine) -> Iterator[str]:
    paid = _paid_by(view, line, SubjectKind.ESCORT)
    sent = {mission.mission.escort_id for mission in view.missions}
    yield from (f"pays for the escort {name}" for name in sorted(sent & paid))


def _paid_by(view: PlanView, line: BudgetLine, kind: SubjectKind) -> set[str]:
    """Departures or escorts it is a payer of, that are not set aside."""
    aside = view.aside(RULE)
    return {
        row.subject_id
        for row in view.scenario.payers
        if row.subject_kind is kind
        and row.budget_line_id == line.budget_line_id
        and not aside.row(row.subject_id)
    }
