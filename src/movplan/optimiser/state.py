"""The state of a level's search: pool, best solution, bound and prices."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Pool, priced_columns
from movplan.optimiser.generate import Root, first_per_group
from movplan.optimiser.master import Held
from movplan.optimiser.pricing import price_pairs
from movplan.optimiser.solution import Solution


@dataclass(slots=True)
class LevelState:
    """A level being solved. ``value`` and ``bound`` are internal (maximised)."""

    model: Model
    pool: Pool
    held: Held
    root: Root
    best: Solution
    bound: int

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
        """Take a solution if it is better at this level; says whether it was."""
        value = solution.value(self.model, self.pool.columns, self.k)
        if value <= self.value:
            return False
        self.best = solution
        return True

    def reduced_values(self) -> NDArray[np.float64]:
        """Reduced value of every pool column at the root's prices (0 at best)."""
        at, columns = self.root.lp.at, self.pool.columns
        value = at.level @ columns.values - columns.rows @ at.row
        link = self.root.links.pair_price(at.link[: len(self.root.links)])
        unit = self.model.pairs.unit[columns.pair]
        reduced: NDArray[np.float64] = (
            value - link[columns.pair] - self.root.lp.unit_price[unit]
        )
        return reduced

    def enrich(self, pairs_per_unit: int) -> None:
        """Add the most promising pairs of every unit at the root's prices."""
        at = self.root.lp.at
        priced = price_pairs(self.model, self.root.links, at)
        unit = self.model.pairs.unit
        order = np.lexsort((-priced.pair_value, unit))
        chosen = first_per_group(order, unit[order], pairs_per_unit)
        self.pool.add(priced_columns(self.model, priced, chosen))

    def candidates(self, free: IntArray, slack: float) -> IntArray:
        """Pool columns of free units whose reduced value is within ``slack`` of 0."""
        reduced = self.reduced_values()
        unit = self.model.pairs.unit[self.pool.columns.pair]
        near = (reduced >= -slack) & np.isin(unit, free)
        near[self.best.used()] |= np.isin(unit[self.best.used()], free)
        return np.flatnonzero(near)


def relative_gap(value: int, bound: int) -> Fraction:
    """|value - bound| / max(|value|, |bound|, 1)."""
    return Fraction(abs(value - bound), max(abs(value), abs(bound), 1))
