"""promissory_note: a loan pays only for who holds or is to sign a promissory note."""

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.words import LineKind, SubjectKind

RULE = "promissory_note"


def check(view: PlanView) -> Outcome:
    """Families of whom a line of kind loan pays something."""
    tally = Tally(RULE)
    loans = {name for name, line in view.lines.items() if line.kind is LineKind.LOAN}
    paid = {
        (charge.subject_id, charge.budget_line_id)
        for charge in (view.plan.ledger if loans else ())
        if charge.budget_line_id in loans
        and charge.subject_kind is SubjectKind.FAMILY
        and charge.subject_id in view.families
    }
    for family_id, line_id in sorted(paid):
        fact = (
            f"{family_id}: {line_id} is a loan, and the family neither holds a "
            "promissory note nor is to sign one"
        )
        missing = view.families[family_id].promissory_note is None
        tally.judge([fact] if missing else [], family_id, line_id)
    return tally.outcome()
