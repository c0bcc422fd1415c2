"""What the client hands back. Fields that a later service adds are let pass."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from movplan.domain.words import Status

Row = dict[str, Any]


class PlanState(BaseModel):
    """Where a plan stands."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    status: Status
    outcome: str | None
    stop_reason: str | None
    scenario_id: str
    parent_id: str | None
    tags: tuple[str, ...]
    limits: Row
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_requested_at: datetime | None
    attempt: int
    progress: Row | None
    levels: tuple[Row, ...] | None
    failure: Row | None
    approval: Row | None


@dataclass(frozen=True, slots=True)
class News:
    """One event of a plan: ``progress`` on the way, ``plan`` as the last.

    ``number`` resumes the stream after it.
    """

    kind: str
    number: int
    body: Row

    @property
    def state(self) -> PlanState:
        """Where the plan stands, of the last event."""
        return PlanState.model_validate(self.body)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, and what stands beside them (totals, the plan's id)."""

    items: tuple[Row, ...]
    next_cursor: str | None
    beside: Row
