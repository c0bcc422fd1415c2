"""A plan made by hand as other systems send it: rows or a CSV text; and its price."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from movplan.domain.plan import Plan
from movplan.files.assignments import TABLE, HandTable, table_of_csv, table_of_rows
from movplan.files.raw import RawRow


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


def assignments_of_csv(text: str) -> HandTable:
    """The rows of a text like ``assignments.csv``; raises ``InputError``."""
    return table_of_csv(text, file=f"{TABLE}.csv")


def assignments_of_rows(rows: Sequence[dict[str, Any]]) -> HandTable:
    """The rows of a list of JSON objects; raises ``InputError``."""
    raws = [RawRow(TABLE, TABLE, number, row) for number, row in enumerate(rows, 1)]
    return table_of_rows(raws, (), file=TABLE)
