"""A table of assignments on its own: the plan an officer made by hand."""

from pathlib import Path
from typing import cast

from movplan.domain.assignments import Assignment
from movplan.domain.errors import InputError, Issue
from movplan.files.rows import RowParser
from movplan.files.sheets import parse_csv, sheet_rows

TABLE = "assignments"


def read_assignments(path: Path | str) -> tuple[Assignment, ...]:
    """Read a CSV with the columns of ``assignments.csv``.

    Raises ``InputError`` with every issue found.
    """
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([_issue(path, "is not UTF-8 text")]) from None
    raws, issues = sheet_rows(parse_csv(text, table=TABLE, file=path.name))
    parser = RowParser({})
    parsed = parser.parse_table(TABLE, raws)
    issues += parser.issues
    if not parsed.rows and not issues:
        issues.append(_issue(path, "has no rows"))
    if issues:
        raise InputError(issues)
    return tuple(cast(Assignment, row) for row in parsed.rows)


def _issue(path: Path, problem: str) -> Issue:
    return Issue(code="BAD_TABLE", table=TABLE, problem=problem, file=path.name)
