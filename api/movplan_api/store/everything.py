"""Everything a workspace has, table by table, for its export. Secrets stay behind."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session, undefer

from movplan_api.store.tables import (
    ApiKey,
    AuditEntry,
    Delivery,
    DeliveryAttempt,
    Endpoint,
    IdempotencyKey,
    Identity,
    InForce,
    MovementEvent,
    Notice,
    PlanDocument,
    StoredPlan,
    StoredScenario,
    StoredStudy,
    StudyVariant,
    Workspace,
)

Row = dict[str, Any]

# Tables whose rows are small: they are exported as lines of JSON under these names.
LINES: dict[str, type[Any]] = {
    "workspace": Workspace,
    "keys": ApiKey,
    "scenarios": StoredScenario,
    "plans": StoredPlan,
    "plan_in_force": InForce,
    "events": MovementEvent,
    "studies": StoredStudy,
    "study_variants": StudyVariant,
    "webhooks": Endpoint,
    "notices": Notice,
    "webhook_deliveries": Delivery,
    "webhook_attempts": DeliveryAttempt,
    "requests": IdempotencyKey,
    "audit": AuditEntry,
}
_SECRET = frozenset({"secret_sha256", "sealed_secret", "sealed"})
_AT_ONCE = 500


class Everything:
    """All rows of one workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def lines(self, table: type[Any]) -> Iterator[Row]:
        """The rows of a table, without secrets and without documents."""
        attributes = inspect(table).column_attrs
        names = [
            one.key for one in attributes if one.key not in _SECRET and not one.deferred
        ]
        found = self._session.scalars(self._of(table), execution_options=_BY_PARTS)
        for row in found:
            yield {name: getattr(row, name) for name in names}

    def ids(self, table: type[StoredScenario] | type[StoredPlan]) -> list[str]:
        """The ids of what has documents."""
        query = select(table.id).where(table.workspace_id == self._workspace_id)
        return list(self._session.scalars(query.order_by(table.id)))

    def scenario_text(self, scenario_id: str) -> str | None:
        """A scenario's document; ``None``: it was purged meanwhile."""
        return self._session.scalar(
            select(StoredScenario.document)
            .where(StoredScenario.workspace_id == self._workspace_id)
            .where(StoredScenario.id == scenario_id)
        )

    def plan_texts(self, plan_id: str) -> PlanDocument | None:
        """A plan's documents; ``None``: nothing came out."""
        return self._session.scalar(
            select(PlanDocument)
            .join(StoredPlan, StoredPlan.id == PlanDocument.plan_id)
            .where(StoredPlan.workspace_id == self._workspace_id)
            .where(PlanDocument.plan_id == plan_id)
            .options(
                undefer(PlanDocument.document),
                undefer(PlanDocument.run),
                undefer(PlanDocument.log),
            )
        )

    def member_ids(self) -> list[str]:
        """Members with names."""
        query = select(Identity.member_id)
        query = query.where(Identity.workspace_id == self._workspace_id)
        return list(self._session.scalars(query.order_by(Identity.member_id)))

    def _of(self, table: type[Any]) -> Select[Any]:
        """Own rows, by their own column or by what they belong to."""
        query, own = select(table), self._workspace_id
        if table is Workspace:
            return query.where(Workspace.id == own)
        if table is StudyVariant:
            query = query.join(StoredStudy, StoredStudy.id == StudyVariant.study_id)
            return query.where(StoredStudy.workspace_id == own)
        if table is DeliveryAttempt:
            query = query.join(Delivery, Delivery.id == DeliveryAttempt.delivery_id)
        if table in (Delivery, DeliveryAttempt):
            query = query.join(Notice, Notice.id == Delivery.notice_id)
            return query.where(Notice.workspace_id == own)
        return query.where(table.workspace_id == own)


_BY_PARTS = {"yield_per": _AT_ONCE}
