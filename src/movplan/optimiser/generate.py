"""Column generation: the LP bound of a level, proved in integers as it goes.

Each round solves the master, prices all pairs of the model at smoothed prices, adds the
best columns of every bloc, cuts off what breaks links and patterns, and evaluates the
exact bound. It stops when the bound meets the LP value, or when told to.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.bound import Bound, exact_bound
from movplan.optimiser.cuts import Cuts
from movplan.optimiser.links import LinkMaker
from movplan.optimiser.master import Held, LpSolution, Master
from movplan.optimiser.patterns import PatternMaker
from movplan.optimiser.pricing import Multipliers, Priced, price_plant
from movplan.optimiser.solution import Solution
from movplan.optimiser.use import Use

SMOOTHING = 0.5
WAYS_PER_BLOC = 2
MAX_ROUNDS = 400
STALL_ROUNDS = 12
FEW_LINKS = 20
CLOSE, MET = 1e-3, 1e-6
MISSIONS_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Root:
    """What is known of a level's LP: bound, LP solution, cuts, columns in the pool.

    ``use`` is what the LP solution uses, also one only near to optimal.
    """

    bound: Bound
    lp: LpSolution
    cuts: Cuts
    rounds: int
    use: Use | None = None


Report = Callable[[Bound, LpSolution], None]


class Generator:
    """Runs column generation for one level; the pools outlive it."""

    def __init__(
        self,
        model: Model,
        pool: BlocPool,
        held: Held,
        stop: Callable[[], bool],
        *,
        start: Solution,
    ) -> None:
        self.model, self.pool, self.held, self.stop = model, pool, held, stop
        self.blocs = pool.blocs
        self._linked = np.zeros(0, np.int64)
        pool.of_solution(start)
        self.master = Master(model, pool, held, stop=stop)
        self.master.add_plant(
            np.flatnonzero((self.master.plant_at < 0) & (start.plant > 0))
        )
        self.centre: Multipliers | None = None
        self.bound: Bound | None = None
        self._stalled = 0

    def run(self, *, report: Report | None = None) -> Root:
        """Generate columns and cuts until the bound meets the LP, or stopped."""
        return self._run(report, self._cut)

    def uncut(self, *, report: Report | None = None) -> Root:
        """Generate columns until the bound meets the LP without more cuts, or stopped.

        ``run`` goes on from there.
        """
        return self._run(report, _nothing_cut)

    def _run(
        self, report: Report | None, separate: Callable[[LpSolution], int]
    ) -> Root:
        rounds = 0
        lp = self.master.nothing()
        while True:
            found = self.master.solve()
            if not found.feasible:
                break
            lp, rounds = found, rounds + 1
            added = self._price(lp)
            cut = separate(lp) if self._gap(lp) < CLOSE or not added else 0
            if report is not None:
                report(self._require_bound(), lp)
            if not added and not cut:
                break
            if self._finished(lp, rounds, cut):
                break
        if self.bound is None:
            self.prove(lp.at)
        at = with_cuts(lp.at, len(self.cuts))
        use = use_of(self.pool, lp) if lp.feasible else None
        return Root(self._require_bound(), replace(lp, at=at), self.cuts, rounds, use)

    def _finished(self, lp: LpSolution, rounds: int, cut: int) -> bool:
        if self.stop():
            return True
        if cut:
            return False
        return (
            self._gap(lp) <= MET
            or rounds >= MAX_ROUNDS
            or self._stalled >= STALL_ROUNDS
        )

    def _gap(self, lp: LpSolution) -> float:
        if self.bound is None:
            return float("inf")
        return (self.bound.value - lp.value) / max(1.0, abs(lp.value))

    def _require_bound(self) -> Bound:
        if self.bound is None:
            raise AssertionError("priced at least once")
        return self.bound

    def _price(self, lp: LpSolution) -> int:
        """Price at the LP's own prices for proof, at smoothed ones for columns."""
        own = self.blocs.pricing.price(self.cuts, lp.at)
        self.prove(lp.at)
        missions = self.send_missions(lp.at)
        if self.centre is not None and self.centre is not lp.at:
            smooth = _blend(self.centre, lp.at, SMOOTHING)
            priced = self.blocs.pricing.price(self.cuts, smooth)
            self.prove(smooth)
            self.add_promising(priced, own, lp)
        added = self.master.add_columns()
        if not added:
            self.add_promising(own, own, lp)
            added = self.master.add_columns()
        return added + missions

    def send_missions(self, at: Multipliers) -> int:
        """Let missions into the LP that are worth more than they cost."""
        worth = price_plant(self.model, self.cuts, at)
        worth = np.where(self.master.plant_at < 0, worth, 0)
        good = np.flatnonzero(worth > 1e-6 * max(1.0, float(worth.max(initial=0))))
        best = good[np.argsort(-worth[good], kind="stable")][:MISSIONS_AT_ONCE]
        return self.master.add_plant(np.sort(best))

    @cached_property
    def linker(self) -> LinkMaker:
        """Makes links."""
        return LinkMaker(self.model)

    @cached_property
    def patterns(self) -> PatternMaker:
        """Makes pattern cuts."""
        return PatternMaker(self.model)

    @property
    def cuts(self) -> Cuts:
        """Cuts in the master so far."""
        return self.master.cuts

    def add_promising(
        self, priced: Priced, own: Priced, lp: LpSolution, ways: int = WAYS_PER_BLOC
    ) -> None:
        """Add the few best ways of every bloc that are worth more than its price."""
        tolerance = 1e-7 * max(1.0, float(np.abs(priced.pair_value).max(initial=0)))
        for chosen in self.blocs.choose(priced.pair_value, ways):
            owner, pairs = chosen.pairs(chosen.position)
            worth = np.bincount(
                owner, own.pair_value[pairs], minlength=len(chosen.position)
            )
            bloc = self.blocs.ids[chosen.position]
            good = worth > lp.bloc_price[bloc] + tolerance
            kept = good[owner]
            number = np.cumsum(good) - 1
            self.pool.add_pairs(priced, bloc[good], number[owner[kept]], pairs[kept])

    def prove(self, at: Multipliers) -> None:
        """Evaluate the bound at some prices; the best so far are smoothed towards."""
        bound = exact_bound(self.model, self.blocs, self.cuts, self.held, at)
        if self.bound is None or bound.value < self.bound.value:
            self.bound, self.centre, self._stalled = bound, at, 0
        else:
            self._stalled += 1

    def _cut(self, lp: LpSolution) -> int:
        """Add the links and patterns the LP solution breaks."""
        use = np.asarray(self.pool.pairs[: len(lp.columns)].T @ lp.columns)
        broken = self.linker.violated(use, lp.plant)
        keys = np.setdiff1d(broken, self._linked, assume_unique=True)
        self._linked = np.concatenate([self._linked, keys])
        fresh = self.linker.make(keys)
        if len(keys) < FEW_LINKS:
            fresh = fresh.join(self.patterns.violated(use, lp.plant))
        if not len(fresh):
            return 0
        self.master.add_cuts(fresh)
        if self.centre is not None:
            self.centre = with_cuts(self.centre, len(self.cuts))
        return len(fresh)


