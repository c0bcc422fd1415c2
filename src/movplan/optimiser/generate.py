"""Column generation: the LP bound of a level, proved in integers as it goes.

Each round solves the master, prices all pairs of the model at smoothed prices, adds the
best columns of every unit, cuts off broken links, and evaluates the exact bound. It
stops when the bound meets the LP value, or when told to.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bound import Bound, exact_bound
from movplan.optimiser.columns import Pool, priced_columns
from movplan.optimiser.links import LinkMaker, Links
from movplan.optimiser.master import Held, LpSolution, Master
from movplan.optimiser.pricing import Multipliers, Priced, price_pairs

SMOOTHING = 0.5
PAIRS_PER_UNIT = 3
MAX_ROUNDS = 400
STALL_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Root:
    """What column generation found: bound, LP solution, links, columns in the pool."""

    bound: Bound
    lp: LpSolution
    links: Links
    rounds: int


Report = Callable[[int, float], None]


class Generator:
    """Runs column generation for one level; the pool outlives it."""

    def __init__(
        self, model: Model, pool: Pool, held: Held, stop: Callable[[], bool]
    ) -> None:
        self.model, self.pool, self.held, self.stop = model, pool, held, stop
        self.maker = LinkMaker(model)
        self.links = self.maker.none()
        self.master = Master(model, held)
        self.master.add(pool.columns, self.links)
        self.centre: Multipliers | None = None
        self.bound: Bound | None = None
        self._stalled = 0

    def run(self, *, target: float = 1e-6, report: Report | None = None) -> Root:
        """Generate until the bound is within ``target`` of the LP, stalled or stopped."""
        rounds = 0
        lp = self.master.solve()
        while True:
            rounds += 1
            added = self._price(lp)
            cut = self._cut(lp) if self._gap(lp) < 1e-3 or not added else 0
            if report is not None:
                report(self._require_bound().value, lp.value)
            if not added and not cut:
                break
            if self._finished(lp, target, rounds, cut):
                break
            lp = self.master.solve()
        return Root(self._require_bound(), lp, self.links, rounds)

    def _finished(self, lp: LpSolution, target: float, rounds: int, cut: int) -> bool:
        if cut:
            return False
        return (
            self._gap(lp) <= target
            or rounds >= MAX_ROUNDS
            or self._stalled >= STALL_ROUNDS
            or self.stop()
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
        """Price at smoothed prices, at the LP's own when that finds nothing new."""
        if self.centre is not None:
            smooth = _blend(self.centre, lp.at, SMOOTHING)
            added = self._price_at(smooth, lp)
            if added:
                return added
        return self._price_at(lp.at, lp)

    def _price_at(self, at: Multipliers, lp: LpSolution) -> int:
        priced = price_pairs(self.model, self.links, at)
        self._improve_bound(at)
        own = price_pairs(self.model, self.links, lp.at) if at is not lp.at else priced
        pairs = self._promising(priced, lp)
        if at is not lp.at:
            value = own.pair_value
            unit = self.model.pairs.unit
            useful = value[pairs] > lp.unit_price[unit[pairs]] + 1e-7
            pairs = pairs[useful]
        before = len(self.pool)
        self.pool.add(priced_columns(self.model, priced, pairs))
        fresh = self.pool.columns.take(np.arange(before, len(self.pool)))
        self.master.add(fresh, self.links)
        return len(fresh)

    def _improve_bound(self, at: Multipliers) -> None:
        bound = exact_bound(self.model, self.links, self.held, at)
        if self.bound is None or bound.value < self.bound.value:
            self.bound, self.centre, self._stalled = bound, at, 0
        else:
            self._stalled += 1

    def _promising(self, priced: Priced, lp: LpSolution) -> IntArray:
        """The few best pairs of every unit that promise more than the unit's price."""
        unit = self.model.pairs.unit
        tolerance = 1e-7 * max(1.0, float(np.abs(priced.pair_value).max(initial=0)))
        gain = priced.pair_value - lp.unit_price[unit]
        good = np.flatnonzero(gain > tolerance)
        order = good[np.lexsort((-gain[good], unit[good]))]
        return first_per_group(order, unit[order], PAIRS_PER_UNIT)

    def _cut(self, lp: LpSolution) -> int:
        """Add the links the LP solution breaks."""
        use = np.zeros(len(self.model.pairs))
        np.add.at(use, self.pool.columns.pair[: len(lp.columns)], lp.columns)
        keys = np.setdiff1d(
            self.maker.violated(use, lp.plant), self.links.keys, assume_unique=True
        )
        if not len(keys):
            return 0
        fresh = self.maker.make(keys)
        self.master.add_links(fresh, self.pool.columns)
        self.links = self.maker.make(np.concatenate([self.links.keys, keys]))
        if self.centre is not None:
            self.centre = _with_links(self.centre, len(self.links))
        return len(keys)


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

    def mix(a: NDArray[np.generic], b: NDArray[np.generic]) -> NDArray[np.generic]:
        mixed: NDArray[np.generic] = share * a + (1 - share) * b
        return mixed

    return Multipliers(
        row=mix(old.row, new.row),
        link=mix(old.link, new.link),
        level=mix(old.level, new.level),
    )


def _with_links(at: Multipliers, count: int) -> Multipliers:
    missing = count - len(at.link)
    link = np.concatenate([at.link, np.zeros(missing)])
    return Multipliers(row=at.row, link=link, level=at.level)
