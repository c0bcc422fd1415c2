"""Plans: what was asked, where it stands, what came out, what holds."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from movplan_api.store.tables.base import Base, PackedText


class StoredPlan(Base):
    """A plan asked for, and how far it is.

    ``attempt`` is the token of the run that may write: it counts the runs begun, and a
    run writes only where the row still has its number. ``levels`` and ``progress`` are
    small copies for cheap polls; the plan itself is ``PlanDocument``. ``spent_s`` is
    how long all runs together have searched, as last noted.
    """

    __tablename__ = "plan"
    __table_args__ = (
        Index(None, "workspace_id", "id"),
        Index(None, "workspace_id", "status", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenario.id"), index=True)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("plan.id"), index=True)
    status: Mapped[str]
    outcome: Mapped[str | None]
    stop_reason: Mapped[str | None]
    tags: Mapped[list[str]]
    limits: Mapped[dict[str, Any]]
    changes: Mapped[list[str]]
    webhook_url: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str | None]
    attempt: Mapped[int] = mapped_column(default=0)
    spent_s: Mapped[float] = mapped_column(default=0.0, server_default="0")
    worker_id: Mapped[str | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cancel_requested_at: Mapped[datetime | None]
    progress: Mapped[dict[str, Any] | None]
    levels: Mapped[list[dict[str, Any]] | None]
    failure: Mapped[dict[str, Any] | None]
    approval: Mapped[dict[str, Any] | None]


class PlanDocument(Base):
    """The plan of the library, how its run went, and what the solver said."""

    __tablename__ = "plan_document"

    plan_id: Mapped[str] = mapped_column(
        ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True
    )
    attempt: Mapped[int]
    stored_at: Mapped[datetime]
    sha256: Mapped[str]
    document: Mapped[str] = mapped_column(PackedText, deferred=True)
    run: Mapped[str] = mapped_column(PackedText, deferred=True)
    log: Mapped[str] = mapped_column(PackedText, deferred=True)


class Incumbent(Base):
    """A checked plan found on the way: the start of the next attempt."""

    __tablename__ = "incumbent"

    plan_id: Mapped[str] = mapped_column(
        ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    attempt: Mapped[int]
    found_at: Mapped[datetime]
    levels: Mapped[list[dict[str, Any]]]
    document: Mapped[str] = mapped_column(PackedText, deferred=True)
    run: Mapped[str] = mapped_column(PackedText, deferred=True)


class IdempotencyKey(Base):
    """What a caller called its request, so that it is done once.

    Either a plan or a study was made under it.
    """

    __tablename__ = "idempotency_key"

    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspace.id"), primary_key=True
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    request_sha256: Mapped[str]
    plan_id: Mapped[str | None] = mapped_column(
        ForeignKey("plan.id", ondelete="CASCADE")
    )
    study_id: Mapped[str | None] = mapped_column(
        ForeignKey("study.id", ondelete="CASCADE")
    )
    created_at: Mapped[datetime]


class InForce(Base):
    """The plan in force of a workspace."""

    __tablename__ = "in_force"

    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspace.id"), primary_key=True
    )
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    since: Mapped[datetime]
    approved_by: Mapped[str | None]


class MovementEvent(Base):
    """Something that happened to a family or departure of the plan in force."""

    __tablename__ = "movement_event"
    __table_args__ = (Index(None, "workspace_id", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    kind: Mapped[str]
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str | None]
    family_id: Mapped[str | None]
    departure_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]]
