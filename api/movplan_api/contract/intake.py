"""What a caller gets back of scenarios, validations, checks and the catalogue."""

from datetime import datetime
from typing import Any

from movplan.application.catalogue import Remedy
from movplan.domain.words import Reason
from movplan_api.contract.answers import Answer
from movplan_api.problems import ProblemIssue


class ScenarioAnswer(Answer):
    """A scenario that is kept: it never changes; changes make another version.

    ``digest`` is of the canonical form: folder, JSON and any order of rows have the
    same. ``changes`` are those that made it of ``parent_id``.
    """

    id: str
    name: str
    version: int
    parent_id: str | None
    digest: str
    families: int
    persons: int
    set_aside: tuple[dict[str, Any], ...]
    warnings: tuple[ProblemIssue, ...]
    changes: tuple[dict[str, Any], ...]
    created_at: datetime


class ScenarioSummary(Answer):
    """The same without what may be long."""

    id: str
    name: str
    version: int
    parent_id: str | None
    digest: str
    families: int
    persons: int
    created_at: datetime


class ScenarioPage(Answer):
    """One page of scenarios, newest first."""

    items: tuple[ScenarioSummary, ...]
    next_cursor: str | None


class ValidationAnswer(Answer):
    """Whether a scenario can be planned; the first issues are listed, all counted."""

    valid: bool
    scenario_name: str | None
    digest: str | None
    families: int
    persons: int
    set_aside: tuple[dict[str, Any], ...]
    issues: tuple[ProblemIssue, ...]
    issues_total: int


class ViolationAnswer(Answer):
    """One broken rule: whom it is about, and the fact."""

    rule: str
    subjects: tuple[str, ...]
    fact: str


class RuleAnswer(Answer):
    """What one rule says about a plan."""

    rule: str
    checked: int
    unchecked: int
    overridden: int
    violations_total: int
    violations: tuple[ViolationAnswer, ...]


class PriceAnswer(Answer):
    """Sums of the ledger in minor units; lines in their own currency."""

    currency: str
    total_cents: int
    by_budget_line: dict[str, int]
    by_category: dict[str, int]


class CheckAnswer(Answer):
    """A plan checked by every rule and priced. ``clean``: nothing is broken."""

    clean: bool
    same_scenario: bool
    rules: tuple[RuleAnswer, ...]
    price: PriceAnswer
    plan: dict[str, Any]


class ReasonAnswer(Answer):
    """A reason for leaving a family out.

    ``health``: without the scope ``medical`` it is said as ``MEDICAL_HOLD``.
    """

    code: Reason
    words: str
    sentence: str
    remedy: Remedy
    health: bool


class ReasonList(Answer):
    """The catalogue of reasons."""

    items: tuple[ReasonAnswer, ...]


class DemoSummary(Answer):
    """A scenario to try things with: all families are invented."""

    id: str
    title: str
    families: int
    persons: int


class DemoList(Answer):
    """The demo scenarios."""

    items: tuple[DemoSummary, ...]


class DemoAnswer(DemoSummary):
    """One of them; ``scenario`` goes into ``POST /v1/plans`` as it is."""

    scenario: dict[str, Any]
