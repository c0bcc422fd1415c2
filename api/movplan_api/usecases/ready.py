"""Whether this installation can do its work: shown by doing some."""

import threading
import time
from dataclasses import dataclass, field

from movplan_api.clock import now
from movplan_api.problems import UnavailableError
from movplan_api.solving.tiny import solve_tiny
from movplan_api.store.migrate import current, head
from movplan_api.store.workers import Workers
from movplan_api.usecases.desk import Desk

_SOLVE_AGAIN_S = 30


@dataclass(slots=True)
class Readiness:
    """Solves a tiny case now and then, and looks at the database and the workers."""

    desk: Desk
    _solved_at: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self) -> dict[str, int | str]:
        """How it stands; raises what is amiss."""
        revision = current(self.desk.store)
        if revision != head():
            raise UnavailableError("TABLES_OUTDATED", f"Tables are at {revision}.")
        with self.desk.store.transaction() as session:
            since = self.desk.settings.lost_after_s
            workers = Workers(session).beating(now(), within_s=since)
        if not workers:
            raise UnavailableError("NO_WORKER", "No worker process is alive.")
        self._solve_sometimes()
        return {"status": "ok", "workers": workers, "tables": revision or ""}

    def _solve_sometimes(self) -> None:
        with self._lock:
            at = time.monotonic()
            if self._solved_at is None or at - self._solved_at > _SOLVE_AGAIN_S:
                moved = self.desk.readers.do(solve_tiny, 1)
                if moved != 1:
                    raise UnavailableError(
                        "SOLVER_WRONG", "The tiny case came out wrong."
                    )
                self._solved_at = at
