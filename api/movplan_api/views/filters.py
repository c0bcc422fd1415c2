"""Filters on rows: every one that is given must hold."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from movplan_api.views.seen import Row

# Filters by another name than the column's, and those on columns that hold lists.
_COLUMN = {
    "case": "case_ids",
    "ref": "external_ref",
    "family": "family_id",
    "departure": "departure_id",
    "subject": "subject_id",
    "line": "budget_line_id",
    "escort": "escort_id",
}


def filtered(rows: Iterable[Row], wanted: Mapping[str, Any]) -> Iterator[Row]:
    """The rows that have every wanted value; ``None`` wants nothing."""
    tests = [(_COLUMN.get(k, k), v) for k, v in wanted.items() if v is not None]
    for row in rows:
        if all(_has(_cell(row, column), value) for column, value in tests):
            yield row


def _cell(row: Row, column: str) -> object:
    """The cell; a row of several families has them in a list."""
    several = column.removesuffix("_id") + "_ids"
    return row[several] if column not in row else row[column]


def _has(cell: object, value: object) -> bool:
    return value in cell if isinstance(cell, list) else cell == value
