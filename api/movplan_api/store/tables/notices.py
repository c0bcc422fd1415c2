"""Notices to other systems: what is said, to whom, and how telling went."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from movplan_api.store.tables.base import Base


class Endpoint(Base):
    """An address that wants notices of some kinds; its signing secret is sealed."""

    __tablename__ = "webhook_endpoint"

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), index=True)
    url: Mapped[str] = mapped_column(String(2000))
    kinds: Mapped[list[str]]
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class Notice(Base):
    """A thin message: a kind, the id it is about, and links."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "workspace_id", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    kind: Mapped[str]
    subject_id: Mapped[str]
    at: Mapped[datetime]
    detail: Mapped[dict[str, Any]]


class Delivery(Base):
    """One notice to one address, and whether it has arrived."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (Index(None, "state", "next_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    notice_id: Mapped[str] = mapped_column(
        ForeignKey("notice.id", ondelete="CASCADE"), index=True
    )
    endpoint_id: Mapped[str | None] = mapped_column(
        ForeignKey("webhook_endpoint.id", ondelete="SET NULL")
    )
    url: Mapped[str] = mapped_column(String(2000))
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]


class DeliveryAttempt(Base):
    """One try at a delivery: what came back, and how long it took."""

    __tablename__ = "webhook_attempt"

    delivery_id: Mapped[str] = mapped_column(
        ForeignKey("webhook_delivery.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    http_status: Mapped[int | None]
    took_ms: Mapped[int]
    error: Mapped[str | None] = mapped_column(String(500))
