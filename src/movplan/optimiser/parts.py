"""Re-solving a part: some blocs and their plant free, everybody else where they are."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from movplan.domain.words import Measure
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.master import Held
from movplan.optimiser.program import Program
from movplan.optimiser.solution import Solution


@dataclass(frozen=True, slots=True)
class Part:
    """An integer program over candidate columns of free blocs and free plant."""

    program: Program
    pool: BlocPool
    candidates: IntArray
    plant: IntArray
    free: IntArray
    start: IntArray

    def merge(self, solution: Solution, x: IntArray) -> Solution:
        """The solution with the free part replaced by what was found."""
        chosen = self.candidates[x[: len(self.candidates)] > 0]
        found = self.pool.to_solution(chosen, solution.plant)
        is_free = np.isin(self.pool.blocs.of_unit, self.free)
        column = np.where(is_free, found.column, solution.column)
        plant = solution.plant.copy()
        plant[self.plant] = x[len(self.candidates) :]
        return Solution(column=column, plant=plant)


def cut_out(
    held: Held, pool: BlocPool, solution: Solution, free: IntArray, candidates: IntArray
) -> Part:
    """Build the program for free blocs; ``candidates`` are bloc columns of theirs."""
    model, k = pool.model, held.level
    mine = pool.rows[candidates]
    plant = pool.blocs.plant.serving(np.unique(mine.indices))
    used = pool.of_solution(solution)
    is_free = np.zeros(pool.blocs.count, np.bool_)
    is_free[free] = True
    fixed = used[~is_free[pool.bloc[used]]]
    taken: IntArray = np.asarray(pool.rows[fixed].sum(axis=0)).ravel()
    still = solution.plant.copy()
    still[plant] = 0
    taken = taken + model.plant.matrix.T @ still
    held_rows, held_upper = _held_rows(held, pool, candidates, fixed, plant, still)
    rows = csr_array(hstack([mine.T, model.plant.matrix[plant].T], format="csr"))
    upper = model.rows.rhs - taken
    touched = np.flatnonzero((np.diff(rows.indptr) > 0) & ~pool.blocs.tied)
    once = _one_per_bloc(pool.bloc[candidates], free, len(plant))
    matrix = vstack([rows[touched], once, held_rows], format="csr")
    loose = np.zeros(len(free) + len(held_upper), np.bool_)
    program = Program(
        objective=_objective(pool, k, candidates, plant),
        matrix=csr_array(matrix),
        upper=np.concatenate(
            [upper[touched], np.ones(len(free), np.int64), held_upper]
        ),
        equal=np.concatenate([model.rows.equal[touched], loose]),
        bound=np.concatenate(
            [np.ones(len(candidates), np.int64), model.plant.upper[plant]]
        ),
    )
    start = np.concatenate(
        [np.isin(candidates, used).astype(np.int64), solution.plant[plant]]
    )
    return Part(program, pool, candidates, plant, free, start)


def _objective(
    pool: BlocPool, k: int, candidates: IntArray, plant: IntArray
) -> IntArray:
    """Values of the level; among equals, promises kept (a later ``changes`` level).

    Searching one level must not break promises for nothing: the next would have to
    mend them one by one.
    """
    levels = pool.model.levels
    value = np.concatenate([pool.values[k][candidates], levels[k].plant_value[plant]])
    later = promises_after(pool.model, k)
    if later is None:
        return value
    kept = np.concatenate(
        [pool.values[later][candidates], levels[later].plant_value[plant]]
    )
    both: IntArray = value * (1 + int(np.abs(kept).sum())) + kept
    return both


def promises_after(model: Model, k: int) -> int | None:
    """The first level for changes that comes after level k, if there is one."""
    later = range(k + 1, len(model.levels))
    found = (j for j in later if model.levels[j].level.measure is Measure.CHANGES)
    return next(found, None)


def _one_per_bloc(bloc: IntArray, free: IntArray, num_plant: int) -> csr_array:
    """At most one column per free bloc: [free x (candidates + plant)]."""
    position = np.searchsorted(free, bloc)
    shape = (len(free), len(bloc) + num_plant)
    return csr_array(
        (np.ones(len(bloc), np.int64), (position, np.arange(len(bloc)))), shape=shape
    )


def _held_rows(
    held: Held,
    pool: BlocPool,
    candidates: IntArray,
    fixed: IntArray,
    plant: IntArray,
    still: IntArray,
) -> tuple[csr_array, IntArray]:
    """Earlier levels keep their values: -value x <= fixed value - held."""
    rows, upper = [], []
    for k, kept in enumerate(held.values):
        value = pool.model.levels[k].plant_value
        rows.append(np.concatenate([-pool.values[k][candidates], -value[plant]]))
        there = int(pool.values[k][fixed].sum()) + int(value @ still)
        upper.append(there - kept)
    width = len(candidates) + len(plant)
    matrix = np.array(rows, np.int64).reshape(len(rows), width)
    return csr_array(matrix), np.array(upper, np.int64)
