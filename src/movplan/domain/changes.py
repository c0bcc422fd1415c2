"""One Change type for overrides, variants, edits and answers to *what would it take*.

``add`` a row, ``update`` columns of a row, ``withdraw`` (families: consent withdrawn,
departures: cancelled, other rows: removed), ``scale`` a numeric column by a factor,
``close`` a place or budget line from one date to another.

As text (``parse_change``), one line each::

    departure TK871-0512: cancel
    departure TK871-0512: seats = 40, status = contracted
    budget_line L1: ceiling_cents * 1.1
    family F12: withdraw
    place DOG: close 2026-05-01..2026-05-04
    closure eid: add place_id = DOG, date_from = 2026-05-27, date_to = 2026-05-29
    rule spare_percent: value = 15

The key ``*`` means every row of the table.
"""

import re
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from pydantic import Field

from movplan.domain.errors import InputError, Issue
from movplan.domain.rows import Frozen
from movplan.domain.scenario import Scenario

EVERY_ROW = "*"
WITHDRAW_WORDS = ("withdraw", "cancel", "remove")

_SINGULAR = {
    "families": "family",
    "medical": "medical",
    "capacities": "capacity",
    "escort_travel": "escort_travel",
}
TABLE_OF_WORD = {
    _SINGULAR.get(table, table.removesuffix("s")): table for table in Scenario.TABLES
}

_LINE = re.compile(r"\s*(?P<word>[\w -]*?\w)\s+(?P<key>\S+?)\s*:\s*(?P<action>.*\S)\s*")
_CLOSE = re.compile(r"close\s+(\S+?)(?:\s*\.\.\s*(\S+))?", re.IGNORECASE)
_SCALE = re.compile(r"(\w+)\s*\*\s*(\S+)")
_VALUE = re.compile(r"(\w+)\s*=\s*(.*)", re.DOTALL)
_NEXT_VALUE = re.compile(r",\s*(?=\w+\s*=)")


class Verb(StrEnum):
    """What a change does."""

    ADD = "add"
    UPDATE = "update"
    WITHDRAW = "withdraw"
    SCALE = "scale"
    CLOSE = "close"


class Change(Frozen):
    """A change to one row of one table (or every row: key ``*``), addressed by id."""

    verb: Verb
    table: str
    key: str
    values: dict[str, Any] = Field(default_factory=dict)
    column: str | None = None
    factor: Decimal | None = None
    date_from: date | None = None
    date_until: date | None = None


def parse_change(text: str) -> Change:
    """Read one change; raises ``InputError`` saying how it would be written."""
    found = _LINE.fullmatch(text)
    if found is None:
        raise refusal(text, "is not a change", "e.g. departure TK871-0512: seats = 40")
    table = _find_table(text, found["word"])
    key, action = found["key"], found["action"]
    if action.lower() in WITHDRAW_WORDS:
        return Change(verb=Verb.WITHDRAW, table=table, key=key)
    if closing := _CLOSE.fullmatch(action):
        first, last = closing[1], closing[2] or closing[1]
        return _close(text, table, key, first, last)
    if scaling := _SCALE.fullmatch(action):
        return _scale(text, table, key, scaling[1], scaling[2])
    verb, _, rest = action.partition(" ")
    if verb.lower() == "add":
        values = _parse_values(text, rest)
        return Change(verb=Verb.ADD, table=table, key=key, values=values)
    values = _parse_values(text, action)
    return Change(verb=Verb.UPDATE, table=table, key=key, values=values)


def _find_table(text: str, word: str) -> str:
    name = re.sub(r"[ -]+", "_", word.strip().lower())
    if name in Scenario.TABLES:
        return name
    if name not in TABLE_OF_WORD:
        close = get_close_matches(name, TABLE_OF_WORD, n=1)
        hint = f"did you mean {close[0]}?" if close else ", ".join(TABLE_OF_WORD)
        raise refusal(text, f"there is no table of {word.strip()!r}", hint)
    return TABLE_OF_WORD[name]


def _close(text: str, table: str, key: str, first: str, last: str) -> Change:
    try:
        date_from, date_until = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        expected = "close 2026-05-01..2026-05-04"
        raise refusal(text, "has a date that is none", expected) from None
    if date_until < date_from:
        raise refusal(text, "closes backwards", f"close {last}..{first}")
    return Change(
        verb=Verb.CLOSE,
        table=table,
        key=key,
        date_from=date_from,
        date_until=date_until,
    )


def _scale(text: str, table: str, key: str, column: str, factor: str) -> Change:
    if re.fullmatch(r"\d+(\.\d+)?", factor) is None:
        raise refusal(text, f"{factor!r} is not a factor", "a number, e.g. 1.1")
    return Change(
        verb=Verb.SCALE, table=table, key=key, column=column, factor=Decimal(factor)
    )


def _parse_values(text: str, listed: str) -> dict[str, Any]:
    values = {}
    for part in _NEXT_VALUE.split(listed):
        found = _VALUE.fullmatch(part.strip())
        if found is None:
            expected = "cancel, withdraw, close A..B, column = value, column * factor"
            raise refusal(text, f"{part.strip()!r} is not an action", expected)
        values[found[1]] = found[2].strip()
    return values


def describe(change: Change) -> str:
    """The change as ``parse_change`` reads it."""
    place = f"{change.table} {change.key}: "
    if change.verb is Verb.CLOSE:
        return f"{place}close {change.date_from}..{change.date_until}"
    if change.verb is Verb.SCALE:
        return f"{place}{change.column} * {change.factor}"
    if change.verb is Verb.WITHDRAW:
        return f"{place}withdraw"
    pairs = (f"{name} = {_as_text(value)}" for name, value in change.values.items())
    add = "add " if change.verb is Verb.ADD else ""
    return place + add + ", ".join(pairs)


def _as_text(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return ";".join(str(item) for item in value)
    return str(value)


def refusal(text: str, problem: str, expected: str) -> InputError:
    """The error for a change that cannot be read or made."""
    issue = Issue(
        code="BAD_CHANGE",
        table="changes",
        value=text,
        problem=problem,
        expected=expected,
    )
    return InputError([issue])
