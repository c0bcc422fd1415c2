"""A whole-number solution of the model: a column or none per unit, and plant values."""

from dataclasses import dataclass, replace

import numpy as np

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns


@dataclass(frozen=True, slots=True)
class Solution:
    """``column`` [units] indexes the pool (-1 stays); ``plant`` [plant columns]."""

    column: IntArray
    plant: IntArray

    def used(self) -> IntArray:
        """Pool indices of the columns used."""
        return self.column[self.column >= 0]

    def value(self, model: Model, columns: Columns, k: int) -> int:
        """Internal value of a level."""
        moved = int(columns.values[k][self.used()].sum())
        return moved + int(model.levels[k].plant_value @ self.plant)

    def usage(self, model: Model, columns: Columns) -> IntArray:
        """What it uses of every row."""
        moved = np.asarray(columns.rows[self.used()].sum(axis=0)).ravel()
        return np.asarray(moved + model.plant.matrix.T @ self.plant, np.int64)

    def with_plant(self, plant: IntArray) -> "Solution":
        """The same columns with other plant values."""
        return replace(self, plant=plant)


def nobody(model: Model) -> Solution:
    """Everybody stays, nothing runs; shortfalls at their full size, escorts idle."""
    plant = np.zeros(len(model.plant), np.int64)
    for k, name in enumerate(model.plant.names):
        if name.kind == "short":
            plant[k] = model.plant.upper[k]
    return Solution(
        column=np.full(len(model.units), -1, np.int64),
        plant=settle_idle(model, plant),
    )


def settle_idle(model: Model, plant: IntArray) -> IntArray:
    """Idle escorts follow from the missions: solve the roster's chain of balances."""
    plant = plant.copy()
    idle = [k for k, name in enumerate(model.plant.names) if name.kind == "idle"]
    plant[idle] = 0
    left = model.rows.rhs - model.plant.matrix.T @ plant
    matrix = model.plant.matrix
    for k in idle:
        at = slice(matrix.indptr[k], matrix.indptr[k + 1])
        rows, values = matrix.indices[at], matrix.data[at]
        row = int(rows[values > 0][0])
        plant[k] = left[row]
        left[rows] -= values * plant[k]
    return plant
