"""Tables of strings: sheets with a header line, whatever file they came from.

A reader of another format only has to make ``Sheet``s; everything above is shared.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO

import pandas as pd

from movplan.domain.errors import Issue
from movplan.files.columns import table_columns
from movplan.files.raw import RawRow

JALALI = "[jalali]"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named table of strings: line 0 is the header, line ``k`` is row ``k + 1``."""

    table: str
    file: str
    lines: Sequence[Sequence[str]]


def parse_csv(text: str, *, table: str, file: str) -> Sheet:
    """Split a CSV text into a sheet; every cell stays a string."""
    lines = _cells(text)
    return Sheet(table=table, file=file, lines=lines)


def _cells(text: str) -> list[list[str]]:
    if not text.strip():
        return []
    try:
        frame = _read(text, None)
    except pd.errors.ParserError:
        # A line is longer than the first one: read as wide as the widest line.
        width = max(len(line) for line in csv.reader(StringIO(text)))
        frame = _read(text, range(width))
    found: list[list[str]] = frame.to_numpy(dtype=object).tolist()
    return found


def _read(text: str, names: range | None) -> pd.DataFrame:
    return pd.read_csv(
        StringIO(text),
        header=None,
        names=names,
        dtype=str,
        keep_default_na=False,
        na_filter=False,
        skip_blank_lines=False,
        index_col=False,
    )


def sheet_rows(sheet: Sheet) -> tuple[list[RawRow], list[Issue]]:
    """Rows of a sheet with the cells that are filled, and what is wrong with it."""
    if not sheet.lines:
        return [], []
    header = [cell.strip() for cell in sheet.lines[0]]
    while header and not header[-1]:
        header.pop()
    names = [cell.removesuffix(JALALI).strip() for cell in header]
    issues = list(_header_issues(sheet, names))
    jalali = frozenset(
        name for name, cell in zip(names, header, strict=True) if cell.endswith(JALALI)
    )
    known = [(k, name) for k, name in enumerate(names) if name in _known(sheet)]
    rows = []
    for number, line in enumerate(sheet.lines[1:], start=2):
        if not any(line):
            continue
        cells = {name: line[k] for k, name in known if line[k]}
        row = RawRow(sheet.table, sheet.file, number, cells, jalali)
        rows.append(row)
        if len(line) > len(names):
            issues += _surplus(row, line[len(names) :])
    return rows, issues


def _known(sheet: Sheet) -> frozenset[str]:
    return frozenset(table_columns(sheet.table))


def _header_issues(sheet: Sheet, names: Sequence[str]) -> Iterator[Issue]:
    known = table_columns(sheet.table)
    at_header = RawRow(sheet.table, sheet.file, 1, {})
    for k, name in enumerate(names):
        if name in names[:k]:
            yield at_header.issue(
                code="DUPLICATE_COLUMN",
                column=name,
                value=name,
                problem="the column appears twice",
                expected="each column once",
            )
        elif name not in known:
            yield at_header.issue(
                code="UNKNOWN_COLUMN",
                column=name,
                value=name,
                problem="unknown column",
                expected=_column_hint(name, known),
            )


def _column_hint(name: str, known: Iterable[str]) -> str:
    if ";" in name:
        return "separate columns with commas, list items with ;"
    close = get_close_matches(name, list(known), n=1)
    return f"did you mean {close[0]}?" if close else "one of: " + ", ".join(known)


def _surplus(row: RawRow, cells: Sequence[str]) -> Iterator[Issue]:
    if any(cell.strip() for cell in cells):
        yield row.issue(
            code="TOO_MANY_CELLS",
            column="",
            value=",".join(cells),
            problem="the row has more cells than the header has columns",
            expected='put a text that contains commas between " "',
        )
