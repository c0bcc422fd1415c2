"""Notices: who wants them, what was said, and how telling them goes.

A notice is stored in the transaction of what it is about, with one delivery for each
address that wants it; without any there is no notice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.ids import new_id
from movplan_api.problems import NotFoundError
from movplan_api.store.pages import Page, id_of, page_of
from movplan_api.store.tables import (
    Delivery,
    DeliveryAttempt,
    Endpoint,
    Notice,
    StoredPlan,
)


class NoticeKind(StrEnum):
    """What others can be told of."""

    PLAN_FINISHED = "plan.finished"
    PLAN_APPROVED = "plan.approved"
    FAMILY_CHANGED = "family.changed"
    FAMILY_LEFT_OUT = "family.left_out"
    DEPARTURE_CHANGED = "departure.changed"


class DeliveryState(StrEnum):
    """How far a delivery is."""

    WAITING = "WAITING"
    ARRIVED = "ARRIVED"
    GIVEN_UP = "GIVEN_UP"


@dataclass(frozen=True, slots=True)
class Said:
    """A notice to be: thin, what it is about and where to look."""

    kind: NoticeKind
    subject_id: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Which deliveries of a list; ``None`` takes all."""

    webhook_id: str | None = None
    state: str | None = None
    kind: str | None = None


class Endpoints:
    """The addresses of one workspace that want notices."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def add(
        self, endpoint_id: str, url: str, kinds: Sequence[NoticeKind], sealed: bytes
    ) -> Endpoint:
        """A new one."""
        endpoint = Endpoint(
            id=endpoint_id,
            workspace_id=self._workspace_id,
            url=url,
            kinds=[kind.value for kind in kinds],
            sealed_secret=sealed,
            created_at=now(),
        )
        self._session.add(endpoint)
        self._session.flush()
        return endpoint

    def get(self, endpoint_id: str) -> Endpoint:
        """That of an id."""
        found = self._session.get(Endpoint, endpoint_id)
        if found is None or found.workspace_id != self._workspace_id:
            raise NotFoundError("NO_SUCH_WEBHOOK", "There is no webhook of that id.")
        return found

    def all(self) -> tuple[Endpoint, ...]:
        """All of them, the oldest first."""
        query = select(Endpoint).where(Endpoint.workspace_id == self._workspace_id)
        return tuple(self._session.scalars(query.order_by(Endpoint.id)))

    def listening(self, kind: NoticeKind) -> tuple[Endpoint, ...]:
        """Those that want notices of a kind."""
        return tuple(
            endpoint
            for endpoint in self.all()
            if kind.value in endpoint.kinds and endpoint.disabled_at is None
        )

    def remove(self, endpoint_id: str) -> None:
        """Forget it; what it was told stays in the log, what waits is given up."""
        endpoint = self.get(endpoint_id)
        self._session.execute(
            update(Delivery)
            .where(Delivery.endpoint_id == endpoint.id)
            .where(Delivery.state == DeliveryState.WAITING.value)
            .values(state=DeliveryState.GIVEN_UP.value, next_at=None)
        )
        self._session.execute(delete(Endpoint).where(Endpoint.id == endpoint.id))


def announce(
    session: Session,
    workspace_id: str,
    said: Iterable[Said],
    *,
    also: str | None = None,
) -> None:
    """Store notices for those who want them; ``also``: an address of this one plan."""
    at = now()
    listening: dict[NoticeKind, tuple[Endpoint, ...]] = {}
    for one in said:
        if one.kind not in listening:
            endpoints = Endpoints(session, workspace_id)
            listening[one.kind] = endpoints.listening(one.kind)
        to: list[tuple[str | None, str]] = [
            (endpoint.id, endpoint.url) for endpoint in listening[one.kind]
        ]
        if also is not None:
            to.append((None, also))
        if not to:
            continue
        notice = Notice(
            id=new_id("ntc"),
            workspace_id=workspace_id,
            kind=one.kind.value,
            subject_id=one.subject_id,
            at=at,
            detail=one.detail,
        )
        session.add(notice)
        session.flush()
        session.add_all(_delivery(notice.id, at, *whom) for whom in to)
    session.flush()


def _delivery(
    notice_id: str, at: datetime, endpoint_id: str | None, url: str
) -> Delivery:
    return Delivery(
        id=new_id("dlv"),
        notice_id=notice_id,
        endpoint_id=endpoint_id,
        url=url,
        state=DeliveryState.WAITING.value,
        attempts=0,
        next_at=at,
    )


def announce_finished(session: Session, plan_id: str) -> None:
    """Say that a plan is final, in the transaction that made it so."""
    # What the session remembers of the row is older than what was just written.
    plan = session.get_one(StoredPlan, plan_id, populate_existing=True)
    detail = {
        "plan_id": plan.id,
        "status": plan.status,
        "outcome": plan.outcome,
        "stop_reason": plan.stop_reason,
        "links": {"plan": f"/v1/plans/{plan.id}"},
    }
    said = Said(NoticeKind.PLAN_FINISHED, plan.id, detail)
    announce(session, plan.workspace_id, [said], also=plan.webhook_url)


class Deliveries:
    """The delivery log of one workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def page(
        self, *, limit: int, cursor: str | None, wanted: DeliveryFilter
    ) -> Page[tuple[Delivery, Notice]]:
        """Deliveries with what they tell, newest first."""
        query = self._own().order_by(Delivery.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(Delivery.id < id_of(cursor))
        for column, value in (
            (Delivery.endpoint_id, wanted.webhook_id),
            (Delivery.state, wanted.state),
            (Notice.kind, wanted.kind),
        ):
            if value is not None:
                query = query.where(column == value)
        rows = [(one, notice) for one, notice in self._session.execute(query)]
        return page_of(rows, [row[0].id for row in rows], limit)

    def get(self, delivery_id: str) -> tuple[Delivery, Notice]:
        """One of them."""
        query = self._own().where(Delivery.id == delivery_id)
        found = self._session.execute(query).one_or_none()
        if found is None:
            raise NotFoundError("NO_SUCH_DELIVERY", "There is no delivery of that id.")
        delivery, notice = found
        return delivery, notice

    def attempts(self, delivery_id: str) -> tuple[DeliveryAttempt, ...]:
        """Its tries, the first first."""
        query = select(DeliveryAttempt).where(
            DeliveryAttempt.delivery_id == delivery_id
        )
        return tuple(
            self._session.scalars(query.order_by(DeliveryAttempt.number)).all()
        )

    def send_again(self, delivery_id: str) -> None:
        """Due now, whatever became of it before."""
        delivery, _ = self.get(delivery_id)
        delivery.state, delivery.next_at = DeliveryState.WAITING.value, now()

    def _own(self) -> Select[Delivery, Notice]:
        return (
            select(Delivery, Notice)
            .join(Notice, Notice.id == Delivery.notice_id)
            .where(Notice.workspace_id == self._workspace_id)
        )
