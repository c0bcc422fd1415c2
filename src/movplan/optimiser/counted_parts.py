"""Re-solving a part over the compact model: some units and their plant free.

Everybody else keeps the journey they have; the appointments and payers of all who share
a class with the free are dealt anew. The program stays small, and finds what columns
generated at some prices cannot offer.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.compact import Compact
from movplan.optimiser.hand_out import Taken, hand_out, taken_by
from movplan.optimiser.master import Held
from movplan.optimiser.parts import promises_after
from movplan.optimiser.program import Program
from movplan.optimiser.solution import Solution


@dataclass(frozen=True, slots=True)
class Basis:
    """A solution with what it takes and counts, from which parts are cut out."""

    compact: Compact
    pool: BlocPool
    solution: Solution
    taken: Taken = field(init=False)
    counts: IntArray = field(init=False)
    used: IntArray = field(init=False)

    def __post_init__(self) -> None:
        columns = self.pool.pool.columns
        taken = taken_by(self.compact, columns, self.solution)
        counts = taken.counts(self.compact, self.solution.plant)
        object.__setattr__(self, "taken", taken)
        object.__setattr__(self, "counts", counts)
        object.__setattr__(self, "used", counts @ self.compact.matrix)


@dataclass(frozen=True, slots=True)
class CountedPart:
    """An integer program over the columns ``free`` of the compact model."""

    basis: Basis
    program: Program
    free: IntArray

    @property
    def start(self) -> IntArray:
        """What the basis does."""
        return self.basis.counts[self.free]

    def merge(self, solution: Solution, x: IntArray) -> Solution:
        """Put an answer into the solution as it is by now."""
        basis = self.basis
        counts = basis.counts.copy()
        counts[self.free] = x
        pool = basis.pool.pool
        found = hand_out(basis.compact, pool, basis.solution, basis.taken, counts)
        was = basis.solution
        return Solution(
            column=np.where(found.column != was.column, found.column, solution.column),
            plant=solution.plant + found.plant - was.plant,
        )


def cut_out_counted(basis: Basis, held: Held, blocs: IntArray) -> CountedPart:
    """The program over the ways of some blocs."""
    compact, model = basis.compact, basis.compact.model
    free_unit = np.isin(basis.pool.blocs.of_unit, blocs)
    x0, y0, z0, plant0 = compact.starts[:-1]
    x = x0 + np.flatnonzero(free_unit[model.pairs.unit])
    touched = _touched(compact, x)
    y = y0 + np.flatnonzero(touched[compact.y_row])
    z = np.arange(z0, plant0)
    touched |= _touched(compact, y)
    plant = plant0 + basis.pool.blocs.plant.serving(
        np.flatnonzero(touched[: len(model.rows)])
    )
    free = np.concatenate([x, y, z, plant])
    return CountedPart(basis, _program(basis, held, free), free)


def _touched(compact: Compact, columns: IntArray) -> NDArray[np.bool_]:
    """Rows in which some columns stand."""
    touched: NDArray[np.bool_] = np.zeros(len(compact.upper), np.bool_)
    touched[compact.matrix[columns].indices] = True
    return touched


def _program(basis: Basis, held: Held, free: IntArray) -> Program:
    compact, k = basis.compact, held.level
    mine = compact.matrix[free]
    left = compact.upper - basis.used + basis.counts[free] @ mine
    rows = csr_array(mine.T)
    touched = np.flatnonzero(np.diff(rows.indptr) > 0)
    values = compact.values[:k]
    own = values[:, free]
    there = values @ basis.counts - own @ basis.counts[free]
    kept = there - np.array(held.values, np.int64)
    return Program(
        objective=_objective(compact, k, free),
        matrix=csr_array(vstack([rows[touched], csr_array(-own)], format="csr")),
        upper=np.concatenate([left[touched], kept]),
        equal=np.concatenate([compact.equal[touched], np.zeros(k, np.bool_)]),
        bound=compact.bound[free],
    )


def _objective(compact: Compact, k: int, free: IntArray) -> IntArray:
    """Values of the level; among equals, promises kept (``parts.py``)."""
    later = promises_after(compact.model, k)
    value: IntArray = compact.values[k][free]
    if later is None:
        return value
    kept = compact.values[later][free]
    both: IntArray = value * (1 + int(np.abs(kept).sum())) + kept
    return both
