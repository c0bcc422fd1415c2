"""A plan made by hand as other systems send it: rows or a CSV text; and its price."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from movplan.domain.assignments import Assignment
from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import Plan
from movplan.files.raw import RawRow
from movplan.files.rows import RowParser
from movplan.files.sheets import parse_csv, sheet_rows

TABLE = "assignments"


@dataclass(frozen=True, slots=True)
class Price:
    """What a plan costs: minor units of the reporting currency, by line and category.

    The amount by budget line is in the line's own currency.
    """

    currency: str
    total_cents: int
    by_budget_line: dict[str, int]
    by_category: dict[str, int]


def price(plan: Plan) -> Price:
    """The sums of the plan's ledger."""
    lines: Counter[str] = Counter()
    categories: Counter[str] = Counter()
    for charge in plan.ledger:
        lines[charge.budget_line_id] += charge.line_cents
        categories[charge.category.value] += charge.reporting_cents
    return Price(
        currency=plan.reporting_currency,
        total_cents=sum(categories.values()),
        by_budget_line=dict(sorted(lines.items())),
        by_category=dict(sorted(categories.items())),
    )


def assignments_of_csv(text: str) -> tuple[Assignment, ...]:
    """The rows of a text like ``assignments.csv``; raises ``InputError``."""
    sheet = parse_csv(text, table=TABLE, file=f"{TABLE}.csv")
    raws, issues = sheet_rows(sheet)
    return _parsed(raws, issues)


def assignments_of_rows(rows: Sequence[dict[str, Any]]) -> tuple[Assignment, ...]:
    """The rows of a list of JSON objects; raises ``InputError``."""
    raws = [RawRow(TABLE, TABLE, number, row) for number, row in enumerate(rows, 1)]
    return _parsed(raws, [])


def _parsed(raws: list[RawRow], issues: list[Issue]) -> tuple[Assignment, ...]:
    parser = RowParser({})
    parsed = parser.parse_table(TABLE, raws)
    issues = [*issues, *parser.issues]
    if not parsed.rows and not issues:
        issues = [Issue(code="BAD_TABLE", table=TABLE, problem="has no rows")]
    if issues:
        raise InputError(issues)
    return tuple(cast(Assignment, row) for row in parsed.rows)
