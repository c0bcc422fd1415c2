"""What a caller gets back."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from movplan.domain.words import Status
from movplan_api.problems import ProblemIssue
from movplan_api.store.tables import StoredPlan


class Answer(BaseModel):
    """Answers are read from stored rows."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Problem(Answer):
    """RFC 9457 problem details, with every issue found."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str | None = None
    issues: tuple[ProblemIssue, ...] = ()
    issues_total: int = 0


class PlanMetadata(Answer):
    """Where a plan stands: the cheap poll."""

    id: str
    status: Status
    outcome: str | None
    stop_reason: str | None
    scenario_id: str
    parent_id: str | None
    tags: tuple[str, ...]
    limits: dict[str, Any]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_requested_at: datetime | None
    attempt: int
    progress: dict[str, Any] | None
    levels: tuple[dict[str, Any], ...] | None
    failure: dict[str, Any] | None
    approval: dict[str, Any] | None = None

    @classmethod
    def of(cls, plan: StoredPlan) -> "PlanMetadata":
        """As stored."""
        return cls.model_validate(plan)


class PlanAnswer(Answer):
    """A plan with where it stands; ``plan`` is absent while there is none."""

    metadata: PlanMetadata
    plan: dict[str, Any] | None


class PlanPage(Answer):
    """One page of plans, newest first."""

    items: tuple[PlanMetadata, ...]
    next_cursor: str | None
