"""Workers and their heartbeats."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.store.tables import Worker


@dataclass(frozen=True, slots=True)
class Pulse:
    """What others see of a worker: ``beats`` grows while it lives."""

    worker_id: str
    home: str
    pid: int
    beats: int
    lost: bool
    stopped: bool


class Workers:
    """All worker processes that were ever started and not yet forgotten."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enrol(self, worker_id: str, *, home: str, pid: int, version: str) -> None:
        """A new worker says it is there."""
        at = now()
        self._session.add(
            Worker(
                id=worker_id,
                home=home,
                pid=pid,
                version=version,
                started_at=at,
                beats=1,
                beat_at=at,
            )
        )

    def beat(self, worker_id: str) -> None:
        """Still there. One that was thought lost is back."""
        self._session.execute(
            update(Worker)
            .where(Worker.id == worker_id)
            .values(beats=Worker.beats + 1, beat_at=now(), lost_at=None)
        )

    def pulses(self) -> tuple[Pulse, ...]:
        """All of them."""
        rows = self._session.scalars(select(Worker).order_by(Worker.id))
        return tuple(
            Pulse(
                worker_id=row.id,
                home=row.home,
                pid=row.pid,
                beats=row.beats,
                lost=row.lost_at is not None,
                stopped=row.stopped_at is not None,
            )
            for row in rows
        )

    def beating(self, at: datetime, *, within_s: float) -> int:
        """How many have beaten within the last so many seconds."""
        alive = select(func.count()).where(
            Worker.beat_at > at - timedelta(seconds=within_s),
            Worker.stopped_at.is_(None),
            Worker.lost_at.is_(None),
        )
        return self._session.scalar(alive) or 0

    def lose(self, worker_id: str) -> None:
        """Others think it dead: its work is taken up."""
        lost = update(Worker).where(Worker.id == worker_id, Worker.lost_at.is_(None))
        self._session.execute(lost.values(lost_at=now()))

    def stop(self, worker_id: str) -> None:
        """It leaves in good order: its work may be taken up at once."""
        stopped = update(Worker).where(Worker.id == worker_id)
        self._session.execute(stopped.values(stopped_at=now()))
