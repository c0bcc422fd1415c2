"""Remove a workspace with all it holds. The audit log is never touched.

What is being solved for it ends by itself: a run whose plan is gone is superseded.
"""

from typing import Any

from sqlalchemy import CursorResult, Delete, Select, delete, func, select, update
from sqlalchemy.orm import Session

from movplan_api.store.everything import LINES
from movplan_api.store.tables import (
    AuditEntry,
    Delivery,
    DeliveryAttempt,
    Identity,
    Incumbent,
    PlanDocument,
    StoredPlan,
    StoredScenario,
    StudyVariant,
    Workspace,
)

# In this order nothing is removed that something left points at. Rows of the others
# (documents, variants, deliveries, tries) go with what they belong to.
_IN_ORDER = (
    "requests",
    "plan_in_force",
    "events",
    "notices",
    "webhooks",
    "studies",
    "plans",
    "scenarios",
    "identities",
    "keys",
)
_TABLES: dict[str, type[Any]] = {**LINES, "identities": Identity}
_OWN = {name: _TABLES[name] for name in _IN_ORDER}
_WITH_THEIR_OWNERS = (PlanDocument, Incumbent, StudyVariant, Delivery, DeliveryAttempt)
# What has ancestors among its own kind.
_WITH_PARENTS = (StoredPlan, StoredScenario)
KEPT = (AuditEntry,)
ALL = (*_OWN.values(), *_WITH_THEIR_OWNERS, *KEPT, Workspace)
assert {*LINES.values()} <= {*ALL}, "a table of a workspace that is not removed"


class Removal:
    """What would go with a workspace, and its going."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def counts(self) -> dict[str, int]:
        """How many rows there are of each kind."""
        return {name: self._count(table) for name, table in _OWN.items()}

    def remove(self) -> dict[str, int]:
        """Remove them and the workspace itself; how many rows went of each kind."""
        for table in _WITH_PARENTS:
            own = table.workspace_id == self._workspace_id
            self._session.execute(update(table).where(own).values(parent_id=None))
        gone = {name: self._delete(self._of(table)) for name, table in _OWN.items()}
        itself = Workspace.id == self._workspace_id
        self._session.execute(delete(Workspace).where(itself))
        return gone

    def _count(self, table: type[Any]) -> int:
        own = table.workspace_id == self._workspace_id
        query: Select[Any] = select(func.count()).select_from(table).where(own)
        return self._session.scalar(query) or 0

    def _of(self, table: type[Any]) -> Delete:
        return delete(table).where(table.workspace_id == self._workspace_id)

    def _delete(self, query: Delete) -> int:
        done = self._session.execute(query)
        assert isinstance(done, CursorResult)
        return done.rowcount
