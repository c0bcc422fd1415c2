"""The canonical form of a scenario and its digest.

Every table is in key order, texts are tidy, numbers plain, and times are on the clock
of their place; then folder, JSON and any order of rows have the same digest.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from movplan.domain.rows import Row
from movplan.domain.scenario import Scenario
from movplan.files.columns import CLOCK_OF, Kind, table_columns
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
    return (
        json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, indent=1)
        + "\n"
    )


def plain(number: Decimal) -> Decimal:
    """The number without exponent or trailing zeros: 1.10 and 1.1 are the same."""
    return Decimal(format(number.normalize(), "f"))


def _canonical_rows(
    table: str, rows: tuple[Row, ...], zones: Mapping[str, ZoneInfo | None]
) -> tuple[Row, ...]:
    kept = (_canonical_row(table, row, zones) for row in rows)
    return tuple(sorted(kept, key=lambda row: row.sort_key))


def _canonical_row(table: str, row: Row, zones: Mapping[str, ZoneInfo | None]) -> Row:
    changed: dict[str, object] = {}
    for column in table_columns(table).values():
        value = getattr(row, column.name)
        if column.kind is Kind.INSTANT:
            zone = zones.get(getattr(row, CLOCK_OF[table, column.name]))
            changed[column.name] = _on_clock(value, zone)
            continue
        tidied = _tidy(value)
        if tidied == "" and not column.required:
            tidied = column.default
        if tidied != value or isinstance(value, Decimal):
            changed[column.name] = tidied
    return row.model_copy(update=changed) if changed else row


def _tidy(value: object) -> object:
    if type(value) is str:
        return tidy_text(value)
    if isinstance(value, tuple) and value and type(value[0]) is str:
        return tidy_items(value)
    return plain(value) if isinstance(value, Decimal) else value


def _on_clock(value: datetime, zone: ZoneInfo | None) -> datetime:
    return fix_offset(value if zone is None else value.astimezone(zone))
