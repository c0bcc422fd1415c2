"""Deliveries of all workspaces that are due, for the workers that send them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.store.notices import DeliveryState
from movplan_api.store.tables import Delivery, DeliveryAttempt, Endpoint, Notice

_WAITING = DeliveryState.WAITING.value


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is due, and its address."""

    delivery_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery taken to be sent: which try it is, and what it tells."""

    delivery: Delivery
    notice: Notice
    number: int


class Outbox:
    """What is to be sent."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def due(self, *, most_of_one_url: int, most: int) -> tuple[Due, ...]:
        """What is due, no more than a few of each address: one that hangs holds up
        none but itself.
        """
        turn = func.row_number().over(
            partition_by=Delivery.url, order_by=(Delivery.next_at, Delivery.id)
        )
        waiting = (
            select(Delivery.id, Delivery.url, Delivery.next_at, turn.label("turn"))
            .where(Delivery.state == _WAITING, Delivery.next_at <= now())
            .subquery()
        )
        rows = self._session.execute(
            select(waiting.c.id, waiting.c.url)
            .where(waiting.c.turn <= most_of_one_url)
            .order_by(waiting.c.next_at)
            .limit(most)
        )
        return tuple(Due(row[0], row[1]) for row in rows)

    def take(self, delivery_id: str, *, hold: timedelta) -> Taken | None:
        """Mine for a while, or ``None``: another has it. Who dies with it loses it
        when the while is over.
        """
        number = self._session.scalar(
            update(Delivery)
            .where(Delivery.id == delivery_id)
            .where(Delivery.state == _WAITING, Delivery.next_at <= now())
            .values(attempts=Delivery.attempts + 1, next_at=now() + hold)
            .returning(Delivery.attempts)
        )
        if number is None:
            return None
        delivery = self._session.get_one(Delivery, delivery_id)
        notice = self._session.get_one(Notice, delivery.notice_id)
        return Taken(delivery, notice, number)

    def note(
        self,
        attempt: DeliveryAttempt,
        state: DeliveryState,
        *,
        next_at: datetime | None,
    ) -> None:
        """Keep how a try went; only the latest try says how it goes on."""
        self._session.merge(attempt)
        self._session.execute(
            update(Delivery)
            .where(Delivery.id == attempt.delivery_id)
            .where(Delivery.attempts == attempt.number)
            .values(state=state.value, next_at=next_at)
        )

    def disable(self, endpoint_id: str) -> None:
        """The other side said it is gone for good."""
        at = now()
        self._session.execute(
            update(Endpoint)
            .where(Endpoint.id == endpoint_id, Endpoint.disabled_at.is_(None))
            .values(disabled_at=at)
        )
        self._session.execute(
            update(Delivery)
            .where(Delivery.endpoint_id == endpoint_id, Delivery.state == _WAITING)
            .values(state=DeliveryState.GIVEN_UP.value, next_at=None)
        )
