"""A scenario as one JSON document: header fields and tables as lists of rows."""

import json
from pathlib import Path
from typing import Any

from movplan.domain.errors import InputError, Issue
from movplan.domain.scenario import Scenario
from movplan.files.raw import RawRow, RawScenario


def read_document(path: Path) -> RawScenario:
    """Read the document's header and tables."""
    document = load_json(path, table="scenario")
    issues: list[Issue] = []
    header = {name: v for name, v in document.items() if name not in Scenario.TABLES}
    raw = RawScenario(header=header, header_file=path.name, issues=issues)
    for table in Scenario.TABLES:
        file = f"{path.name}: {table}"
        raw.tables[table] = _rows(table, file, document.get(table, []), issues)
    return raw


def load_json(path: Path, *, table: str) -> dict[str, Any]:
    """Read a JSON object, or raise ``InputError`` with the line that is not JSON."""
    try:
        document = json.loads(path.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        problem = f"is not JSON: {error.msg} in column {error.colno}"
        raise InputError([_broken(path, table, problem, error.lineno)]) from None
    except UnicodeDecodeError:
        raise InputError([_broken(path, table, "is not UTF-8 text", None)]) from None
    if not isinstance(document, dict):
        raise InputError([_broken(path, table, "is not a JSON object", None)])
    return document


def _broken(path: Path, table: str, problem: str, line: int | None) -> Issue:
    return Issue(
        code="BAD_JSON",
        table=table,
        problem=problem,
        expected=f"one JSON object in UTF-8, {{...}}, the {table} as movplan writes it",
        file=path.name,
        row=line,
    )


def _rows(table: str, file: str, rows: object, issues: list[Issue]) -> list[RawRow]:
    listed = isinstance(rows, list)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problem = (
            "is not a list of rows" if not listed else "has rows that are not objects"
        )
        issue = Issue(
            code="BAD_JSON",
            table=table,
            problem=problem,
            expected="a list of objects: [{...}, {...}]",
            file=file,
        )
        issues.append(issue)
        return []
    return [RawRow(table, file, k, row) for k, row in enumerate(rows, start=1)]
