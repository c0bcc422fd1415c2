"""The canonical form of a scenario and its digest.

Every table is in key order, texts are tidy, numbers plain, and times are on the clock
of their place; then folder, JSON and any order of rows have the same digest. Tables are
gone through by column, every text once, so that rows already in form cost little.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from movplan.domain.rows import Row, in_key_order
from movplan.domain.scenario import Scenario
from movplan.files.columns import CLOCK_OF, Column, Kind, table_columns
from movplan.files.indented import indented
from movplan.files.tidy import tidy_items, tidy_text
from movplan.files.times import find_zone, fix_offset


def canonical(scenario: Scenario) -> Scenario:
    """The same scenario with every table in key order and every cell in one form."""
    zones = {p.place_id: find_zone(p.timezone) for p in scenario.places}
    tables = {
        table: _canonical_rows(table, getattr(scenario, table), zones)
        for table in Scenario.TABLES
    }
    levels = tuple(
        level.model_copy(update={"tolerance": plain(level.tolerance)})
        for level in scenario.levels
    )
    header = {"as_of": fix_offset(scenario.as_of), "levels": levels}
    texts = {name: tidy_text(getattr(scenario, name)) for name in _HEADER_TEXTS}
    return scenario.model_copy(update={**tables, **header, **texts})


_HEADER_TEXTS = ("scenario_id", "title")


def digest(scenario: Scenario) -> str:
    """SHA-256 (hex) of the canonical form, keys sorted, defaults left out.

    A column that movplan gains later, with a default, changes no digest.
    """
    text = canonical_json(canonical(scenario).model_dump_json(exclude_defaults=True))
    return hashlib.sha256(text.encode()).hexdigest()


def canonical_json(text: str) -> str:
    """A JSON text with sorted keys, indented, ending with a newline: stable bytes."""
    return indented(json.loads(text)) + "\n"


def plain(number: Decimal) -> Decimal:
    """The number without exponent or trailing zeros: 1.10 and 1.1 are the same."""
    return Decimal(format(number.normalize(), "f"))


def _canonical_rows(
    table: str, rows: tuple[Row, ...], zones: Mapping[str, ZoneInfo | None]
) -> tuple[Row, ...]:
    changed: dict[int, dict[str, object]] = defaultdict(dict)
    for column in table_columns(table).values():
        values = [getattr(row, column.name) for row in rows]
        for k, value in _tidied(column, values):
            changed[k][column.name] = value
        if column.kind is Kind.INSTANT:
            for k, row in enumerate(rows):
                zone = zones.get(getattr(row, CLOCK_OF[table, column.name]))
                changed[k][column.name] = _on_clock(values[k], zone)
    kept = [
        row.model_copy(update=changed[k]) if k in changed else row
        for k, row in enumerate(rows)
    ]
    return tuple(in_key_order(kept))


def _tidied(column: Column, values: Sequence[object]) -> Iterator[tuple[int, object]]:
    """The values that have another form, with their positions; each text once."""
    if column.kind is Kind.NUMBER:
        yield from (
            (k, plain(v)) for k, v in enumerate(values) if isinstance(v, Decimal)
        )
    if column.kind not in (Kind.TEXT, Kind.LIST):
        return
    other = {}
    for value in set(filter(_is_text, values)):
        tidied = _tidy(value)
        if tidied == "" and not column.required:
            tidied = column.default
        if tidied != value:
            other[value] = tidied
    if other:
        texts = ((k, value) for k, value in enumerate(values) if _is_text(value))
        yield from ((k, other[value]) for k, value in texts if value in other)


def _is_text(value: object) -> bool:
    """A text or a list of texts; codes are neither, they have one form already."""
    return type(value) is str or (
        isinstance(value, tuple) and bool(value) and type(value[0]) is str
    )


def _tidy(value: Any) -> object:  # noqa: ANN401 -- a text or a list of texts
    return tidy_text(value) if type(value) is str else tidy_items(value)


def _on_clock(value: datetime, zone: ZoneInfo | None) -> datetime:
    return fix_offset(value if zone is None else value.astimezone(zone))
