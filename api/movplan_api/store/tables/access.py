"""Who may: workspaces, their keys, and what was done with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from movplan_api.store.tables.base import Base


class Workspace(Base):
    """One mission. Workspaces cannot see each other."""

    __tablename__ = "workspace"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    retention_days: Mapped[int | None]
    created_at: Mapped[datetime]


class ApiKey(Base):
    """A key: what it may do, and the hash of its secret."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), index=True)
    name: Mapped[str]
    role: Mapped[str]
    scopes: Mapped[list[str]]
    secret_sha256: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class AuditEntry(Base):
    """Something that was done, by whom. Rows are only ever added (a trigger holds it).

    No foreign keys: the entry outlives what it is about. No personal data.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "workspace_id", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    at: Mapped[datetime]
    key_id: Mapped[str | None]
    request_id: Mapped[str | None]
    action: Mapped[str]
    subject_id: Mapped[str]
    detail: Mapped[dict[str, Any]]
