"""Read names that callers send, JSON or CSV, in a process of its own."""

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from movplan.domain.wording import hint_of, problem_of
from movplan_api.contract.identities import IdentitiesAsked, IdentityRow
from movplan_api.problems import ProblemIssue

MOST_ISSUES = 1000
_COLUMNS = tuple(IdentityRow.model_fields)


@dataclass(frozen=True, slots=True)
class NamesRead:
    """The names, or everything that is wrong. No value is repeated: it is a name."""

    rows: tuple[IdentityRow, ...] = ()
    issues: tuple[ProblemIssue, ...] = ()
    issues_total: int = 0
    unreadable: str = ""


def read_names_json(body: bytes) -> NamesRead:
    """Names as JSON."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return NamesRead(unreadable="The body is no JSON.")
    return _checked(document)


def read_names_csv(body: bytes) -> NamesRead:
    """Names as a table with a header line."""
    try:
        text = body.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows = [row for row in reader if any(row.values())]
    except (UnicodeDecodeError, csv.Error):
        return NamesRead(unreadable="The body is no table in UTF-8.")
    columns = reader.fieldnames or ()
    unknown = [name for name in columns if name not in _COLUMNS]
    if unknown or not {"member_id", "name"} <= set(columns):
        listed = ", ".join(_COLUMNS)
        return NamesRead(unreadable=f"Expected the columns {listed}.")
    full = [{k: v for k, v in row.items() if v is not None} for row in rows]
    return _checked({"identities": full})


def _checked(document: object) -> NamesRead:
    try:
        rows = IdentitiesAsked.model_validate(document).identities
    except ValidationError as error:
        return _wrong([_issue(found) for found in error.errors(include_url=False)])
    twice = _twice(rows)
    return _wrong(twice) if twice else NamesRead(rows=rows)


def _twice(rows: tuple[IdentityRow, ...]) -> list[ProblemIssue]:
    seen: set[str] = set()
    found = []
    for number, row in enumerate(rows):
        if row.member_id in seen:
            path = f"/identities/{number}/member_id"
            problem = "this member has a row already"
            found.append(ProblemIssue(code="TWICE", path=path, problem=problem))
        seen.add(row.member_id)
    return found


def _issue(found: Any) -> ProblemIssue:  # noqa: ANN401  (pydantic's own shape)
    return ProblemIssue(
        code=found["type"].upper(),
        path="/" + "/".join(str(part) for part in found["loc"]),
        problem=problem_of(found),
        hint=hint_of(found),
    )


def _wrong(issues: list[ProblemIssue]) -> NamesRead:
    return NamesRead(issues=tuple(issues[:MOST_ISSUES]), issues_total=len(issues))
