"""Raw rows to model rows, collecting every issue on the way."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from movplan.domain.errors import Issue
from movplan.domain.rows import Row
from movplan.domain.scenario import Scenario
from movplan.domain.wording import problem_of
from movplan.files.cells import (
    read_cents,
    read_currency,
    read_date,
    read_list,
    tidy_cell,
)
from movplan.files.columns import CLOCK_OF, Column, Kind, table_columns
from movplan.files.raw import RawRow
from movplan.files.spots import expected_in
from movplan.files.times import (
    UnreadableError,
    find_zone,
    parse_instant,
)

_LONGEST_WORD = 60


@dataclass(slots=True)
class ParsedTable:
    """The good rows of a table with where each stood, and the raw rows of the bad."""

    rows: list[Row] = field(default_factory=list)
    raws: list[RawRow] = field(default_factory=list)
    broken: list[RawRow] = field(default_factory=list)


class RowParser:
    """Turns raw rows into rows, times on the clocks of ``zones`` (by place)."""

    def __init__(self, zones: Mapping[str, ZoneInfo]) -> None:
        self._zones = zones
        self._given: dict[frozenset[str], set[str]] = {}
        self.issues: list[Issue] = []

    def parse_table(self, table: str, raws: list[RawRow]) -> ParsedTable:
        """Parse every row; a row with an error is kept apart, the others go on."""
        parsed = ParsedTable()
        model = Scenario.TABLES[table]
        special = _special_columns(table)
        for raw in raws:
            row = self._parse_row(model, raw, special)
            if row is None:
                parsed.broken.append(raw)
            else:
                parsed.rows.append(self._slim(row))
                parsed.raws.append(raw)
        return parsed

    def _slim(self, row: Row) -> Row:
        """The row with its set of given fields shared with the rows that give the same.

        A set of its own for every row is a third of what a scenario takes of memory.
        """
        own = row.model_fields_set
        given = self._given.setdefault(frozenset(own), own)
        object.__setattr__(row, "__pydantic_fields_set__", given)
        return row

    def parse_changed(self, raw: RawRow, given: Collection[str]) -> Row | None:
        """A row of which only the ``given`` cells are as written, the others read."""
        special = tuple(c for c in _special_columns(raw.table) if c.name in given)
        return self._parse_row(Scenario.TABLES[raw.table], raw, special)

    def _parse_row(
        self, model: type[Row], raw: RawRow, special: tuple[Column, ...]
    ) -> Row | None:
        tidied = ((name, tidy_cell(cell)) for name, cell in raw.cells.items())
        values = {name: value for name, value in tidied if value != ""}
        found: list[Issue] = []
        for column in special:
            if column.name in values:
                self._read_cell(raw, column, values, found)
        try:
            row = model.model_validate(values)
        except ValidationError as error:
            seen = {issue.column for issue in found}
            found += [i for i in _as_issues(raw, error) if i.column not in seen]
            row = None
        self.issues += found
        return None if found else row

    def _read_cell(
        self, raw: RawRow, column: Column, values: dict[str, Any], found: list[Issue]
    ) -> None:
        value = values[column.name]
        try:
            values[column.name] = self._read_value(raw, column, value, values)
        except UnreadableError as error:
            del values[column.name]
            found.append(
                raw.issue(
                    code="BAD_VALUE",
                    column=column.name,
                    value=value,
                    problem=error.problem,
                    expected=error.expected,
                )
            )

    def _read_value(
        self, raw: RawRow, column: Column, value: object, values: dict[str, Any]
    ) -> object:
        jalali = column.name in raw.jalali
        if column.kind is Kind.DATE:
            return read_date(value, jalali=jalali)
        if column.kind is Kind.LIST:
            return read_list(value)
        if column.is_currency:
            return read_currency(value)
        if column.is_money:
            return read_cents(value)
        zone = self._zone_of(raw.table, column.name, values)
        text = value.isoformat() if isinstance(value, datetime) else str(value)
        return parse_instant(text, zone, jalali=jalali)

    def _zone_of(self, table: str, column: str, values: dict[str, Any]) -> ZoneInfo:
        place_column = CLOCK_OF[table, column]
        place = str(values.get(place_column, ""))
        if place not in self._zones:
            raise UnreadableError(
                f"the time cannot be read: {place_column} {place!r} has no"
                " known time zone",
                "a place of the places table with an IANA time zone",
            )
        return self._zones[place]


def zones_of(places: list[RawRow]) -> dict[str, ZoneInfo]:
    """Time zone by place id, from raw rows so that a broken row still has a clock."""
    zones: dict[str, ZoneInfo] = {}
    for raw in places:
        place_id, name = raw.cells.get("place_id"), raw.cells.get("timezone")
        zone = find_zone(str(name).strip())
        if place_id is not None and name and zone is not None:
            zones[str(place_id).strip()] = zone
    return zones


def _special_columns(table: str) -> tuple[Column, ...]:
    return tuple(
        column
        for column in table_columns(table).values()
        if column.kind in (Kind.DATE, Kind.INSTANT)
        or column.is_currency
        or column.is_money
        or (column.kind is Kind.LIST and table != "rules")
    )


def _as_issues(raw: RawRow, error: ValidationError) -> Iterator[Issue]:
    columns = table_columns(raw.table)
    seen: set[str] = set()
    for detail in error.errors(include_url=False):
        name = str(detail["loc"][0]) if detail["loc"] else ""
        column = columns.get(name)
        missing = detail["type"] == "missing"
        # A value of one type or another is wrong once for each type.
        if name in seen:
            continue
        seen.add(name)
        problem = problem_of(detail) if column else "unknown column"
        if raw.table == "rules":  # rows by name: no line tells which
            problem = f"{raw.cells.get('name', '')}: {problem}"
        yield raw.issue(
            code="MISSING" if missing and len(detail["loc"]) == 1 else "BAD_VALUE",
            column=name,
            value=None if missing else detail["input"],
            problem=problem,
            expected=_expected(name, detail, column, list(columns)),
        )


def _expected(
    name: str, detail: ErrorDetails, column: Column | None, columns: list[str]
) -> str:
    value = detail["input"]
    if column is None:
        close = _closest(name, tuple(columns))
        return f"did you mean {close}?" if close else "one of: " + ", ".join(columns)
    # What is missing has the whole row as its value.
    close = _closest(value, tuple(column.choices)) if isinstance(value, str) else None
    if close is not None and close != value:
        return f"did you mean {close}? {column.expected}"
    return expected_in(detail, column)


@lru_cache(maxsize=10_000)
def _closest(wanted: str, known: tuple[str, ...]) -> str | None:
    """The known word most like this one; a column gone wrong costs one comparison."""
    if not known or len(wanted) > _LONGEST_WORD:
        return None
    return next(iter(get_close_matches(wanted, known, n=1)), None)
