"""Studies: several variants of one scenario, planned side by side."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from movplan_api.store.tables.base import Base


class StoredStudy(Base):
    """A study asked for. Its status is ``QUEUED``, ``SOLVING`` or a final one."""

    __tablename__ = "study"
    __table_args__ = (Index(None, "workspace_id", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspace.id", ondelete="CASCADE")
    )
    scenario_id: Mapped[str] = mapped_column(
        ForeignKey("scenario.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    status: Mapped[str]
    limits: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    created_by: Mapped[str | None]
    finished_at: Mapped[datetime | None]
    cancel_requested_at: Mapped[datetime | None]


class StudyVariant(Base):
    """One variant: changes to the scenario, and the plan made of it.

    ``issues`` says why there can be no plan: the changes do not fit the scenario.
    """

    __tablename__ = "study_variant"

    study_id: Mapped[str] = mapped_column(
        ForeignKey("study.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    changes: Mapped[list[str]]
    plan_id: Mapped[str | None] = mapped_column(
        ForeignKey("plan.id", ondelete="SET NULL"), index=True
    )
    issues: Mapped[list[dict[str, Any]] | None]
