"""Rows that missions and plans written by hand have in common."""

from movplan.domain.escorts import Payer
from movplan.domain.plan import Certificate
from movplan.domain.words import SubjectKind

# Of a plan that nobody has judged.
UNJUDGED = Certificate(
    scenario_digest="",
    levels=(),
    checks=(),
    ledger_balanced=True,
    ledger_total_reporting_cents=0,
    estimated_share_percent=0,
    seed=0,
    effort=None,
    versions={},
)


def departure_paid(departure_id: str, line: str, percent: int = 100) -> Payer:
    """A line pays a departure, or so much of it."""
    return _paid(SubjectKind.DEPARTURE, departure_id, line, percent)


def escort_paid(escort_id: str, line: str, percent: int = 100) -> Payer:
    """A line pays an escort, or so much of one."""
    return _paid(SubjectKind.ESCORT, escort_id, line, percent)


def _paid(kind: SubjectKind, name: str, line: str, percent: int) -> Payer:
    return Payer(
        subject_kind=kind, subject_id=name, budget_line_id=line, share_percent=percent
    )
