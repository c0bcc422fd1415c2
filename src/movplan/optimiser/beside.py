"""Column generation on a thread of its own, while the search is under way.

HiGHS and CP-SAT both leave Python alone while they work, so bound and search keep two
cores busy. The search starts from the first prices and takes better ones as they come.
What it finds depends on who is quicker, so this is for runs with a clock only.
"""

import threading

from movplan.formulation.model import Model
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.bound import Bound, exact_bound
from movplan.optimiser.columns import Pool
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.generate import Generator, Report
from movplan.optimiser.master import Held, LpSolution
from movplan.optimiser.progress import Stop
from movplan.optimiser.snapshot import Snapshot, copied, take_snapshot
from movplan.optimiser.solution import Solution
from movplan.optimiser.warm import start_from, warm_prices

# The first LP without samples is worth searching from when the bound is this close.
FIRST_GAP = 0.1
WAIT_S = 0.05


class Beside:
    """Runs column generation of a level; ``latest`` gives what is new since asked."""

    def __init__(
        self, model: Model, pool: BlocPool, held: Held, start: Solution, stop: Stop
    ) -> None:
        self._model, self._held, self._asked = model, held, stop
        self._blocs: Blocs = pool.blocs
        self._pool = BlocPool(model, pool.blocs, Pool(model))
        self._start = copied(start, pool, self._pool)
        self._lock = threading.Lock()
        self._latest: Snapshot | None = None
        self._enough = threading.Event()
        self._over = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether nothing new will come."""
        return self._over.is_set()

    def first(self, stop: Stop) -> Snapshot | None:
        """Wait for prices good enough to search by; ``None`` if stopped before."""
        while True:
            snapshot = self.latest()
            if snapshot is not None or self.over:
                return snapshot or self.latest()
            if stop():
                return None
            self._over.wait(WAIT_S)

    def latest(self) -> Snapshot | None:
        """What is new since last asked. An error of the thread is raised here."""
        if self._error is not None:
            raise self._error
        with self._lock:
            snapshot, self._latest = self._latest, None
        return snapshot

    def end(self) -> Snapshot | None:
        """Stop, wait for the thread, and return its last word."""
        self._enough.set()
        self._thread.join()
        return self.latest()

    def _stop(self) -> bool:
        return self._enough.is_set() or self._asked()

    def _run(self) -> None:
        try:
            self._generate()
        except BaseException as error:
            self._error = error
        finally:
            self._over.set()

    def _generate(self) -> None:
        warm = warm_prices(
            self._model, self._pool, self._held, self._stop, told=self._tell_sample
        )
        generator = Generator(
            self._model, self._pool, self._held, self._stop, start=self._start
        )
        if warm is not None:
            start_from(generator, warm)
        root = generator.run(report=self._tell_round(generator, wait=warm is None))
        self._publish(take_snapshot(self._pool, root.bound, root.lp, root.cuts))

    def _tell_sample(self, pool: BlocPool, lp: LpSolution) -> None:
        cuts = no_cuts(self._model)
        bound = exact_bound(self._model, self._blocs, cuts, self._held, lp.at)
        self._publish(take_snapshot(pool, bound, lp, cuts))

    def _tell_round(self, generator: Generator, *, wait: bool) -> Report:
        """Publish rounds, where asked from the first that is good enough on."""

        def tell(bound: Bound, lp: LpSolution) -> None:
            far = bound.value - lp.value > FIRST_GAP * max(1.0, abs(lp.value))
            if not (wait and far):
                self._publish(take_snapshot(self._pool, bound, lp, generator.cuts))

        return tell

    def _publish(self, snapshot: Snapshot) -> None:
        with self._lock:
            self._latest = snapshot
