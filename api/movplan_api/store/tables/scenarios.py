"""Scenarios: immutable by digest, versioned by what changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from movplan_api.store.tables.base import Base, PackedText


class StoredScenario(Base):
    """A scenario in canonical form.

    ``name`` is the scenario's own id; ``version`` counts its versions from 1;
    ``changes`` are those that made it out of ``parent_id``. ``aside_sha256`` tells
    apart the same scenario with other families set aside ("" when none are).
    """

    __tablename__ = "scenario"
    __table_args__ = (
        UniqueConstraint("workspace_id", "digest", "aside_sha256"),
        UniqueConstraint("workspace_id", "name", "version"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    name: Mapped[str]
    version: Mapped[int]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("scenario.id"))
    digest: Mapped[str]
    aside_sha256: Mapped[str] = mapped_column(default="")
    families: Mapped[int]
    persons: Mapped[int]
    warnings: Mapped[list[dict[str, Any]]]
    set_aside: Mapped[list[dict[str, Any]]]
    changes: Mapped[list[dict[str, Any]]]
    created_at: Mapped[datetime]
    created_by: Mapped[str | None]
    document: Mapped[str] = mapped_column(PackedText, deferred=True)
