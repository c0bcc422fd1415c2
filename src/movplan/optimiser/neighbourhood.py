"""Re-solving a part: some units and all plant free, everybody else where they are."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns
from movplan.optimiser.master import Held
from movplan.optimiser.program import Program
from movplan.optimiser.solution import Solution


@dataclass(frozen=True, slots=True)
class Part:
    """An integer program over candidate columns of free units and free plant columns."""

    program: Program
    candidates: IntArray
    plant: IntArray
    free: IntArray
    start: IntArray

    def merge(self, solution: Solution, columns: Columns, x: IntArray) -> Solution:
        """The solution with the free part replaced by what was found."""
        chosen = self.candidates[x[: len(self.candidates)] > 0]
        column, plant = solution.column.copy(), solution.plant.copy()
        column[self.free] = -1
        column[self.unit_of[chosen]] = chosen
        plant[self.plant] = x[len(self.candidates) :]
        return Solution(column=column, plant=plant)

    unit_of: IntArray


def cut_out(
    model: Model,
    held: Held,
    columns: Columns,
    solution: Solution,
    free: IntArray,
    candidates: IntArray,
) -> Part:
    """Build the program for free units; ``candidates`` are pool columns of theirs."""
    unit_of = model.pairs.unit[columns.pair]
    plant = _plant_of(model, columns, candidates)
    is_free = np.zeros(len(model.units), np.bool_)
    is_free[free] = True
    fixed = solution.used()[~is_free[unit_of[solution.used()]]]
    taken = np.asarray(columns.rows[fixed].sum(axis=0)).ravel()
    still = solution.plant.copy()
    still[plant] = 0
    taken = taken + model.plant.matrix.T @ still
    held_rows, held_upper = _held_rows(
        model, held, columns, candidates, fixed, plant, still
    )
    rows = csr_array(
        hstack([columns.rows[candidates].T, model.plant.matrix[plant].T], format="csr")
    )
    upper = model.rows.rhs - taken
    touched = np.flatnonzero(np.diff(rows.indptr))
    matrix = vstack(
        [
            rows[touched],
            _one_per_unit(unit_of[candidates], free, len(plant)),
            held_rows,
        ],
        format="csr",
    )
    k = held.level
    program = Program(
        objective=np.concatenate(
            [columns.values[k][candidates], model.levels[k].plant_value[plant]]
        ),
        matrix=csr_array(matrix),
        upper=np.concatenate(
            [upper[touched], np.ones(len(free), np.int64), held_upper]
        ),
        equal=np.concatenate(
            [
                model.rows.equal[touched],
                np.zeros(len(free) + len(held_upper), np.bool_),
            ]
        ),
        bound=np.concatenate(
            [np.ones(len(candidates), np.int64), model.plant.upper[plant]]
        ),
    )
    start = np.concatenate(
        [np.isin(candidates, solution.used()).astype(np.int64), solution.plant[plant]]
    )
    return Part(
        program=program,
        candidates=candidates,
        plant=plant,
        free=free,
        start=start,
        unit_of=unit_of,
    )


_SHARED_BY_ALL = frozenset({"budget_ceiling", "enrolment"})


def _plant_of(model: Model, columns: Columns, candidates: IntArray) -> IntArray:
    """Plant columns that serve what candidates use; with missions their whole roster.

    Money is spent by everybody, so budget rows do not make a plant column relevant.
    """
    own = np.array([name.rule not in _SHARED_BY_ALL for name in model.rows.names])
    used = np.zeros(len(model.rows), np.bool_)
    used[np.unique(columns.rows[candidates].indices)] = True
    relevant = np.zeros(len(model.plant), np.bool_)
    coo = model.plant.matrix.tocoo()
    serving = (used & own)[coo.col] & (coo.data < 0)
    relevant[coo.row[serving]] = True
    kinds = np.array([name.kind for name in model.plant.names])
    missions = relevant & (kinds == "mission")
    if missions.any():
        pools = {model.plant.names[k].subject for k in np.flatnonzero(missions)}
        idle = [
            name.kind == "idle" and name.subject in pools for name in model.plant.names
        ]
        relevant |= np.array(idle)
    hired = {model.plant.names[k].subject for k in np.flatnonzero(relevant)}
    runs = [name.kind == "run" and name.subject in hired for name in model.plant.names]
    found: IntArray = np.flatnonzero(relevant | np.array(runs, np.bool_))
    return found


def _one_per_unit(unit: IntArray, free: IntArray, num_plant: int) -> csr_array:
    """At most one column per free unit: [free x (candidates + plant)]."""
    position = np.searchsorted(free, unit)
    shape = (len(free), len(unit) + num_plant)
    return csr_array(
        (np.ones(len(unit), np.int64), (position, np.arange(len(unit)))), shape=shape
    )


def _held_rows(
    model: Model,
    held: Held,
    columns: Columns,
    candidates: IntArray,
    fixed: IntArray,
    plant: IntArray,
    still: IntArray,
) -> tuple[csr_array, IntArray]:
    """Earlier levels keep their values: -value x <= fixed value - held."""
    rows, upper = [], []
    for k, kept in enumerate(held.values):
        value = model.levels[k].plant_value
        rows.append(np.concatenate([-columns.values[k][candidates], -value[plant]]))
        there = int(columns.values[k][fixed].sum()) + int(value @ still)
        upper.append(there - kept)
    width = len(candidates) + len(plant)
    matrix = np.array(rows, np.int64).reshape(len(rows), width)
    return csr_array(matrix), np.array(upper, np.int64)
