"""Tables of strings: sheets with a header line, whatever file they came from.

A reader of another format only has to make ``Sheet``s; everything above is shared.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO

from movplan.domain.errors import Issue
from movplan.files.columns import table_columns
from movplan.files.raw import RawRow

JALALI = "[jalali]"
END = "\x1a"
"""Stands in a line of its own after the last one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named table of strings: line 0 is the header, line ``k`` is row ``k + 1``.

    All lines are equally long. ``unclosed`` is the row in which a quote is opened that
    nothing closes: what follows cannot be told from its text, and is no line.
    """

    table: str
    file: str
    lines: Sequence[Sequence[str]]
    unclosed: int | None = None


def parse_csv(text: str, *, table: str, file: str) -> Sheet:
    """Split a CSV text into a sheet; every cell stays a string."""
    if not text.strip():
        return Sheet(table, file, [])
    lines, is_whole = _lines(text)
    width = max(map(len, lines), default=0)
    padded = [line + [""] * (width - len(line)) for line in lines]
    return Sheet(table, file, padded, None if is_whole else len(lines) + 1)


def _lines(text: str) -> tuple[list[list[str]], bool]:
    """The lines, and whether the last one ends: within an open quote nothing does."""
    end = "\n" * (not text.endswith(("\n", "\r"))) + END
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(StringIO(text + end, newline=None)))
    except csv.Error:  # a text of more than 131,072 characters
        return lines, False
    return lines[:-1], lines[-1] == [END]


def sheet_rows(sheet: Sheet) -> tuple[list[RawRow], list[Issue]]:
    """Rows of a sheet with the cells that are filled, and what is wrong with it."""
    issues = list(_broken_text(sheet))
    if not sheet.lines:
        return [], issues
    header = [cell.strip() for cell in sheet.lines[0]]
    while header and not header[-1]:
        header.pop()
    names = [cell.removesuffix(JALALI).strip() for cell in header]
    if not names:
        return [], [*issues, _no_header(sheet)]
    issues += _header_issues(sheet, names)
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


def _broken_text(sheet: Sheet) -> Iterator[Issue]:
    if sheet.unclosed is not None:
        yield RawRow(sheet.table, sheet.file, sheet.unclosed, {}).issue(
            code="BAD_CSV",
            column="",
            value=None,
            problem='a " is opened in this row that nothing closes',
            expected='" before and after a text, and "" for each " in it',
        )


def _no_header(sheet: Sheet) -> Issue:
    return RawRow(sheet.table, sheet.file, 1, {}).issue(
        code="BAD_CSV",
        column="",
        value=None,
        problem="the first line names no column",
        expected="a first line with the names of the columns",
    )


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
