"""Clear away what has served: finished jobs, old keys of requests, gone workers.

Every worker does it now and then; doing it twice or at once is harmless. Plans are not
touched here: how long a workspace keeps those is its own decision.
"""

import random
import threading
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

import structlog
from dbos import DBOS

from movplan_api.clock import now
from movplan_api.jobs.folders import clear_left_behind
from movplan_api.jobs.retention import forget_what_is_old
from movplan_api.settings import Settings
from movplan_api.store import Store
from movplan_api.store.leftovers import Leftovers

log = structlog.get_logger()

_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much was cleared away."""

    jobs: int
    request_keys: int
    workers: int
    folders: int


def tidy(store: Store, before: datetime) -> Tidied:
    """Clear away what had served before a moment."""
    with store.transaction() as session:
        leftovers = Leftovers(session, before)
        keys, workers = leftovers.drop_request_keys(), leftovers.drop_workers()
    return Tidied(_drop_jobs(before), keys, workers, clear_left_behind())


def _drop_jobs(before: datetime) -> int:
    """Jobs ended before then, with their steps and streams; a few at a time, so that
    others get at the database in between.
    """
    dropped = 0
    while True:
        ended = DBOS.list_workflows(
            status=_ENDED,
            completed_before=before.isoformat(),
            limit=_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if ended:
            DBOS.delete_workflows([job.workflow_id for job in ended])
        dropped += len(ended)
        if len(ended) < _AT_ONCE:
            return dropped


@dataclass(slots=True)
class Tidier:
    """The thread of a worker that tidies."""

    store: Store
    settings: Settings
    _ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Tidy from now on."""
        threading.Thread(target=self._tidy_on, name="tidier", daemon=True).start()

    def stop(self) -> None:
        """Not any more."""
        self._ended.set()

    def once(self) -> Tidied:
        """Tidy, and say so if there was anything."""
        forget_what_is_old(self.store)
        keep = timedelta(hours=self.settings.keep_jobs_h)
        done = tidy(self.store, now() - keep)
        if any(asdict(done).values()):
            log.info("tidied", **asdict(done))
        return done

    def _tidy_on(self) -> None:
        # Workers started together should not tidy together.
        while not self._ended.wait(self.settings.tidy_s * random.uniform(0.8, 1.2)):
            try:
                self.once()
            except Exception:
                log.exception("tidying failed")
