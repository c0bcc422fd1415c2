"""Plans of one workspace, as its callers see them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, undefer

from movplan_api.clock import now
from movplan_api.ids import new_id
from movplan_api.problems import NotFoundError
from movplan_api.store.pages import Page, id_of, page_of
from movplan_api.store.tables import PlanDocument, StoredPlan
from movplan_api.words import Status


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """What is asked for."""

    scenario_id: str
    limits: dict[str, Any]
    tags: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    webhook_url: str | None = None
    parent_id: str | None = None


class Plans:
    """The plans a workspace has. Every look-up names the workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def add(self, order: PlanOrder, *, by: str | None) -> StoredPlan:
        """A new plan, queued."""
        plan = StoredPlan(
            id=new_id("pln"),
            workspace_id=self._workspace_id,
            scenario_id=order.scenario_id,
            parent_id=order.parent_id,
            status=Status.QUEUED.value,
            tags=list(order.tags),
            limits=order.limits,
            changes=list(order.changes),
            webhook_url=order.webhook_url,
            created_at=now(),
            created_by=by,
            attempt=0,
        )
        self._session.add(plan)
        self._session.flush()
        return plan

    def get(self, plan_id: str) -> StoredPlan:
        """The plan of that id."""
        found = self._session.scalar(self._own().where(StoredPlan.id == plan_id))
        if found is None:
            raise NotFoundError("NO_SUCH_PLAN", f"There is no plan {plan_id!r}.")
        return found

    def document(self, plan_id: str) -> PlanDocument | None:
        """What came out, with the plan's text; ``None`` while nothing has."""
        query = (
            select(PlanDocument)
            .join(StoredPlan, StoredPlan.id == PlanDocument.plan_id)
            .where(StoredPlan.workspace_id == self._workspace_id)
            .where(PlanDocument.plan_id == plan_id)
        )
        return self._session.scalar(query.options(undefer(PlanDocument.document)))

    def page(
        self,
        *,
        limit: int,
        cursor: str | None = None,
        status: Status | None = None,
    ) -> Page[StoredPlan]:
        """Plans, newest first."""
        query = self._own().order_by(StoredPlan.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(StoredPlan.id < id_of(cursor))
        if status is not None:
            query = query.where(StoredPlan.status == status.value)
        rows = self._session.scalars(query).all()
        return page_of(rows, [row.id for row in rows], limit)

    def ask_to_cancel(self, plan_id: str) -> None:
        """Cancel what is only queued; ask the worker of what is being solved."""
        own = update(StoredPlan).where(
            StoredPlan.workspace_id == self._workspace_id, StoredPlan.id == plan_id
        )
        at = now()
        self._session.execute(
            own.where(StoredPlan.status == Status.QUEUED.value).values(
                status=Status.CANCELLED.value, cancel_requested_at=at, finished_at=at
            )
        )
        self._session.execute(
            own.where(
                StoredPlan.status == Status.SOLVING.value,
                StoredPlan.cancel_requested_at.is_(None),
            ).values(cancel_requested_at=at)
        )

    def _own(self) -> Select[StoredPlan]:
        return select(StoredPlan).where(StoredPlan.workspace_id == self._workspace_id)
