"""Rows that have served, of all workspaces: none of them is anybody's data."""

from datetime import datetime

from sqlalchemy import CursorResult, Delete, delete, exists, or_
from sqlalchemy.orm import Session

from movplan.domain.words import Status
from movplan_api.store.tables import IdempotencyKey, StoredPlan, StoredStudy, Worker

_OPEN = [status.value for status in Status if not status.final]


class Leftovers:
    """What had served before a moment."""

    def __init__(self, session: Session, before: datetime) -> None:
        self._session, self._before = session, before

    def drop_request_keys(self) -> int:
        """Names of requests whose plans or studies are final."""
        of_plan = exists().where(
            StoredPlan.id == IdempotencyKey.plan_id, StoredPlan.status.in_(_OPEN)
        )
        of_study = exists().where(
            StoredStudy.id == IdempotencyKey.study_id, StoredStudy.status.in_(_OPEN)
        )
        return self._drop(
            delete(IdempotencyKey).where(
                IdempotencyKey.created_at < self._before,
                ~of_plan,
                ~of_study,
            )
        )

    def drop_workers(self) -> int:
        """Workers gone so long that their work was taken up: none holds a plan."""
        holds = exists().where(
            StoredPlan.worker_id == Worker.id,
            StoredPlan.status == Status.SOLVING.value,
        )
        return self._drop(
            delete(Worker).where(
                or_(
                    Worker.stopped_at < self._before,
                    Worker.lost_at < self._before,
                ),
                ~holds,
            )
        )

    def _drop(self, query: Delete) -> int:
        done = self._session.execute(query)
        assert isinstance(done, CursorResult)
        return done.rowcount
