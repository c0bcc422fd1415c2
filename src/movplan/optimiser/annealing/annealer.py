"""Rounds of walks at a level, one on every free core.

They begin from the best solution known, and from what rounding the LP leads to once
there is one. A round cools once, then what its best walk came by is offered. Under a
clock it takes a share of the time left, and cools as time goes by; with ``effort`` it
takes a number of steps.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.annealing.build import Stock, Stocker
from movplan.optimiser.annealing.walk import Walk, ways_of
from movplan.optimiser.annealing.ways import find_ways
from movplan.optimiser.counted_parts import Basis
from movplan.optimiser.progress import Clock
from movplan.optimiser.solution import Solution
from movplan.optimiser.state import LevelState
from movplan.optimiser.use import Use

# Heat at the start and end of a round, in what a bloc is worth on the whole.
HOT, COLD = 0.15, 0.02
# Seconds per bloc of a round; with fewer it begins less hot.
ENOUGH_S = 2e-3
# What penalties count at the start and end of a round; and what is spent at the start,
# nothing at the end.
LENIENT, STRICT = 0.7, 6.0
THRIFT = 0.7
# Steps between looks at the clock, and steps per bloc of a round without one.
SLICE, STEPS_PER_BLOC = 4_000, 400
# Slices of a round without a clock, at least: it cools from slice to slice.
LEAST_SLICES = 20
# Share of the time left that a round takes, but at least so many seconds, and at most
# so many per bloc: longer walks gain little, parts and a fresh start more.
ROUND_SHARE, SHORTEST, LONGEST_EACH = 0.6, 0.3, 7e-3
# Prices are much better when they prove a bound lower by this share.
MUCH = 3e-3
# How often a solution is offered again, with those brought back whom finishing lost.
MOST_AGAIN = 4
# Seconds between looks at what else there is to do.
PATIENCE_S = 0.1


@dataclass
class Annealer:
    """Walks at a level.

    ``at_once`` says how many; ``meanwhile`` is called now and then while they are under
    way. A round is ``ended`` when there are much better prices or more cores.
    """

    state: LevelState
    clock: Clock
    at_once: Callable[[], int]
    meanwhile: Callable[[], None]
    round: int = 0
    ended: bool = field(init=False, default=False)
    _stocker: Stocker | None = field(init=False, default=None)
    _rounded: Use | None = field(init=False, default=None)
    _bound: int = field(init=False, default=0)
    _cores: int = field(init=False, default=0)

    def run(self) -> int:
        """One round; returns how much it gained."""
        state, before = self.state, self.state.value
        basis = Basis(state.blocs.compact, state.blocs, state.best)
        stock = self._stock()
        walks = [self._begin(stock, basis, n) for n in range(self.at_once())]
        self._cores = len(walks)
        self._bound, self.ended = state.bound, False
        self.round += 1
        self._cool(walks)
        self._offer_best(walks)
        return state.value - before

    def offer(self, solution: Solution, stock: Stock) -> bool:
        """Offer a solution; where finishing loses what levels held count, offer it with
        those brought back otherwise.
        """
        state, pool = self.state, self.state.blocs
        if state.offer_whole(solution):
            return True
        for again in range(MOST_AGAIN):
            if state.short is None or self.clock.stop():
                break
            walk = Walk.from_solution(stock, Basis(pool.compact, pool, state.short))
            best = walk.repaired(self.round + again)
            if best.value[0] <= state.value or self.clock.stop():
                continue
            if state.offer_whole(walk.solution(best)):
                return True
        return False

    def _cool(self, walks: list[Walk]) -> None:
        """Let walks cool, each on a core, until there is something better to do."""
        seconds = self._seconds()
        hot = self._hot(seconds)
        self.clock.raced |= seconds is not None
        with ThreadPoolExecutor(len(walks)) as pool:
            tasks = [
                pool.submit(self._walk, walk, number, seconds, hot)
                for number, walk in enumerate(walks)
            ]
            try:
                while wait(tasks, timeout=PATIENCE_S).not_done:
                    self.meanwhile()
                    self.ended = self.outdated
            except BaseException:
                self.ended = True
                raise
            for task in tasks:
                task.result()

    def _offer_best(self, walks: list[Walk]) -> None:
        """Offer what walks came by, the best first, until something is taken.

        When time is up the best is offered, no other.
        """
        found = [(walk.repaired(self.round), walk) for walk in walks]
        for best, walk in sorted(found, key=lambda each: -int(each[0].value[0])):
            if best.value[0] <= self.state.value:
                return
            if self.offer(walk.solution(best), walk.stock) or self.clock.stop():
                return

    def _begin(self, stock: Stock, basis: Basis, number: int) -> Walk:
        """The first from the best solution, but for once per LP; others from that."""
        use = self.state.root.use
        if use is None or (number == 0 and self._rounded is use):
            return Walk.from_solution(stock, basis)
        self._rounded = use
        return Walk.from_use(stock, basis, use, self._kept(), self._rng(number))

    def _kept(self) -> IntArray:
        """Blocs that travel and count at a level that is held."""
        state, compact = self.state, self.state.blocs.compact
        counted = compact.values[state.held.holding][:, : compact.starts[1]] > 0
        own = ways_of(state.blocs, state.best)
        rides = own.rides.multiply(counted.any(axis=0)).tocoo()
        return np.unique(own.bloc[rides.row[rides.data > 0]])

    def _rng(self, number: int) -> np.random.Generator:
        seed = [self.clock.limits.seed, self.state.k, self.round, number]
        return np.random.default_rng(seed)

    @property
    def outdated(self) -> bool:
        """Whether much better prices or a core came since the last round began."""
        lower = self._bound - self.state.bound
        better = lower > MUCH * abs(self._bound) or self.at_once() > self._cores
        return self.round > 0 and better

    def _seconds(self) -> float | None:
        """How long a round takes; ``None`` without a clock."""
        left, blocs = self.clock.left(), self.state.blocs.blocs.count
        if left is None:
            return None
        return max(SHORTEST, min(ROUND_SHARE * left, LONGEST_EACH * blocs))

    def _hot(self, seconds: float | None) -> float:
        """How hot to begin: what there is too little time to cool from is not."""
        each = ENOUGH_S if seconds is None else seconds / self.state.blocs.blocs.count
        return max(COLD, HOT * min(1.0, each / ENOUGH_S))

    def _stock(self) -> Stock:
        """Items at the prices known by now."""
        state, pool = self.state, self.state.blocs
        at = state.root.lp.at
        priced = pool.blocs.pricing.price(state.root.cuts, at)
        ways = find_ways(pool.blocs, priced.pair_value, ways_of(pool, state.best))
        if self._stocker is None:
            self._stocker = Stocker(pool, state.held)
        return self._stocker.stock(ways, state.root.cuts, at)

    @cached_property
    def _worth(self) -> float:
        """What a way is worth, the middle one of all that are worth anything."""
        compact = self.state.blocs.compact
        worth = np.abs(compact.values[self.state.k][: compact.starts[1]])
        return float(np.median(worth[worth > 0])) if worth.any() else 1.0

    def _walk(self, walk: Walk, number: int, seconds: float | None, hot: float) -> None:
        rng = self._rng(number)
        steps = STEPS_PER_BLOC * self.state.blocs.blocs.count
        slice_ = SLICE if seconds is not None else min(SLICE, steps // LEAST_SLICES)
        began, taken, done = self.clock.elapsed(), 0, 0.0
        while done < 1 and not (self.clock.stop() or self.ended):
            heat = self._worth * hot * (COLD / hot) ** done
            share = LENIENT * (STRICT / LENIENT) ** done
            walk.run(
                seed=int(rng.integers(1 << 31)),
                steps=slice_,
                heat=heat,
                share=share,
                thrift=THRIFT * (1 - done),
            )
            taken += slice_
            if seconds is None:
                done = taken / steps
            else:
                done = (self.clock.elapsed() - began) / seconds
