"""Closing the gap: drop what cannot be in a better plan, solve what is left whole.

At integer prices with Lagrangian bound T, forcing pair p bounds every plan by T less
what the bloc of p loses by it. Pairs for which that is not above the best known value
can be left out: a better plan uses none of them. What is left goes to two engines in
turn, or side by side when a clock limits the run: CP-SAT, and branch and bound over the
LP with the cuts known. Both prove in whole numbers; which is the quicker depends on the
mission. The plan's bound is the larger of theirs and the value already known.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bound import exact_total, value_step
from movplan.optimiser.branching import Tree, ValidRows
from movplan.optimiser.counting import Counted, counted
from movplan.optimiser.program import Answer, Effort, solve_cpsat
from movplan.optimiser.progress import Clock, Stop
from movplan.optimiser.state import LevelState
from movplan.optimiser.whole import Whole, decoded, encoded, num_columns, write_whole

# Columns up to which a program is branched on as well, and up to which one is written
# to see how much is left of it when alike departures are counted.
MOST_BRANCHED, MOST_WRITTEN = 4_000, 10_000
# Deterministic seconds of CP-SAT and of the tree at a glance; of each for a proof; and
# how many times as much CP-SAT has each next time, if a clock says when to stop.
GLANCE_SEARCH, GLANCE_TREE, WORK, MORE = 10.0, 2.0, 20.0, 4.0
# Deterministic seconds of the tree after which better plans are looked for between the
# best one and the LP, and those for that.
WORK_AT_ONCE, WORK_BETWEEN = 1.0, 0.5
WHOLE = 1e-6


def survivors(state: LevelState) -> IntArray:
    """Pairs that a plan better than the best known may use."""
    model, cuts = state.model, state.root.cuts
    blocs = state.blocs.blocs
    total, at, denominator = exact_total(
        model, blocs, cuts, state.held, state.root.lp.at
    )
    value = blocs.pricing.price(cuts, at).pair_value
    needed = (state.value + value_step(model, state.k)) * denominator
    slack = total - needed
    if slack < 0:
        return np.zeros(0, np.int64)
    pair, loss = blocs.loss(value)
    found: IntArray = np.sort(pair[loss <= slack])
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """Some pairs written whole, with what is alike counted."""

    whole: Whole
    counted: Counted

    @property
    def num_columns(self) -> int:
        """Columns of what the engines get."""
        return len(self.counted.program.objective)

    @property
    def is_branched(self) -> bool:
        """Whether it is small enough for the tree."""
        return self.num_columns <= MOST_BRANCHED

    def start(self, state: LevelState) -> IntArray | None:
        """The best plan as a vector, if it is one."""
        x = encoded(self.whole, state.pool, state.best)
        return None if x is None else self.counted.fold(x)

    def tree(self, state: LevelState, stop: Stop) -> Tree:
        """A tree that decides departures and the like first."""
        plant = np.zeros(len(self.whole.program.objective), np.bool_)
        plant[len(plant) - len(state.model.plant) :] = True
        return Tree(
            self.counted.program,
            None if self.counted.folds else _known(self.whole, state),
            value=state.value,
            step=value_step(state.model, state.k),
            first=self.counted.marked(plant),
            stop=stop,
        )


class Prover:
    """Proves a level of what survives; what is found goes to the state at once.

    The tree is kept from one proof to the next: a better plan only makes it smaller.
    ``tell`` is called whenever an engine has been at it for a while.
    """

    def __init__(
        self, state: LevelState, clock: Clock, tell: Callable[[], None]
    ) -> None:
        self.state, self._clock, self._tell = state, clock, tell
        self._stop: Stop = clock.stop
        self._branched: tuple[Written, Tree] | None = None

    def glance(self, *, most_columns: int, share: float) -> None:
        """See whether what survives is soon proved; at most a share of the time."""
        written = self._begin(most_columns, share)
        if written is not None:
            self._in_turn(written, GLANCE_SEARCH, GLANCE_TREE)

    def prove(self, *, most_columns: int) -> None:
        """Solve what survives, if that takes at most so many columns."""
        written = self._begin(most_columns, 1.0)
        if written is None:
            return
        limits = self._clock.limits
        if limits.time_limit_s is None or limits.effort is not None:
            self._in_turn(written, WORK, WORK)
        elif written.is_branched:
            self._side_by_side(written)
        else:
            self._take(written, self._search(written, None, self._stop))

    def _begin(self, most_columns: int, share: float) -> Written | None:
        """What is to be solved within a share of the time left."""
        written = _written(self.state, most_columns)
        if written is not None:
            self._stop = self._clock.until_share(share)
        return written

    def _in_turn(self, written: Written, search: float, tree: float) -> None:
        """CP-SAT, then the tree, each for so long."""
        self._take(written, self._search(written, search, self._stop))
        if not self._over and written.is_branched:
            self._branch(written, tree)

    def _side_by_side(self, written: Written) -> None:
        """Both engines at once; what one finds, the other knows as soon as it can."""
        self._clock.raced = True
        found, work = threading.Event(), WORK
        with ThreadPoolExecutor(1) as beside:

            def stop() -> bool:
                return found.is_set() or self._stop()

            def begin() -> Future[Answer]:
                start = written.start(self.state)
                return beside.submit(self._solve, written, work, start, stop)

            searching = begin()
            try:
                while not self._over:
                    nothing_left = self._branch(written, WORK_AT_ONCE)
                    if not nothing_left and not searching.done():
                        continue
                    said = self._take(written, searching.result())
                    if self._over or (nothing_left and not said):
                        return
                    work *= MORE
                    searching = begin()
            finally:
                found.set()
            self._take(written, searching.result())

    @property
    def _over(self) -> bool:
        enough = self._clock.limits.enough
        return self.state.proved or self.state.gap <= enough or self._stop()

    def _search(self, written: Written, work: float | None, stop: Stop) -> Answer:
        """CP-SAT for so long, from the best plan."""
        return self._solve(written, work, written.start(self.state), stop)

    def _solve(
        self, written: Written, work: float | None, start: IntArray | None, stop: Stop
    ) -> Answer:
        effort = Effort(work=work, seed=self._clock.limits.seed)
        return solve_cpsat(written.counted.program, effort, start, stop)

    def _take(self, written: Written, answer: Answer) -> bool:
        """What CP-SAT found and proved; whether it was anything."""
        if answer.x is not None:
            self._offer(written, answer.x)
        if np.isfinite(answer.bound):
            self._bounded(int(np.floor(answer.bound + 1e-6)))
        self._tell()
        return answer.x is not None or bool(np.isfinite(answer.bound))

    def _branch(self, written: Written, work: float) -> bool:
        """The tree for so long; says whether nothing is left of it."""
        if self._branched is None:
            self._branched = written, written.tree(self.state, lambda: self._stop())
        grown_for, tree = self._branched
        until = tree.work + work
        while tree.work < until and not tree.over and not self._over:
            tree.learn(self.state.value)
            tree.run(WORK_AT_ONCE)
            if tree.best is not None and tree.value > self.state.value:
                self._offer(grown_for, tree.best)
            self._bounded(tree.bound)
            if not self._over:
                self._look_between(grown_for, tree)
            self._tell()
        return tree.over

    def _look_between(self, written: Written, tree: Tree) -> None:
        """Decide again wherever the best plan and the LP last solved differ."""
        start = written.start(self.state)
        if start is None or tree.relaxed is None:
            return
        free = np.flatnonzero(np.abs(tree.relaxed - start) > WHOLE)
        effort = Effort(work=WORK_BETWEEN, seed=self._clock.limits.seed)
        part = written.counted.program.where_free(free, start)
        answer = solve_cpsat(part, effort, start[free], self._stop)
        if answer.x is not None:
            better = start.copy()
            better[free] = answer.x
            self._offer(written, better)

    def _offer(self, written: Written, x: IntArray) -> None:
        told_apart = written.counted.unfold(x)
        self.state.offer(decoded(written.whole, self.state.pool, told_apart))

    def _bounded(self, reached: int) -> None:
        state = self.state
        state.bound = min(state.bound, max(state.value, reached))


def _written(state: LevelState, most_columns: int) -> Written | None:
    """What a better plan may use, written whole; ``None`` if it is too much."""
    written = _written_counted(state) if alike_departures(state.model) else None
    if written is not None and written.num_columns <= most_columns:
        return written
    pairs = np.union1d(survivors(state), _used_pairs(state))
    if num_columns(state.model, pairs) > most_columns:
        return None
    whole = write_whole(state.model, state.held, pairs)
    return Written(whole, Counted(whole.program, ()))


def _written_counted(state: LevelState) -> Written | None:
    """All pairs with what is alike counted; ``None`` if nothing is, or it is too much.

    Prices differ between alike departures, so of some only one would survive.
    """
    pairs = np.arange(len(state.model.pairs))
    if num_columns(state.model, pairs) > MOST_WRITTEN:
        return None
    whole = write_whole(state.model, state.held, pairs)
    written = Written(whole, counted(whole.program))
    return written if written.counted.folds else None


def alike_departures(model: Model) -> bool:
    """Whether some departures may be alike: the same seats at the same price."""
    runs = [k for k, name in enumerate(model.plant.names) if name.kind == "run"]
    matrix = model.plant.matrix[runs]
    values = np.array([level.plant_value[runs] for level in model.levels])
    seen = [
        (matrix.data[a:b].tobytes(), values[:, k].tobytes())
        for k, (a, b) in enumerate(
            zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
        )
    ]
    return len(set(seen)) < len(seen)


def _known(whole: Whole, state: LevelState) -> ValidRows:
    """The cuts of the root over the columns of a whole program."""
    cuts = state.root.cuts
    between = whole.program.matrix.shape[1] - len(whole.pairs) - cuts.plant.shape[1]
    nothing = csr_array((len(cuts), between), dtype=np.int64)
    parts = [cuts.pairs[:, whole.pairs], nothing, -cuts.plant]
    return ValidRows(csr_array(hstack(parts, format="csr")), cuts.rhs)


def _used_pairs(state: LevelState) -> IntArray:
    return state.pool.columns.pair[state.best.used()]
