"""How what callers send is read: models, scenarios, and issues addressed from the root.

Runs in reader processes (``intake`` has their tasks): refusals are raised there.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from movplan.application.changing import (
    CHANGES_TABLE,
    Clock,
    changed,
    parsed_changes,
)
from movplan.application.documents import scenario_digest, scenario_text
from movplan.application.loading import Loaded, load, load_setting_aside
from movplan.domain.changes import Change
from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import LeftOut
from movplan.domain.wording import hint_of, problem_of
from movplan_api.contract.orders import AS_OBJECT, AS_TEXT, OfScenario
from movplan_api.problems import BadRequestError, InvalidError, ProblemIssue
from movplan_api.store.scenarios import ScenarioDraft

MOST_ISSUES = 1000
_VALUE_CHARS = 80

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Stored:
    """A scenario as it is stored: canonical text, and the families set aside."""

    document: str
    set_aside: tuple[dict[str, Any], ...] = ()

    def load(self) -> Loaded:
        """Read it back."""
        with tempfile.TemporaryDirectory(prefix="movplan-") as folder:
            path = Path(folder) / "scenario.json"
            path.write_text(self.document, "utf-8")
            loaded = load(path)
        aside = tuple(LeftOut.model_validate(row) for row in self.set_aside)
        return replace(loaded, set_aside=aside)


def asked_of(model: type[M], document: Mapping[str, object]) -> M:
    """The request; what the library reads (scenario, plan) is not looked into."""
    light = {
        name: {} if name in ("scenario", "plan") and isinstance(value, dict) else value
        for name, value in document.items()
    }
    try:
        return model.model_validate(light)
    except ValidationError as error:
        raise invalid(issues_of(error)) from None


def loaded_of(
    asked: OfScenario, document: Mapping[str, object], stored: Stored | None
) -> Loaded:
    """The scenario asked about: sent along or stored, with what it overrides."""
    sent = document.get("scenario")
    if isinstance(sent, dict):
        loaded = load_sent(sent, set_aside=asked.set_aside)
    else:
        assert stored is not None, "fetched for a request that names one"
        loaded = stored.load()
    clock = Clock(asked.as_of, asked.horizon)
    return with_changes(loaded, asked.overrides, clock, field="overrides")


def load_sent(sent: dict[str, Any], *, set_aside: bool) -> Loaded:
    """A scenario of parsed JSON."""
    with tempfile.TemporaryDirectory(prefix="movplan-") as folder:
        path = Path(folder) / "scenario.json"
        path.write_text(json.dumps(sent), "utf-8")
        return load_path(path, set_aside=set_aside)


def load_path(path: Path, *, set_aside: bool) -> Loaded:
    """A scenario of files; refuses it with every issue."""
    try:
        return load_setting_aside(path) if set_aside else load(path)
    except InputError as error:
        by_file = path.is_dir()
        raise invalid(found_in(error.issues, by_file=by_file)) from None
    except RecursionError:
        words = "Something in the scenario is nested too deeply."
        raise BadRequestError("NESTED_TOO_DEEPLY", words) from None


def with_changes(
    loaded: Loaded, changes: Sequence[str | Change], clock: Clock, *, field: str
) -> Loaded:
    """The scenario changed; issues name the request's ``field`` and place in it."""
    if not changes and clock == Clock():
        return loaded
    try:
        return changed(loaded, changes, clock)
    except InputError as error:
        raise invalid(found_in(error.issues, field=field)) from None


def draft_of(loaded: Loaded, changes: Sequence[str | Change] = ()) -> ScenarioDraft:
    """What is stored of a scenario."""
    aside = tuple(row.model_dump(mode="json") for row in loaded.set_aside)
    return ScenarioDraft(
        name=loaded.scenario.scenario_id,
        digest=scenario_digest(loaded.scenario),
        families=len(loaded.scenario.families),
        persons=loaded.persons,
        document=scenario_text(loaded.scenario),
        warnings=warnings_of(loaded),
        set_aside=aside,
        aside_sha256=_digest_of(aside) if aside else "",
        changes=tuple(
            change.model_dump(mode="json", exclude_defaults=True)
            for change in parsed_changes(changes)
        ),
    )


def warnings_of(loaded: Loaded) -> tuple[dict[str, Any], ...]:
    """The first of the issues found; those of families set aside are errors."""
    return tuple(issue_of(i).model_dump() for i in loaded.issues[:MOST_ISSUES])


def _digest_of(rows: object) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def issue_of(
    issue: Issue, *, by_file: bool = False, field: str = "changes"
) -> ProblemIssue:
    """An issue of the library, addressed from the request's root, or by file."""
    return ProblemIssue(
        code=issue.code,
        severity=issue.severity,
        path="/" + "/".join(part for part in _place(issue, by_file, field) if part),
        value=short(issue.value),
        problem=short(issue.problem, 500),
        hint=short(issue.expected, 500),
    )


def _place(issue: Issue, by_file: bool, field: str) -> tuple[str, ...]:
    row = "" if issue.row is None else str(issue.row)
    if issue.table == CHANGES_TABLE:
        # Rows count from 1, places in a JSON list from 0.
        at = "" if issue.row is None else str(issue.row - 1)
        return (field, at, issue.column)
    if issue.table == "plan":
        return ("plan", issue.key, issue.column)
    if by_file and issue.file:
        return (issue.file, row, issue.column)
    return ("scenario", issue.table, issue.key or row, issue.column)


def issues_of(error: ValidationError) -> list[ProblemIssue]:
    """What a model found wrong with a request."""
    return [
        ProblemIssue(
            code=found["type"].upper(),
            path="/" + "/".join(_parts(found["loc"])),
            value=short(str(found["input"])),
            problem=problem_of(found),
            hint=hint_of(found),
        )
        for found in error.errors(include_url=False)
    ]


def _parts(place: Iterable[int | str]) -> Iterable[str]:
    return (str(part) for part in place if part not in (AS_TEXT, AS_OBJECT))


@dataclass(frozen=True, slots=True)
class Found:
    """The first issues, errors before warnings, and how many there are."""

    listed: tuple[ProblemIssue, ...]
    total: int


def found_in(
    issues: Sequence[Issue], *, by_file: bool = False, field: str = "changes"
) -> Found:
    """What the library found, as it is answered."""
    first = sorted(issues, key=lambda issue: issue.severity != "error")[:MOST_ISSUES]
    listed = tuple(issue_of(i, by_file=by_file, field=field) for i in first)
    return Found(listed, len(issues))


def invalid(
    found: Found | Iterable[ProblemIssue], code: str = "INVALID_REQUEST"
) -> InvalidError:
    """The refusal that lists the first issues and counts all."""
    if not isinstance(found, Found):
        listed = tuple(found)
        found = Found(listed[:MOST_ISSUES], len(listed))
    words = f"The request has {found.total} issue{'s' * (found.total != 1)}."
    return InvalidError(code, words, issues=found.listed, issues_total=found.total)


def short(value: str, most: int = _VALUE_CHARS) -> str:
    """A value as it is quoted back."""
    return value if len(value) <= most else value[:most] + "…"
