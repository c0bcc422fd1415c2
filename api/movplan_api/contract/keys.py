"""Keys, the audit log and the workspace, as asked for and as told."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from movplan_api.contract.answers import Answer
from movplan_api.contract.orders import Asked
from movplan_api.store.pages import MOST
from movplan_api.words import Role, Scope

Words = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class KeyAsked(Asked):
    """A key to be made, in the workspace of who asks."""

    name: Words
    role: Role = Role.VIEWER
    scopes: Annotated[tuple[Scope, ...], Field(max_length=10)] = ()
    expires_at: AwareDatetime | None = None


class KeyAnswer(Answer):
    """A key without its secret, which nobody has but its holder."""

    id: str
    name: str
    role: Role
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class KeyMade(KeyAnswer):
    """With its text, shown this once."""

    key: str


class KeyPage(Answer):
    """One page of keys, newest first."""

    items: tuple[KeyAnswer, ...]
    next_cursor: str | None


class CallerAnswer(Answer):
    """Who the caller is, as the service sees them."""

    workspace_id: str
    workspace: str
    key_id: str
    role: Role
    scopes: tuple[Scope, ...]


class AuditQuery(Asked):
    """Which entries, newest first."""

    limit: int = Field(default=50, ge=1, le=MOST)
    cursor: Annotated[str | None, Field(max_length=400)] = None
    action: Words | None = None
    subject_id: Words | None = None
    key_id: Words | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class AuditAnswer(Answer):
    """Something that was done, by whom; entries are only ever added."""

    id: str
    at: datetime
    key_id: str | None
    request_id: str | None
    action: str
    subject_id: str
    detail: dict[str, Any]


class AuditPage(Answer):
    """One page of the audit log."""

    items: tuple[AuditAnswer, ...]
    next_cursor: str | None


class WorkspaceAsked(Asked):
    """How long final plans are kept, in days; ``null``: until somebody purges them."""

    retention_days: Annotated[int, Field(ge=1, le=36_500)] | None


class WorkspaceAnswer(Answer):
    """One mission's own part of the service."""

    id: str
    name: str
    retention_days: int | None
    created_at: datetime


class WorkspaceRemovalAsked(Asked):
    """Remove the workspace of this key with all it holds, names and keys too.

    ``name`` is the workspace's: it has to be said. ``dry_run`` only counts.
    """

    name: Words
    dry_run: bool = False


class WorkspaceRemoved(Answer):
    """How much went, or would go; the audit log stays."""

    id: str
    name: str
    dry_run: bool
    plans: int
    scenarios: int
    studies: int
    events: int
    identities: int
    notices: int
    webhooks: int
    keys: int
    requests: int
    plan_in_force: int


class PurgeAsked(Asked):
    """Forget what was final before a moment; the plan in force always stays."""

    before: AwareDatetime


class Purged(Answer):
    """How much went."""

    plans: int
    studies: int
    scenarios: int
    events: int
    notices: int
