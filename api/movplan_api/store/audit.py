"""The audit log: what was done, by whom. Entries are only ever added."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.ids import new_id
from movplan_api.store.pages import Page, id_of, page_of
from movplan_api.store.tables import AuditEntry


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a key of a workspace in a request, or the service itself."""

    workspace_id: str
    key_id: str | None = None
    request_id: str | None = None


def record(
    session: Session,
    actor: Actor,
    action: str,
    subject_id: str,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add an entry, in the same transaction as what it is about. No personal data."""
    entry = AuditEntry(
        id=new_id("aud"),
        workspace_id=actor.workspace_id,
        at=now(),
        key_id=actor.key_id,
        request_id=actor.request_id,
        action=action,
        subject_id=subject_id,
        detail=detail or {},
    )
    session.add(entry)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries of the log; ``None`` takes all."""

    action: str | None = None
    subject_id: str | None = None
    key_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def entries(
    session: Session,
    workspace_id: str,
    wanted: AuditFilter,
    *,
    limit: int,
    cursor: str | None,
) -> Page[AuditEntry]:
    """Entries of a workspace, newest first."""
    query = select(AuditEntry).where(
        AuditEntry.workspace_id == workspace_id, *_conditions(wanted)
    )
    if cursor is not None:
        query = query.where(AuditEntry.id < id_of(cursor))
    query = query.order_by(AuditEntry.id.desc()).limit(limit + 1)
    rows = session.scalars(query).all()
    return page_of(rows, [row.id for row in rows], limit)


def _conditions(wanted: AuditFilter) -> Iterator[Any]:
    for column, value in (
        (AuditEntry.action, wanted.action),
        (AuditEntry.subject_id, wanted.subject_id),
        (AuditEntry.key_id, wanted.key_id),
    ):
        if value is not None:
            yield column == value
    if wanted.since is not None:
        yield AuditEntry.at >= wanted.since
    if wanted.until is not None:
        yield AuditEntry.at < wanted.until
