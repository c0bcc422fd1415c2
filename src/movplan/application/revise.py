"""One row after a change: made, updated, scaled or closed."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from movplan.domain.budgets import BudgetLine
from movplan.domain.changes import EVERY_ROW, Change, describe, refusal
from movplan.domain.errors import InputError, Issue
from movplan.domain.money import round_half_even
from movplan.domain.rows import Row
from movplan.domain.rules import Rule, Value, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure
from movplan.domain.validation.lookup import closest
from movplan.domain.words import EvidenceLabel
from movplan.files.raw import RawRow
from movplan.files.rows import RowParser


def made(change: Change, zones: Mapping[str, ZoneInfo]) -> Row:
    """The row that a change adds; a key of one column is the change's key."""
    model = Scenario.TABLES[change.table]
    values: dict[str, Any] = {}
    if len(model.KEY) == 1:
        values[model.KEY[0]] = change.key
    row = _read(model, _with(model, values, change.values), change, zones)
    if row.key != change.key:
        raise refusal(describe(change), f"the row's key is {row.key!r}", "the same key")
    return row


def updated(change: Change, row: Row, zones: Mapping[str, ZoneInfo]) -> Row:
    """The row with the change's columns; times are local ones of ``zones``' places."""
    model, values = type(row), _values(row)
    if isinstance(row, Rule):
        # The shipped source does not vouch for a value given by hand.
        values |= {"source": "changed by hand", "label": EvidenceLabel.ESTIMATE}
    return _read(model, _with(model, values, change.values), change, zones)


def scaled(change: Change, row: Row) -> Row:
    """The row with one numeric column times the factor; whole numbers stay whole.

    Rows without a value are left alone when every row is scaled.
    """
    column, values = change.column or "", _values(row)
    value = values.get(column)
    if value is None and column in values and change.key == EVERY_ROW:
        return row
    if change.factor is None or value is None or not _is_number(value):
        numeric = ", ".join(name for name, v in values.items() if _is_number(v))
        problem = f"{column} of {row.key} is no number"
        raise refusal(describe(change), problem, f"a column with a number: {numeric}")
    values[column] = _times(value, change.factor)
    return _read(type(row), values, change, {})


def _times(value: float | Decimal, factor: Decimal) -> int | float | Decimal:
    if isinstance(value, int):
        return round_half_even(Fraction(value) * Fraction(factor))
    return value * factor if isinstance(value, Decimal) else value * float(factor)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def closure_of(place_id: str, first: date, last: date) -> Closure:
    """The closure of a place on these dates."""
    return Closure(
        closure_id=f"closed-{place_id}-{first}-{last}",
        place_id=place_id,
        date_from=first,
        date_to=last,
        reason="closed by a change",
    )


def closed_line(
    change: Change, line: BudgetLine, first: date, last: date
) -> BudgetLine:
    """The line without the closed dates, which must reach one end of its dates."""
    day = timedelta(days=1)
    if line.service_until is not None and last >= line.service_until:
        return line.model_copy(update={"service_until": first - day})
    if line.service_from is not None and first <= line.service_from:
        return line.model_copy(update={"service_from": last + day})
    expected = f"dates that reach {line.service_from} or {line.service_until}"
    raise refusal(describe(change), "a line can only be closed at one end", expected)


def _values(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields}


def _with(
    model: type[Row], values: dict[str, Any], given: Mapping[str, object]
) -> dict[str, Any]:
    """The values with those given; ``none`` is the default, ``;`` parts lists."""
    merged = dict(values)
    for name, value in given.items():
        if isinstance(value, str) and value.lower() in ("none", ""):
            merged.pop(name, None)
        elif isinstance(value, str) and model is Rule and name == "value":
            merged[name] = _rule_value(value, str(merged.get("name")))
        elif isinstance(value, str) and _is_list(model, name):
            items = (item.strip() for item in value.split(";"))
            merged[name] = tuple(item for item in items if item)
        else:
            merged[name] = value
    return merged


def _rule_value(text: str, rule: str) -> Value:
    shipped = default_rules().get(rule)
    if shipped is not None and isinstance(shipped.value, str):
        return text
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return text.lower() == "true" if text.lower() in ("true", "false") else text


def _is_list(model: type[Row], column: str) -> bool:
    field = model.model_fields.get(column)
    return field is not None and isinstance(field.default, tuple)


def _read(
    model: type[Row],
    values: dict[str, Any],
    change: Change,
    zones: Mapping[str, ZoneInfo],
) -> Row:
    """The row as a file's reader reads it; what the change leaves alone stays."""
    parser = RowParser(zones)
    raw = RawRow(change.table, file="", row=None, cells=values)
    row = parser.parse_changed(raw, change.values)
    if row is None:
        raise InputError([_issue(model, change, found) for found in parser.issues])
    return row


def _issue(model: type[Row], change: Change, found: Issue) -> Issue:
    """What is wrong with a cell, as what is wrong with the change."""
    known = found.column in model.model_fields
    cell = f"{found.value!r}: " if found.value else ""
    return Issue(
        code="BAD_CHANGE",
        table="changes",
        key=change.key,
        column=found.column,
        value=describe(change),
        problem=cell + found.problem
        if known
        else f"there is no column {found.column!r}",
        expected=found.expected
        if known
        else closest(found.column, model.model_fields, what="columns"),
    )
