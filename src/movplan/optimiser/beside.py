"""Column generation in a process of its own, while the search is under way.

A copy of this process (``fork``) bounds the level on one core; here the search goes on
with the first prices and takes better ones as they come. Threads would not do: HiGHS
asks at every pivot whether to stop, and would wait for Python each time (measured: a
fifth of the speed). What the search finds depends on who is quicker, so this is for
runs with a clock only, and where processes can be copied.
"""

import multiprocessing as mp
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkContext
from multiprocessing.queues import Queue

from movplan.domain.errors import InternalError
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.bound import Bound
from movplan.optimiser.first_order import FirstPrices
from movplan.optimiser.generate import Generator, Report
from movplan.optimiser.master import Held, LpSolution
from movplan.optimiser.progress import Clock
from movplan.optimiser.snapshot import (
    Snapshot,
    copied,
    priced_snapshot,
    take_snapshot,
)
from movplan.optimiser.solution import Solution
from movplan.optimiser.warm import beyond_simplex, start_from, warm_prices

News = Snapshot | str | None
# Seconds between looks whether the process that searches is still there.
LOOK_S = 0.5
# Seconds to wait for news on its way: those of 100,000 families take a while to write,
# and only the last are of use.
ON_ITS_WAY_S = 2.0


def can_copy_processes() -> bool:
    """Whether this system copies a process safely."""
    return sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Task:
    """A level to be bounded, beginning with the columns of ``start``.

    It may be begun before the level has its share of the clock: ``left`` says how many
    seconds the level has.
    """

    pool: BlocPool
    held: Held
    start: Solution
    clock: Clock
    left: Callable[[], float | None]


class Beside:
    """Runs column generation of a level; ``latest`` gives what is new since asked."""

    def __init__(self, task: Task) -> None:
        context: ForkContext = mp.get_context("fork")
        self._news: Queue[News] = context.Queue()
        work = _Work(task, self._news)
        self._process = context.Process(target=work.run, daemon=True)
        self._process.start()
        self.over, self._ended = False, False

    def latest(self) -> Snapshot | None:
        """What is new since last asked. An error of the other process is raised here.

        A process that died without a word is over: what it told stays good.
        """
        snapshot = None
        while True:
            alive = self._process.is_alive()
            try:
                news = self._next(alive=alive)
            except queue.Empty:
                self.over = self.over or not alive
                return snapshot
            if isinstance(news, str):
                raise InternalError(news)
            self.over = self.over or news is None
            snapshot = news or snapshot

    def _next(self, *, alive: bool) -> News:
        if alive and self._news.qsize() > 0:
            return self._news.get(timeout=ON_ITS_WAY_S)
        return self._news.get_nowait()

    def end(self, *, listen: bool = True) -> Snapshot | None:
        """End the process, and return its last word; nothing where it was ended.

        Whoever has no time to ``listen`` gets none.
        """
        if self._ended:
            return None
        last, self._ended = self.latest() if listen else None, True
        self._process.kill()
        self._process.join()
        self._news.close()
        return last


class _Work:
    """What the copied process does."""

    def __init__(self, task: Task, news: "Queue[News]") -> None:
        self.held, self.left, self.news = task.held, task.left, news
        self.stop = task.clock.stop
        # Written before the process is copied: both need the compact model.
        self.pool = task.pool.anew()
        self.start = copied(task.start, task.pool, self.pool)
        self.told: int | None = None
        self.parent = os.getpid()

    def run(self) -> None:
        """Generate columns; end quietly when stopped, at once when left alone."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        threading.Thread(target=self._end_when_alone, daemon=True).start()
        try:
            self._generate()
            self.news.put(None)
        except BaseException:  # told to the process that waits, which raises it
            self.news.put(traceback.format_exc())

    def _end_when_alone(self) -> None:
        """A solver may not look up for long, nor a full queue ever be read again."""
        while os.getppid() == self.parent:
            time.sleep(LOOK_S)
        os._exit(1)

    def _generate(self) -> None:
        warm = warm_prices(
            self.pool, self.held, self.stop, self._tell_prices, self.left
        )
        if beyond_simplex(self.pool):
            return
        generator = Generator(
            self.pool.model, self.pool, self.held, self.stop, start=self.start
        )
        start_from(generator, warm)
        root = generator.run(report=self._tell_round(generator))
        if root.lp.feasible:
            self.news.put(take_snapshot(self.pool, root.bound, root.lp, root.cuts))

    def _tell_prices(self, found: FirstPrices) -> bool:
        """Tell of prices, unless they prove less than those told last."""
        snapshot = priced_snapshot(self.pool, self.held, found)
        bound = snapshot.root.bound.value
        if self.told is not None and bound > self.told:
            return False
        self.told = bound
        self.news.put(snapshot)
        return True

    def _tell_round(self, generator: Generator) -> Report:
        """Tell of rounds whose bound is no worse than that of the last prices told."""

        def tell(bound: Bound, lp: LpSolution) -> None:
            if self.told is None or bound.value <= self.told:
                self.told = bound.value
                self.news.put(take_snapshot(self.pool, bound, lp, generator.cuts))

        return tell
