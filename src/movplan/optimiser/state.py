"""The state of a level's search: pool, best solution, bound and prices."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.columns import Pool
from movplan.optimiser.generate import Root
from movplan.optimiser.master import Held
from movplan.optimiser.parts import promises_after
from movplan.optimiser.run import Mend, as_it_is
from movplan.optimiser.solution import Solution, settle_idle


class Mergeable(Protocol):
    """A part whose answers can be put into a solution."""

    def merge(self, solution: Solution, x: IntArray) -> Solution:
        """The solution with the free part replaced by what was found."""


@dataclass
class LevelState:
    """A level being solved. ``value`` and ``bound`` are internal (maximised).

    ``rounds`` of neighbourhoods have been tried. What is taken is what ``mend`` makes
    of it, so that the best solution is one that can be finished. ``short`` is what it
    made of the last offered, if that was refused because a held level lost by it.
    """

    model: Model
    blocs: BlocPool
    held: Held
    root: Root
    best: Solution
    bound: int
    rounds: int = 0
    mend: Mend = as_it_is
    short: Solution | None = field(init=False, default=None)
    _reduced: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    @property
    def pool(self) -> Pool:
        """The pool of unit columns."""
        return self.blocs.pool

    @property
    def k(self) -> int:
        """The level."""
        return self.held.level

    @property
    def value(self) -> int:
        """Internal value of the best solution."""
        return self.best.value(self.model, self.pool.columns, self.k)

    @property
    def gap(self) -> Fraction:
        """External gap |value - bound| / max(|value|, |bound|, 1), exact."""
        level = self.model.levels[self.k]
        value, bound = level.external(self.value), level.external(self.bound)
        return relative_gap(value, bound)

    @property
    def proved(self) -> bool:
        """Whether nothing better can exist."""
        return self.value >= self.bound

    def offer(self, solution: Solution) -> bool:
        """Take a solution if it is better at this level; says whether it was.

        One that is as good and keeps more promises is taken, but is no gain.
        """
        before, after = self._rank(self.best), self._rank(solution)
        if after > before:
            self.best = solution
        return after[0] > before[0]

    def _rank(self, solution: Solution) -> tuple[int, int]:
        """Value at this level, then at a later level for changes (else 0)."""
        columns = self.pool.columns
        later = promises_after(self.model, self.k)
        kept = 0 if later is None else solution.value(self.model, columns, later)
        return solution.value(self.model, columns, self.k), kept

    def offer_part(self, part: Mergeable, x: IntArray) -> bool:
        """Put a part's answer into the best solution as it is now, if it fits."""
        merged = part.merge(self.best, x)
        plant = settle_idle(self.model, merged.plant)
        return self.offer_whole(Solution(merged.column, plant))

    def offer_whole(self, solution: Solution) -> bool:
        """Take a solution if it keeps every row and held level, and is better."""
        self.short = None
        if self._rank(solution) <= self._rank(self.best):
            return False
        mended = self._finishable(solution)
        return mended is not None and self.offer(mended)

    def offer_sideways(self, solution: Solution) -> bool:
        """Take a solution that keeps all that and is no worse; says whether it was."""
        mended = self._finishable(solution)
        if mended is None or self._rank(mended) < self._rank(self.best):
            return False
        self.best = mended
        return True

    def _finishable(self, solution: Solution) -> Solution | None:
        """What finishing makes of a solution that keeps every row and held level."""
        if not self._keeps_all(solution):
            return None
        mended = self.mend(solution)
        if mended is None or mended is solution or self._keeps_all(mended):
            return mended
        self.short = mended if self._keeps_rows(mended) else None
        return None

    def _keeps_all(self, solution: Solution) -> bool:
        return self._keeps_rows(solution) and self._keeps_held(solution)

    def _keeps_rows(self, solution: Solution) -> bool:
        used = solution.usage(self.model, self.pool.columns)
        rows = self.model.rows
        kept = np.where(rows.equal, used == rows.rhs, used <= rows.rhs).all()
        kept &= bool((solution.plant >= 0).all())
        kept &= bool((solution.plant <= self.model.plant.upper).all())
        return bool(kept)

    def _keeps_held(self, solution: Solution) -> bool:
        return all(
            solution.value(self.model, self.pool.columns, k) >= value
            for k, value in enumerate(self.held.values)
        )

    def offer_plain(self, solution: Solution | None) -> bool:
        """Take a plain solution if there is one and it is better."""
        return solution is not None and self.offer_whole(solution)

    @cached_property
    def unit_departures(self) -> NDArray[np.float64]:
        """1 where some pair of a unit rides a departure: [units x departures]."""
        model = self.model
        found = np.zeros((len(model.units), len(model.departure_ids)))
        coo = model.pair_departures.tocoo()
        found[model.pairs.unit[coo.row], coo.col] = 1.0
        return found

    def departures_used(self) -> NDArray[np.float64]:
        """1 where a unit rides a departure in the best solution."""
        found = np.zeros((len(self.model.units), len(self.model.departure_ids)))
        pair = self.pool.columns.pair[self.best.used()]
        coo = self.model.pair_departures[pair].tocoo()
        found[self.model.pairs.unit[pair][coo.row], coo.col] = 1.0
        return found

    def renew(self, root: Root) -> None:
        """Better prices and perhaps a better bound have come."""
        self.root = root
        self.bound = max(self.value, min(self.bound, root.bound.value))
        self._reduced = np.zeros(0)

    @property
    def row_price(self) -> NDArray[np.float64]:
        """Price of every row at the root; tied rows have none."""
        return np.where(self.blocs.blocs.tied, 0.0, self.root.lp.at.row)

    def reduced_values(self) -> NDArray[np.float64]:
        """Reduced value of every bloc column at the root's prices (0 at best)."""
        if len(self._reduced) != len(self.blocs):
            self._reduced = self._all_reduced_values()
        return self._reduced

    def _all_reduced_values(self) -> NDArray[np.float64]:
        at, pool = self.root.lp.at, self.blocs
        row = self.row_price
        value = at.level @ pool.values - pool.rows @ row
        value = value - pool.pairs @ self.root.cuts.pair_price(at.cut)
        reduced: NDArray[np.float64] = value - self.root.lp.bloc_price[pool.bloc]
        return reduced

    def enrich(self, ways: int, only: IntArray | None = None) -> None:
        """Add the most promising ways of every bloc (or some) at the root's prices."""
        blocs = self.blocs.blocs
        priced = blocs.pricing.price(self.root.cuts, self.root.lp.at)
        for chosen in blocs.choose(priced.pair_value, ways):
            position = chosen.position
            if only is not None:
                position = position[np.isin(blocs.ids[position], only)]
            owner, pairs = chosen.pairs(position)
            self.blocs.add_pairs(priced, blocs.ids[position], owner, pairs)

    def blocs_of(self, units: IntArray) -> IntArray:
        """The blocs of some units."""
        found: IntArray = np.unique(self.blocs.blocs.of_unit[units])
        return found

    def candidates(self, free: IntArray, slack: float) -> IntArray:
        """Columns of free blocs whose reduced value is within ``slack`` of 0."""
        used = self.blocs.of_solution(self.best)
        mine = np.isin(self.blocs.bloc, free)
        near = mine & (self.reduced_values() >= -slack)
        near[used] |= mine[used]
        return np.flatnonzero(near)


def relative_gap(value: int, bound: int) -> Fraction:
    """|value - bound| / max(|value|, |bound|, 1)."""
    return Fraction(abs(value - bound), max(abs(value), abs(bound), 1))
