"""The audit log: what was done, by whom. Entries are only ever added."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.ids import new_id
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
