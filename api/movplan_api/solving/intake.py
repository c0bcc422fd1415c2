"""The tasks of reader processes: bytes in; a draft, a verdict or a refusal out.

Each is a function of one value, so that it can be sent to the process that does it.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from movplan.application.changing import Clock
from movplan.application.documents import scenario_digest
from movplan.application.loading import Loaded
from movplan_api.contract.orders import (
    OfScenario,
    PlanAsked,
    ScenarioAsked,
    ValidationAsked,
    VersionAsked,
)
from movplan_api.problems import InvalidError, ProblemIssue
from movplan_api.solving.reading import (
    Stored,
    asked_of,
    draft_of,
    found_in,
    load_path,
    load_sent,
    loaded_of,
    with_changes,
)
from movplan_api.solving.strict_json import parse_object
from movplan_api.solving.unpacking import unpack
from movplan_api.store.scenarios import ScenarioDraft

M = TypeVar("M", bound=BaseModel)
S = TypeVar("S", bound=OfScenario)


@dataclass(frozen=True, slots=True)
class Body(Generic[M]):
    """Bytes that should be a request of this model."""

    model: type[M]
    body: bytes


def read_asked(sent: Body[M]) -> M:
    """Read a request without anything heavy in it."""
    return asked_of(sent.model, parse_object(sent.body))


def read_head(sent: Body[S]) -> S:
    """Which scenario a request is about; what is heavy in it is left out."""
    asked = asked_of(sent.model, parse_object(sent.body))
    heavy = {"overrides": (), "assignments": None, "assignments_csv": None}
    known = {k: v for k, v in heavy.items() if k in sent.model.model_fields}
    return asked.model_copy(update=known)


@dataclass(frozen=True, slots=True)
class Ordered:
    """A plan asked for; its scenario if it was sent along."""

    asked: PlanAsked
    draft: ScenarioDraft | None


def read_order(body: bytes) -> Ordered:
    """Read the body of ``POST /v1/plans``."""
    document = parse_object(body)
    asked = asked_of(PlanAsked, document)
    if asked.scenario is None:
        return Ordered(asked, None)
    draft = draft_of(loaded_of(asked, document, None), asked.overrides)
    return Ordered(asked, draft)


@dataclass(frozen=True, slots=True)
class Revision:
    """A stored scenario, and what makes another of it."""

    stored: Stored
    asked: VersionAsked | OfScenario


def revise(revision: Revision) -> ScenarioDraft:
    """The scenario that the changes make."""
    asked = revision.asked
    if isinstance(asked, VersionAsked):
        name, changes = "changes", asked.changes
    else:
        name, changes = "overrides", asked.overrides
    clock = Clock(asked.as_of, asked.horizon)
    loaded = with_changes(revision.stored.load(), changes, clock, field=name)
    return draft_of(loaded, changes)


@dataclass(frozen=True, slots=True)
class Upload:
    """A zip as it came."""

    body: bytes
    set_aside: bool


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The scenario of an upload, and the names that came with it."""

    draft: ScenarioDraft
    names: bytes | None = None


def read_scenario(body: bytes) -> Uploaded:
    """Read the JSON body of ``POST /v1/scenarios``."""
    document = parse_object(body)
    asked = asked_of(ScenarioAsked, document)
    sent: dict[str, Any] = document["scenario"]  # type: ignore[assignment]
    return Uploaded(draft_of(load_sent(sent, set_aside=asked.set_aside)))


def read_zip(upload: Upload) -> Uploaded:
    """Read a folder sent as a zip."""
    loaded, names = _load_zip(upload)
    return Uploaded(draft_of(loaded), names)


def _load_zip(upload: Upload) -> tuple[Loaded, bytes | None]:
    with tempfile.TemporaryDirectory(prefix="movplan-") as folder:
        found = unpack(upload.body, Path(folder))
        return load_path(found.path, set_aside=upload.set_aside), found.names


@dataclass(frozen=True, slots=True)
class Validation:
    """A scenario to be looked at; ``stored`` if the request names one."""

    body: bytes
    stored: Stored | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a scenario can be planned, and everything found."""

    valid: bool
    scenario_name: str | None = None
    digest: str | None = None
    families: int = 0
    persons: int = 0
    set_aside: tuple[dict[str, Any], ...] = ()
    issues: tuple[ProblemIssue, ...] = ()
    issues_total: int = 0


def validate(asked: Validation) -> Verdict:
    """Look at the scenario of a JSON request."""
    document = parse_object(asked.body)
    request = asked_of(ValidationAsked, document)
    return _verdict(lambda: loaded_of(request, document, asked.stored))


def validate_zip(upload: Upload) -> Verdict:
    """Look at a folder sent as a zip."""
    return _verdict(lambda: _load_zip(upload)[0], by_file=True)


def _verdict(look: Callable[[], Loaded], *, by_file: bool = False) -> Verdict:
    try:
        loaded = look()
    except InvalidError as error:
        return Verdict(
            valid=False,
            issues=error.issues,
            issues_total=error.issues_total,
        )
    found = found_in(loaded.issues, by_file=by_file)
    return Verdict(
        valid=True,
        scenario_name=loaded.scenario.scenario_id,
        digest=scenario_digest(loaded.scenario),
        families=len(loaded.scenario.families),
        persons=loaded.persons,
        set_aside=tuple(row.model_dump(mode="json") for row in loaded.set_aside),
        issues=found.listed,
        issues_total=found.total,
    )
