"""Counts over all workspaces, for those who watch the installation: no one's data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from movplan.domain.words import Status
from movplan_api.store.tables import Delivery, StoredPlan
from movplan_api.store.workers import Workers

_RECENT = timedelta(minutes=15)
_MOST_RECENT = 2000


@dataclass(frozen=True, slots=True)
class Recent:
    """A plan that became final lately."""

    queued_s: float
    solving_s: float
    attempts: int


class Numbers:
    """How many, how long, as of a moment."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._session, self._at = session, at

    def plans(self) -> dict[str, int]:
        """Plans by status, every status named."""
        query = select(StoredPlan.status, func.count()).group_by(StoredPlan.status)
        counted = {row[0]: row[1] for row in self._session.execute(query)}
        return {status.value: counted.get(status.value, 0) for status in Status}

    def deliveries(self) -> dict[str, int]:
        """Webhook deliveries by state."""
        query = select(Delivery.state, func.count()).group_by(Delivery.state)
        return {row[0]: row[1] for row in self._session.execute(query)}

    def workers(self, *, within_s: float) -> int:
        """Workers that beat."""
        return Workers(self._session).beating(self._at, within_s=within_s)

    def longest_wait_s(self) -> float:
        """Since when the first in the queue waits."""
        first = select(func.min(StoredPlan.created_at)).where(
            StoredPlan.status == Status.QUEUED.value
        )
        return self._since(self._session.scalar(first))

    def longest_solve_s(self) -> float:
        """Since when the longest solve runs."""
        first = select(func.min(StoredPlan.started_at)).where(
            StoredPlan.status == Status.SOLVING.value
        )
        return self._since(self._session.scalar(first))

    def recent(self) -> tuple[Recent, ...]:
        """Plans solved that became final lately."""
        query = (
            select(
                StoredPlan.created_at,
                StoredPlan.started_at,
                StoredPlan.finished_at,
                StoredPlan.attempt,
            )
            .where(StoredPlan.finished_at > self._at - _RECENT)
            .where(StoredPlan.started_at.is_not(None))
            .order_by(StoredPlan.id.desc())
            .limit(_MOST_RECENT)
        )
        return tuple(
            Recent(
                queued_s=(started - created).total_seconds(),
                solving_s=(finished - started).total_seconds(),
                attempts=attempt,
            )
            for created, started, finished, attempt in self._session.execute(query)
            if started is not None and finished is not None
        )

    def _since(self, moment: datetime | None) -> float:
        return 0.0 if moment is None else (self._at - moment).total_seconds()
