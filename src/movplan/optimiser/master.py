"""The master LP over a pool of columns and the plant, in HiGHS, kept warm.

Rows are scaled by powers of two so that a column's largest coefficient in a row is near
one; duals are scaled back. Maximisation is passed to HiGHS as minimisation.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, hstack, vstack

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns
from movplan.optimiser.links import Links
from movplan.optimiser.pricing import Multipliers

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Held:
    """Earlier levels and the internal values later ones must keep."""

    values: tuple[int, ...]

    @property
    def level(self) -> int:
        """The level being solved now."""
        return len(self.values)


@dataclass(frozen=True, slots=True)
class LpSolution:
    """Primal use of columns and plant, and the multipliers found."""

    value: float
    columns: FloatArray
    plant: FloatArray
    unit_price: FloatArray
    at: Multipliers


class Master:
    """LP rows: model rows, one per unit, held levels, links; columns: plant, pool."""

    def __init__(self, model: Model, held: Held) -> None:
        self.model, self.held = model, held
        self._scale = row_scale(model)
        self._level_scale = [level_scale(model, k) for k in range(len(model.levels))]
        self._num_columns = 0
        self._links = 0
        self._highs = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)  # noqa: FBT003
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("random_seed", 0)
        self._pass_plant()

    def add(self, columns: Columns, links: Links) -> None:
        """Append columns to the LP."""
        if not len(columns):
            return
        matrix = self._column_matrix(columns, links)
        cost = -self._objective(columns.values)
        count = len(columns)
        self._highs.addCols(
            count,
            cost,
            np.zeros(count),
            np.full(count, highspy.kHighsInf),
            matrix.nnz,
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
        )
        self._num_columns += count

    def add_links(self, fresh: Links, columns: Columns) -> None:
        """Append link rows: sum of the unit's columns on it - running columns <= 0."""
        if not len(fresh):
            return
        on_columns = csr_array(fresh.pairs.tocsc()[:, columns.pair])
        matrix = csr_array(hstack([-fresh.plant, on_columns], format="csr"))
        count = len(fresh)
        self._highs.addRows(
            count,
            np.full(count, -highspy.kHighsInf),
            np.zeros(count),
            matrix.nnz,
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data.astype(np.float64),
        )
        self._links += count

    def solve(self) -> LpSolution:
        """Solve from the last basis."""
        self._highs.run()
        solution = self._highs.getSolution()
        primal = np.array(solution.col_value)
        dual = -np.array(solution.row_dual)
        objective = self._level_scale[self.held.level]
        return LpSolution(
            value=-self._highs.getInfo().objective_function_value / objective,
            columns=primal[len(self.model.plant) :],
            plant=primal[: len(self.model.plant)],
            unit_price=dual[self._unit_rows()] / objective,
            at=self._multipliers(dual / objective),
        )

    def _multipliers(self, dual: FloatArray) -> Multipliers:
        num_rows = len(self.model.rows)
        level = np.zeros(len(self.model.levels))
        level[self.held.level] = 1.0
        first = num_rows + len(self.model.units)
        for k in range(self.held.level):
            level[k] = max(0.0, dual[first + k]) * self._level_scale[k]
        row = dual[:num_rows] * self._scale
        row = np.where(self.model.rows.equal, row, np.maximum(row, 0.0))
        links = np.maximum(dual[first + self.held.level :], 0.0)
        return Multipliers(row=row, link=links, level=level)

    def _unit_rows(self) -> IntArray:
        first = len(self.model.rows)
        return np.arange(first, first + len(self.model.units))

    def _objective(self, values: IntArray) -> FloatArray:
        k = self.held.level
        return values[k] * self._level_scale[k]

    def _column_matrix(self, columns: Columns, links: Links) -> csc_array:
        """Coefficients of columns in all LP rows: [rows x columns], by column."""
        count = len(columns)
        scaled = columns.rows.multiply(self._scale[np.newaxis, :])
        unit = self.model.pairs.unit[columns.pair]
        ones = (np.ones(count), (unit, np.arange(count)))
        convexity = csr_array(ones, shape=(len(self.model.units), count))
        held = [
            -columns.values[k] * self._level_scale[k] for k in range(self.held.level)
        ]
        parts = [
            csr_array(scaled).T,
            convexity,
            csr_array(np.array(held)).reshape(-1, count)
            if held
            else csr_array((0, count)),
        ]
        parts.append(
            links.pairs.tocsc()[:, columns.pair]
            if len(links)
            else csr_array((0, count))
        )
        return csc_array(vstack(parts, format="csc"))

    def _pass_plant(self) -> None:
        model, k = self.model, self.held.level
        plant, levels = model.plant, model.levels
        held_rows = np.array(
            [-levels[j].plant_value * self._level_scale[j] for j in range(k)]
        ).reshape(k, len(plant))
        scaled = csr_array(plant.matrix.multiply(self._scale[np.newaxis, :])).T
        units = csr_array((len(model.units), len(plant)))
        matrix = csc_array(vstack([scaled, units, csr_array(held_rows)], format="csc"))
        matrix.sort_indices()
        upper = np.concatenate(
            [
                model.rows.rhs * self._scale,
                np.ones(len(model.units)),
                [
                    -v * s
                    for v, s in zip(self.held.values, self._level_scale, strict=False)
                ],
            ]
        )
        equal = np.zeros(len(upper), np.bool_)
        equal[: len(model.rows)] = model.rows.equal
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(plant), len(upper)
        lp.col_cost_ = -levels[k].plant_value * self._level_scale[k]
        lp.col_lower_, lp.col_upper_ = np.zeros(len(plant)), plant.upper.astype(float)
        lp.row_lower_ = np.where(equal, upper, -highspy.kHighsInf)
        lp.row_upper_ = upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
        lp.a_matrix_.value_ = matrix.data.astype(np.float64)
        self._highs.passModel(lp)


def row_scale(model: Model) -> FloatArray:
    """Power of two per row that brings its largest coefficient near one."""
    largest = np.ones(len(model.rows))
    for matrix in (
        model.templates.resources,
        model.templates.draws,
        model.plant.matrix,
    ):
        if matrix.nnz:
            top = abs(matrix).max(axis=0).toarray().ravel()
            largest = np.maximum(largest, top)
    return 2.0 ** -np.round(np.log2(largest) - 3)


def level_scale(model: Model, k: int) -> float:
    """Power of two that brings a level's largest value near one hundred."""
    level = model.levels[k]
    largest = max(
        1,
        int(np.abs(level.pair_value).max(initial=0)),
        int(np.abs(level.plant_value).max(initial=0)),
        int(np.abs(model.templates.choice_cost).max(initial=0))
        if level.counts_cost
        else 0,
    )
    return float(2.0 ** -np.round(np.log2(largest) - 6))
