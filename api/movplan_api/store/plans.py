"""Plans of one workspace, as its callers see them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, cast, select, update
from sqlalchemy.orm import Session, undefer

from movplan.domain.words import Status
from movplan_api.clock import now
from movplan_api.ids import new_id
from movplan_api.problems import NotFoundError
from movplan_api.store.notices import announce_finished
from movplan_api.store.pages import Page, id_of, page_of
from movplan_api.store.tables import PlanDocument, StoredPlan


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """What is asked for."""

    scenario_id: str
    limits: dict[str, Any]
    tags: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    webhook_url: str | None = None
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which plans of a list; ``None`` takes all."""

    status: str | None = None
    outcome: str | None = None
    stop_reason: str | None = None
    scenario_id: str | None = None
    parent_id: str | None = None
    tag: str | None = None
    created_since: datetime | None = None
    created_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A plan and the digest of what came out (``None`` while nothing has)."""

    plan: StoredPlan
    sha256: str | None


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
            raise _no_such(plan_id)
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

    def known(self, plan_id: str) -> Known:
        """The plan with its document's digest; the document stays where it is."""
        query = (
            select(StoredPlan, PlanDocument.sha256)
            .outerjoin(PlanDocument, PlanDocument.plan_id == StoredPlan.id)
            .where(StoredPlan.workspace_id == self._workspace_id)
            .where(StoredPlan.id == plan_id)
        )
        found = self._session.execute(query).one_or_none()
        if found is None:
            raise _no_such(plan_id)
        return Known(found[0], found[1])

    def ancestor_final_by(self, plan: StoredPlan, moment: datetime) -> Known | None:
        """The plan itself or the nearest it came from that had a plan by then."""
        at: StoredPlan | None = plan
        while at is not None:
            known = self.known(at.id)
            done = at.finished_at is not None and at.finished_at <= moment
            if done and known.sha256 is not None:
                return known
            at = None if at.parent_id is None else self.get(at.parent_id)
        return None

    def page(
        self,
        *,
        limit: int,
        cursor: str | None = None,
        wanted: PlanFilter | None = None,
    ) -> Page[StoredPlan]:
        """Plans, newest first."""
        query = self._own().order_by(StoredPlan.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(StoredPlan.id < id_of(cursor))
        query = query.where(*_conditions(wanted or PlanFilter()))
        rows = self._session.scalars(query).all()
        return page_of(rows, [row.id for row in rows], limit)

    def approve(self, plan_id: str, approval: dict[str, Any]) -> None:
        """Note who approved it, and with what waived."""
        self._session.execute(
            update(StoredPlan)
            .where(StoredPlan.workspace_id == self._workspace_id)
            .where(StoredPlan.id == plan_id)
            .values(approval=approval)
        )

    def ask_to_cancel(self, plan_id: str) -> None:
        """Cancel what is only queued; ask the worker of what is being solved."""
        own = update(StoredPlan).where(
            StoredPlan.workspace_id == self._workspace_id, StoredPlan.id == plan_id
        )
        at = now()
        stopped = self._session.scalar(
            own.where(StoredPlan.status == Status.QUEUED.value)
            .values(
                status=Status.CANCELLED.value, cancel_requested_at=at, finished_at=at
            )
            .returning(StoredPlan.id)
        )
        if stopped is not None:
            announce_finished(self._session, plan_id)
        self._session.execute(
            own.where(
                StoredPlan.status == Status.SOLVING.value,
                StoredPlan.cancel_requested_at.is_(None),
            ).values(cancel_requested_at=at)
        )

    def _own(self) -> Select[StoredPlan]:
        return select(StoredPlan).where(StoredPlan.workspace_id == self._workspace_id)


def _no_such(plan_id: str) -> NotFoundError:
    return NotFoundError("NO_SUCH_PLAN", f"There is no plan {plan_id!r}.")


def _conditions(wanted: PlanFilter) -> list[Any]:
    equal = {
        StoredPlan.status: wanted.status,
        StoredPlan.outcome: wanted.outcome,
        StoredPlan.stop_reason: wanted.stop_reason,
        StoredPlan.scenario_id: wanted.scenario_id,
        StoredPlan.parent_id: wanted.parent_id,
    }
    found: list[Any] = [
        column == value for column, value in equal.items() if value is not None
    ]
    if wanted.tag is not None:
        # Tags have no quotes: as JSON has them they cannot be part of another.
        as_stored = json.dumps(wanted.tag)
        found.append(cast(StoredPlan.tags, Text).contains(as_stored, autoescape=True))
    if wanted.created_since is not None:
        found.append(StoredPlan.created_at >= wanted.created_since)
    if wanted.created_until is not None:
        found.append(StoredPlan.created_at < wanted.created_until)
    return found
