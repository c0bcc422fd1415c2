"""Which plan is in force in a workspace: one at most."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from movplan_api.store.tables import InForce, Workspace


class InForcePlans:
    """The plan in force of one workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def current(self) -> InForce | None:
        """The plan in force, if any is."""
        return self._session.get(InForce, self._workspace_id)

    def hold(self) -> None:
        """Let no other put a plan in force until this transaction has ended.

        Writing the workspace's row locks it, on both databases.
        """
        own = update(Workspace).where(Workspace.id == self._workspace_id)
        self._session.execute(own.values(name=Workspace.name))

    def put(self, plan_id: str, *, since: datetime, by: str | None) -> None:
        """Put a plan in force in the place of the one before."""
        held = self.current()
        if held is None:
            held = InForce(workspace_id=self._workspace_id)
            self._session.add(held)
        held.plan_id, held.since, held.approved_by = plan_id, since, by
        self._session.flush()
