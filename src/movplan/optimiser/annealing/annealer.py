"""Rounds of walks from the best solution of a level, one on every free core.

A round cools once, then what its best walk came by is offered; the next begins from
there, less hot. Under a clock a round takes a share of the time left, and cools as time
goes by; with ``effort`` it takes a number of steps.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from movplan.optimiser.annealing.build import Stock, Stocker
from movplan.optimiser.annealing.walk import Walk, ways_of
from movplan.optimiser.annealing.ways import find_ways
from movplan.optimiser.counted_parts import Basis
from movplan.optimiser.progress import Clock
from movplan.optimiser.state import LevelState

# Heat at the start and end of a round, in what a bloc is worth on the whole.
HOT, COLD = 0.15, 0.02
# How much less hot every round begins; and one of fewer seconds per bloc than these.
LESS_HOT, ENOUGH_S = 0.6, 5e-3
# What penalties count at the start and end of a round.
LENIENT, STRICT = 0.7, 6.0
# Steps between looks at the clock, and steps per bloc of a round without one.
SLICE, STEPS_PER_BLOC = 4_000, 400
# Share of the time left that a round takes, but at least so many seconds, and at most
# so many per bloc: longer walks gain little, parts and a fresh start more.
ROUND_SHARE, SHORTEST, LONGEST_EACH = 0.6, 0.3, 15e-3
# Seconds between looks at what else there is to do.
PATIENCE_S = 0.5


@dataclass
class Annealer:
    """Walks at a level.

    ``at_once`` says how many, ``news`` whether to end a round; ``meanwhile`` is called
    now and then while they are under way.
    """

    state: LevelState
    clock: Clock
    at_once: Callable[[], int]
    news: Callable[[], bool]
    meanwhile: Callable[[], None]
    hot: float = HOT
    round: int = 0
    _stocker: Stocker | None = field(init=False, default=None)

    def run(self) -> int:
        """One round; returns how much it gained."""
        state, before = self.state, self.state.value
        basis = Basis(state.blocs.compact, state.blocs, state.best)
        stock = self._stock()
        walks = [Walk.from_solution(stock, basis) for _ in range(self.at_once())]
        self.round += 1
        left = self.clock.left()
        longest = LONGEST_EACH * state.blocs.blocs.count
        seconds = None
        if left is not None:
            seconds = max(SHORTEST, min(ROUND_SHARE * left, longest))
        hot = self._hot(seconds)
        with ThreadPoolExecutor(len(walks)) as pool:
            tasks = [
                pool.submit(self._walk, walk, number, seconds, hot)
                for number, walk in enumerate(walks)
            ]
            while wait(tasks, timeout=PATIENCE_S).not_done:
                self.meanwhile()
            for task in tasks:
                task.result()
        found = [(walk.repaired(), walk) for walk in walks]
        for best, walk in sorted(found, key=lambda each: -int(each[0].value[0])):
            better = best.value[0] > state.value
            if better and state.offer_whole(walk.solution(best)):
                break
        self.hot = max(2 * COLD, LESS_HOT * self.hot)
        return state.value - before

    def _hot(self, seconds: float | None) -> float:
        """How hot to begin: what there is too little time to cool from is not."""
        each = ENOUGH_S if seconds is None else seconds / self.state.blocs.blocs.count
        return max(COLD, self.hot * min(1.0, each / ENOUGH_S))

    def _stock(self) -> Stock:
        """Items at the prices known by now."""
        state, pool = self.state, self.state.blocs
        at = state.root.lp.at
        priced = pool.blocs.pricing.price(state.root.cuts, at)
        ways = find_ways(pool.blocs, priced.pair_value, ways_of(pool, state.best))
        if self._stocker is None:
            self._stocker = Stocker(pool, state.held)
        return self._stocker.stock(ways, state.row_price)

    @cached_property
    def _worth(self) -> float:
        """What a way is worth, the middle one of all that are worth anything."""
        compact = self.state.blocs.compact
        worth = np.abs(compact.values[self.state.k][: compact.starts[1]])
        return float(np.median(worth[worth > 0])) if worth.any() else 1.0

    def _walk(self, walk: Walk, number: int, seconds: float | None, hot: float) -> None:
        seed = [self.clock.limits.seed, self.state.k, self.round, number]
        rng = np.random.default_rng(seed)
        steps = STEPS_PER_BLOC * self.state.blocs.blocs.count
        began, taken, done = self.clock.elapsed(), 0, 0.0
        while done < 1 and not (self.clock.stop() or self.news()):
            heat = self._worth * hot * (COLD / hot) ** done
            share = LENIENT * (STRICT / LENIENT) ** done
            chance = int(rng.integers(1 << 31))
            walk.run(seed=chance, steps=SLICE, heat=heat, share=share)
            taken += SLICE
            if seconds is None:
                done = taken / steps
            else:
                done = (self.clock.elapsed() - began) / seconds