def use_of(pool: BlocPool, lp: LpSolution) -> Use:
    """What an LP solution over a pool uses."""
    pairs = pool.pairs[: len(lp.columns)].T @ lp.columns
    return Use(pairs=np.asarray(pairs), plant=lp.plant)


def _nothing_cut(_: LpSolution) -> int:
    return 0


def first_per_group(order: IntArray, group: IntArray, count: int) -> IntArray:
    """The first ``count`` entries of every group of a grouped order."""
    if not len(order):
        return order
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    lengths = np.diff(np.r_[starts, len(group)])
    rank = np.arange(len(group)) - np.repeat(starts, lengths)
    return order[rank < count]


def _blend(old: Multipliers, new: Multipliers, share: float) -> Multipliers:
    """``share`` of the old prices and the rest of the new."""

    def mix(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
        mixed: NDArray[Any] = share * a + (1 - share) * b
        return mixed

    return Multipliers(
        row=mix(old.row, new.row),
        cut=mix(old.cut, new.cut),
        level=mix(old.level, new.level),
    )


def with_cuts(at: Multipliers, count: int) -> Multipliers:
    """The same prices, with price 0 for cuts made since."""
    missing = count - len(at.cut)
    cut = np.concatenate([at.cut, np.zeros(missing)])
    return Multipliers(row=at.row, cut=cut, level=at.level)
