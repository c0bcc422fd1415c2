"""A table of assignments on its own: the plan an officer made by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from movplan.domain.assignments import Assignment
from movplan.domain.errors import InputError, Issue
from movplan.files.assemble import locate
from movplan.files.raw import RawRow
from movplan.files.rows import ParsedTable, RowParser
from movplan.files.sheets import parse_csv, sheet_rows

TABLE = "assignments"


@dataclass(frozen=True, slots=True)
class HandTable:
    """The rows of a table made by hand, and where each stood."""

    rows: tuple[Assignment, ...]
    raws: tuple[RawRow, ...]

    def located(self, issues: Iterable[Issue]) -> list[Issue]:
        """Issues about rows of the table with their file and row."""
        parsed = ParsedTable(rows=list(self.rows), raws=list(self.raws))
        return locate(issues, {TABLE: parsed}, header_file="")


def read_assignments(path: Path | str) -> HandTable:
    """Read a CSV with the columns of ``assignments.csv``.

    Raises ``InputError`` with every issue found.
    """
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([_issue(path.name, "is not UTF-8 text")]) from None
    return table_of_csv(text, file=path.name)


def table_of_csv(text: str, *, file: str) -> HandTable:
    """Read the text of such a CSV."""
    raws, issues = sheet_rows(parse_csv(text, table=TABLE, file=file))
    return table_of_rows(raws, issues, file=file)


def table_of_rows(
    raws: Sequence[RawRow], issues: Sequence[Issue], *, file: str
) -> HandTable:
    """Read raw rows; ``issues`` are those found on the way to them."""
    parser = RowParser({})
    parsed = parser.parse_table(TABLE, list(raws))
    found = [*issues, *parser.issues]
    if not parsed.rows and not found:
        found = [_issue(file, "has no rows")]
    if found:
        raise InputError(found)
    rows = tuple(cast(Assignment, row) for row in parsed.rows)
    return HandTable(rows, tuple(parsed.raws))


def _issue(file: str, problem: str) -> Issue:
    return Issue(
        code="BAD_TABLE",
        table=TABLE,
        problem=problem,
        expected="UTF-8 text with a header line and rows: family_id,departure_id",
        file=file,
    )
