"""Read what callers send, in a process of its own: bytes in, a draft or issues out."""

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from movplan.application.documents import scenario_digest, scenario_text
from movplan.application.loading import Loaded, load
from movplan.domain.errors import InputError, Issue
from movplan_api.contract.orders import PlanAsked
from movplan_api.problems import ProblemIssue
from movplan_api.store.scenarios import ScenarioDraft

MOST_ISSUES = 1000
_VALUE_CHARS = 80


@dataclass(frozen=True, slots=True)
class Readout:
    """What was read: the request, its scenario, or everything that is wrong."""

    asked: PlanAsked | None = None
    draft: ScenarioDraft | None = None
    issues: tuple[ProblemIssue, ...] = ()
    issues_total: int = 0
    not_json: str = ""


def read_order(body: bytes) -> Readout:
    """Read the body of ``POST /v1/plans``."""
    try:
        document = _parse(body)
    except (ValueError, RecursionError) as error:
        return Readout(not_json=_short(str(error)))
    if not isinstance(document, dict):
        return Readout(not_json="Expected a JSON object.")
    # The model need not look into the scenario: the library does.
    scenario = document.get("scenario")
    try:
        asked = PlanAsked.model_validate(
            {**document, "scenario": {}} if isinstance(scenario, dict) else document
        )
    except ValidationError as error:
        return _wrong(issues_of(error))
    if not isinstance(scenario, dict):
        return Readout(asked=asked)
    return _with_scenario(asked, scenario)


def _parse(body: bytes) -> object:
    def refuse(word: str) -> float:
        raise ValueError(f"{word} is no JSON number")

    return json.loads(body, parse_constant=refuse)


def _with_scenario(asked: PlanAsked, scenario: dict[str, Any]) -> Readout:
    with tempfile.TemporaryDirectory(prefix="movplan-") as folder:
        path = Path(folder) / "scenario.json"
        path.write_text(json.dumps(scenario), "utf-8")
        try:
            draft = draft_of(load(path))
        except InputError as error:
            return _wrong([issue_of(issue) for issue in error.issues])
    return Readout(asked=asked.model_copy(update={"scenario": None}), draft=draft)


def draft_of(loaded: Loaded) -> ScenarioDraft:
    """What is stored of a scenario."""
    return ScenarioDraft(
        name=loaded.scenario.scenario_id,
        digest=scenario_digest(loaded.scenario),
        families=len(loaded.scenario.families),
        persons=loaded.persons,
        document=scenario_text(loaded.scenario),
        warnings=tuple(issue_of(issue).model_dump() for issue in loaded.issues),
    )


def issue_of(issue: Issue) -> ProblemIssue:
    """An issue of the library, addressed from the request's root."""
    place = issue.key or ("" if issue.row is None else str(issue.row))
    parts = ["scenario", issue.table, place, issue.column]
    return ProblemIssue(
        code=issue.code,
        severity=issue.severity,
        path="/" + "/".join(part for part in parts if part),
        value=_short(issue.value),
        problem=issue.problem,
        hint=issue.expected,
    )


def issues_of(error: ValidationError) -> list[ProblemIssue]:
    """What a model found wrong with a request."""
    return [
        ProblemIssue(
            code=found["type"].upper(),
            path="/" + "/".join(str(part) for part in found["loc"]),
            value=_short(str(found["input"])),
            problem=found["msg"],
        )
        for found in error.errors(include_url=False, include_context=False)
    ]


def _wrong(issues: Iterable[ProblemIssue]) -> Readout:
    listed = tuple(issues)
    return Readout(issues=listed[:MOST_ISSUES], issues_total=len(listed))


def _short(value: str) -> str:
    return value if len(value) <= _VALUE_CHARS else value[:_VALUE_CHARS] + "…"
