"""Heartbeats: a worker says it lives, and takes up the work of those that do not.

A worker is thought dead when its beats have not grown for ``lost_after_s`` by the
watcher's own clock (no two machines need the same time), or at once when it said
good-bye or its process is gone from this very machine. While the database is away
nobody can be seen to beat, so that time hardly counts. Being wrong is harmless: results
are written under a token.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from movplan_api.store import Store
from movplan_api.store.workers import Pulse, Workers

log = structlog.get_logger()

TakeUp = Callable[[list[str]], int]


@dataclass(slots=True)
class Watcher:
    """Remembers when each worker was last seen to beat.

    ``_watched_s`` is its sense of time: it grows from look to look, by no more than
    half of ``lost_after_s`` however long the watcher could not look.
    """

    home: str
    lost_after_s: float
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[int, float]] = field(default_factory=dict)
    _watched_s: float = 0.0
    _looked_at: float | None = None

    def dead(self, pulses: Iterable[Pulse]) -> list[str]:
        """Those of the workers that are dead, as far as can be seen."""
        at = self.clock()
        if self._looked_at is not None:
            self._watched_s += min(at - self._looked_at, self.lost_after_s / 2)
        self._looked_at = at
        return [pulse.worker_id for pulse in pulses if self._is_dead(pulse)]

    def _is_dead(self, pulse: Pulse) -> bool:
        if pulse.stopped or (pulse.home == self.home and not _runs(pulse.pid)):
            return True
        beats, since = self._seen.get(pulse.worker_id, (-1, 0.0))
        if pulse.beats != beats:
            self._seen[pulse.worker_id] = (pulse.beats, self._watched_s)
            return False
        return self._watched_s - since > self.lost_after_s


@dataclass(slots=True)
class Heart:
    """The thread of a worker that beats and watches."""

    store: Store
    worker_id: str
    watcher: Watcher
    take_up: TakeUp
    beat_s: float
    _ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Beat from now on."""
        threading.Thread(target=self._beat_on, name="heart", daemon=True).start()

    def stop(self) -> None:
        """Say good-bye: others may take up the work at once."""
        self._ended.set()
        with self.store.transaction() as session:
            Workers(session).stop(self.worker_id)

    def once(self) -> None:
        """One beat, and one look at the others."""
        with self.store.transaction() as session:
            workers = Workers(session)
            workers.beat(self.worker_id)
            others = [p for p in workers.pulses() if p.worker_id != self.worker_id]
        dead = self.watcher.dead(others)
        if not dead:
            return
        lost = {p.worker_id for p in others if not p.lost and not p.stopped} & {*dead}
        with self.store.transaction() as session:
            for worker_id in lost:
                log.warning("worker lost", lost_worker_id=worker_id)
                Workers(session).lose(worker_id)
        self.take_up(dead)

    def _beat_on(self) -> None:
        while not self._ended.is_set():
            try:
                self.once()
            except Exception:
                # A database that is away comes back; a heart that stops does not.
                log.exception("heartbeat missed", worker_id=self.worker_id)
            self._ended.wait(self.beat_s)


def home_of_this_process() -> str:
    """Names the machine since its start, and the space its process numbers are of."""
    parts = [os.uname().nodename]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip())
        parts.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return ":".join(parts)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
