"""The master LP over bloc columns and the plant, in HiGHS, kept warm.

Rows are scaled by powers of two so that the largest coefficient of each is near
eight; duals are scaled back. Maximisation is passed to HiGHS as minimisation. Rows that
seldom bind wait outside until a solution breaks them: their price is 0 meanwhile.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from movplan.domain.errors import InternalError
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.cuts import Cuts, no_cuts
from movplan.optimiser.pricing import Multipliers
from movplan.optimiser.program import interrupt_when, quiet_highs
from movplan.optimiser.progress import Stop

FloatArray = NDArray[np.float64]
LAZY_RULES = frozenset(
    {
        "beds",
        "escort_mission",
        "fleet",
        "place_capacity",
        "session_places",
        "special_places",
        "vehicle_load",
    }
)


# An internal value every plan reaches: a level held at it holds nothing.
ANYTHING = -(1 << 50)


@dataclass(frozen=True, slots=True)
class Held:
    """Earlier levels and the internal values later ones must keep."""

    values: tuple[int, ...]

    @property
    def level(self) -> int:
        """The level being solved now."""
        return len(self.values)

    @property
    def holding(self) -> list[int]:
        """Earlier levels that hold anything."""
        return [k for k, value in enumerate(self.values) if value > ANYTHING]


@dataclass(frozen=True, slots=True)
class LpSolution:
    """Primal use of bloc columns and plant, and the multipliers found."""

    value: float
    columns: FloatArray
    plant: FloatArray
    bloc_price: FloatArray
    at: Multipliers
    feasible: bool


class Master:
    """LP rows: one per bloc, held levels, then model rows and cuts as they come.

    Columns: plant and bloc columns as they come; missions wait outside until they are
    worth more than they cost.
    """

    def __init__(
        self,
        model: Model,
        pool: BlocPool,
        held: Held,
        *,
        stop: Stop,
    ) -> None:
        self.model, self.pool, self.held = model, pool, held
        self.blocs = pool.blocs
        self.cuts = no_cuts(model)
        self.plant_at = np.full(len(model.plant), -1, np.int64)
        self.column_at = np.zeros(0, np.int64)
        self._scale = row_scale(model)
        self._level_scale = [level_scale(model, k) for k in range(len(model.levels))]
        self._row_at = np.full(len(model.rows), -1, np.int64)
        self._cut_at = np.zeros(0, np.int64)
        self._size = [self.blocs.count + held.level, 0]
        self.highs = quiet_highs()
        interrupt_when(self.highs, stop)
        self._start()

    def _start(self) -> None:
        """Bloc rows, held rows, plant but missions, rows but those that wait."""
        kept = [
            -v * s for v, s in zip(self.held.values, self._level_scale, strict=False)
        ]
        num_rows = self._size[0]
        lp = highspy.HighsLp()
        lp.num_row_ = num_rows
        lp.row_lower_ = np.full(num_rows, -highspy.kHighsInf)
        lp.row_upper_ = np.concatenate([np.ones(self.blocs.count), kept])
        lp.a_matrix_.start_ = np.zeros(1, np.int32)
        self.highs.passModel(lp)
        names = self.model.rows.names
        lazy = np.array([name.rule in LAZY_RULES for name in names], np.bool_)
        self._waiting = ~self.blocs.tied & lazy & ~self.model.rows.equal
        self._add_rows(np.flatnonzero(~self.blocs.tied & ~self._waiting))
        kinds = np.array([name.kind for name in self.model.plant.names])
        self.add_plant(np.flatnonzero(kinds != "mission"))
        self.add_columns()

    def add_columns(self) -> int:
        """Append the pool's columns that are not yet in the LP."""
        fresh = np.arange(len(self.column_at), len(self.pool))
        if len(fresh):
            values = self.pool.values[:, fresh]
            rows, cuts = (
                self.pool.rows[fresh],
                self.cuts.pairs @ self.pool.pairs[fresh].T,
            )
            bloc = csr_array(
                (np.ones(len(fresh)), (np.arange(len(fresh)), self.pool.bloc[fresh])),
                shape=(len(fresh), self.blocs.count),
            )
            upper = np.full(len(fresh), highspy.kHighsInf)
            at = self._append_columns(bloc, values, rows, csr_array(cuts), upper)
            self.column_at = np.concatenate([self.column_at, at])
        return len(fresh)

    def add_plant(self, which: IntArray) -> int:
        """Append plant columns to the LP."""
        if len(which):
            levels = self.model.levels
            values = np.array([level.plant_value[which] for level in levels])
            none = csr_array((len(which), self.blocs.count))
            upper = self.model.plant.upper[which].astype(np.float64)
            rows, cuts = self.model.plant.matrix[which], -self.cuts.plant[:, which]
            at = self._append_columns(none, values, rows, csr_array(cuts), upper)
            self.plant_at[which] = at
        return len(which)

    def add_cuts(self, fresh: Cuts) -> None:
        """Append cuts: pairs x - plant y <= rhs."""
        if not len(fresh):
            return
        self.cuts = self.cuts.join(fresh)
        there = self.plant_at >= 0
        plant = (-fresh.plant[:, np.flatnonzero(there)]).tocoo()
        bloc = (fresh.pairs @ self.pool.pairs[: len(self.column_at)].T).tocoo()
        columns = [self.plant_at[there][plant.col], self.column_at[bloc.col]]
        at = self._append_rows(
            np.concatenate([plant.row, bloc.row]),
            np.concatenate(columns),
            np.concatenate([plant.data, bloc.data]).astype(np.float64),
            np.full(len(fresh), -highspy.kHighsInf),
            fresh.rhs.astype(np.float64),
        )
        self._cut_at = np.concatenate([self._cut_at, at])

    def solve(self) -> LpSolution:
        """Solve from the last basis, until no waiting row is broken."""
        while True:
            if self.highs.run() == highspy.HighsStatus.kError:
                raise InternalError("HiGHS refused the master LP")
            lp = self._solution()
            if not lp.feasible or not self._add_rows(self._broken(lp)):
                return lp

    def nothing(self) -> LpSolution:
        """Where an LP stopped before its first solution stands: nobody, no prices."""
        level = np.zeros(len(self.model.levels))
        level[self.held.level] = 1.0
        cut = np.zeros(len(self.cuts))
        at = Multipliers(row=np.zeros(len(self.model.rows)), cut=cut, level=level)
        return LpSolution(
            value=0.0,
            columns=np.zeros(len(self.column_at)),
            plant=np.zeros(len(self.model.plant)),
            bloc_price=np.zeros(self.blocs.count),
            at=at,
            feasible=False,
        )

    def bound_plant(self, j: int, lower: float, upper: float) -> None:
        """Change the bounds of a plant column that is in the LP."""
        self.highs.changeColBounds(int(self.plant_at[j]), lower, upper)

    def bound_columns(self, which: IntArray, lower: float, upper: float) -> None:
        """Change the bounds of bloc columns."""
        if len(which):
            count = len(which)
            at = self.column_at[which].astype(np.int32)
            low, high = np.full(count, lower), np.full(count, upper)
            self.highs.changeColsBounds(count, at, low, high)

    @property
    def _objective_scale(self) -> float:
        return self._level_scale[self.held.level]

    def _solution(self) -> LpSolution:
        solution = self.highs.getSolution()
        primal, dual = np.array(solution.col_value), -np.array(solution.row_dual)
        optimal = self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = -self.highs.getInfo().objective_function_value / self._objective_scale
        dual = dual / self._objective_scale
        plant = np.zeros(len(self.model.plant))
        there = self.plant_at >= 0
        if optimal:
            plant[there] = primal[self.plant_at[there]]
        return LpSolution(
            value=value,
            columns=primal[self.column_at] if optimal else np.zeros(0),
            plant=plant,
            bloc_price=dual[: self.blocs.count],
            at=self._multipliers(dual),
            feasible=optimal,
        )

    def _multipliers(self, dual: FloatArray) -> Multipliers:
        level = np.zeros(len(self.model.levels))
        level[self.held.level] = 1.0
        for k in range(self.held.level):
            at = self.blocs.count + k
            level[k] = max(0.0, dual[at]) * self._level_scale[k]
        there = self._row_at >= 0
        row = np.zeros(len(self.model.rows))
        row[there] = dual[self._row_at[there]] * self._scale[there]
        row = np.where(self.model.rows.equal, row, np.maximum(row, 0.0))
        cut = np.maximum(dual[self._cut_at], 0.0)
        return Multipliers(row=row, cut=cut, level=level)

    def _broken(self, lp: LpSolution) -> IntArray:
        """Waiting rows the solution breaks."""
        used = self.pool.rows[: len(lp.columns)].T @ lp.columns
        used += self.model.plant.matrix.T @ lp.plant
        over = (used - self.model.rows.rhs) * self._scale
        return np.flatnonzero(self._waiting & (over > 1e-6))

    def _add_rows(self, rows: IntArray) -> int:
        """Append rows of the model to the LP."""
        if not len(rows):
            return 0
        there = np.flatnonzero(self.plant_at >= 0)
        plant = self.model.plant.matrix[there][:, rows].tocoo()
        bloc = self.pool.rows[: len(self.column_at)][:, rows].tocoo()
        columns = [self.plant_at[there][plant.row], self.column_at[bloc.row]]
        owner = np.concatenate([plant.col, bloc.col])
        scale = self._scale[rows]
        upper = self.model.rows.rhs[rows] * scale
        self._row_at[rows] = self._append_rows(
            owner,
            np.concatenate(columns),
            np.concatenate([plant.data, bloc.data]) * scale[owner],
            np.where(self.model.rows.equal[rows], upper, -highspy.kHighsInf),
            upper,
        )
        self._waiting[rows] = False
        return len(rows)

    def _append_rows(
        self,
        row: IntArray,
        column: IntArray,
        value: FloatArray,
        lower: FloatArray,
        upper: FloatArray,
    ) -> IntArray:
        """Append LP rows from triples; returns their positions."""
        count = len(upper)
        shape = (count, max(1, self._size[1]))
        matrix = csr_array((value, (row, column)), shape=shape)
        matrix.sort_indices()
        self.highs.addRows(
            count,
            lower,
            upper,
            matrix.nnz,
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data.astype(np.float64),
        )
        self._size[0] += count
        return np.arange(self._size[0] - count, self._size[0])

    def _append_columns(
        self,
        bloc: csr_array,
        values: IntArray,
        rows: csr_array,
        cuts: csr_array,
        upper: FloatArray,
    ) -> IntArray:
        """Append LP columns with their coefficients in all LP rows; their positions."""
        count, held = len(upper), self.held.level
        keep = np.flatnonzero(self._row_at >= 0)
        scaled = rows[:, keep].multiply(self._scale[keep][np.newaxis, :]).tocoo()
        on_bloc, on_cut = bloc.tocoo(), cuts.tocoo()
        row: list[Any] = [
            on_bloc.col,
            self._row_at[keep][scaled.col],
            self._cut_at[on_cut.row],
        ]
        column: list[Any] = [on_bloc.row, scaled.row, on_cut.col]
        value = [on_bloc.data, scaled.data, on_cut.data.astype(np.float64)]
        for k in range(held):
            row.append(np.full(count, self.blocs.count + k))
            column.append(np.arange(count))
            value.append(-values[k] * self._level_scale[k])
        at = (np.concatenate(row), np.concatenate(column))
        shape = (self._size[0], count)
        matrix = csc_array((np.concatenate(value), at), shape=shape)
        matrix.eliminate_zeros()
        matrix.sort_indices()
        self.highs.addCols(
            count,
            -values[held] * self._objective_scale,
            np.zeros(count),
            upper.astype(np.float64),
            matrix.nnz,
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
        )
        self._size[1] += count
        return np.arange(self._size[1] - count, self._size[1])


def row_scale(model: Model) -> FloatArray:
    """Power of two per row that brings its largest coefficient near eight."""
    largest = np.ones(len(model.rows), np.int64)
    for matrix in (
        model.templates.resources,
        model.templates.draws,
        model.plant.matrix,
    ):
        np.maximum.at(largest, matrix.indices, np.abs(matrix.data))
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
