"""Date by date: who must act."""

import re
from collections import defaultdict
from collections.abc import Iterable

from movplan.domain.plan import Plan
from movplan.reports.table import Table, left, wide
from movplan.reports.text import day

# "member M1, needed 2026-05-12" is of M1; the rest may be true of others too.
_MEMBER = re.compile(r"member (?P<who>[^\s,:]+)(?P<rest>.*)", re.DOTALL)


def deadlines_table(plan: Plan) -> Table:
    """One row per date and act; members of whom the same is asked share it."""
    rows: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for due in plan.deadlines:
        subject = f"{due.subject_kind.value} {due.subject_id}"
        rows[day(due.on), due.what, subject].append(due.detail)
    columns = (*left("By", "What", "For"), *wide("Detail"))
    table = (
        (*act, detail) for act, details in rows.items() for detail in _together(details)
    )
    note = "" if plan.deadlines else "Nobody has to act by a date."
    return Table("Deadlines", columns, tuple(table), note)


def _together(details: Iterable[str]) -> list[str]:
    """Details in their order, members told the same in one."""
    told: dict[str, list[str]] = {}
    for detail in details:
        found = _MEMBER.fullmatch(detail)
        if found is None:
            told[detail] = []
        else:
            told.setdefault(found["rest"], []).append(found["who"])
    return [_members(who) + rest for rest, who in told.items()]


def _members(who: list[str]) -> str:
    if not who:
        return ""
    return f"member{'s' if len(who) > 1 else ''} {', '.join(who)}"
