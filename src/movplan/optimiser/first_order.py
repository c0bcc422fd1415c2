"""Prices by first-order steps: the LP of a level over the compact model, by PDLP.

PDLP (Applegate and others 2021) multiplies with the matrix and factors nothing. Loosely
solved, its prices prove a bound within 2 % of the LP's before simplex has begun, within
a fifth of a percent soon after, and what it uses of pairs and plant is worth rounding.
It leaves out what the compact model does: sets of departures a bloc does not fit on.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python.model import Model
from ortools.math_opt.python.parameters import SolveParameters, SolverType
from ortools.math_opt.python.result import Limit, TerminationReason
from ortools.math_opt.python.solve import solve
from ortools.pdlp import solvers_pb2
from ortools.util.python.solve_interrupter import SolveInterrupter
from scipy.sparse import csr_array, diags_array, hstack

from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.master import Held, level_scale
from movplan.optimiser.math_opt import math_opt_proto
from movplan.optimiser.pricing import Multipliers
from movplan.optimiser.progress import Stop
from movplan.optimiser.use import Use
from movplan.optimiser.watching import watched

FloatArray = NDArray[np.float64]
# Iterations that no LP met so far needed for the prices asked of it (3,000 families,
# 1e-3: 4,000).
MOST_ITERATIONS = 20_000


@dataclass(frozen=True, slots=True)
class FirstPrices:
    """Prices of a level's rows, and how much is used of pairs and plant at them."""

    at: Multipliers
    use: Use


class FirstOrder:
    """The LP of a level: rows of the compact model, and of levels that are held."""

    def __init__(self, pool: BlocPool, held: Held) -> None:
        self.pool, self.held = pool, held
        self._kept = held.holding
        levels = csr_array(-pool.compact.values[self._kept].T)
        matrix = csr_array(hstack([pool.compact.matrix, levels]).T.astype(np.float64))
        self._scale, self._unit = _scale(matrix), level_scale(pool.model, held.level)
        self._model = Model.from_model_proto(self._proto(matrix))
        self._rows = list(self._model.linear_constraints())
        self._columns = list(self._model.variables())

    def solve(
        self, tolerance: float, stop: Stop, seconds: float | None = None
    ) -> FirstPrices | None:
        """Solve to a relative tolerance, or as near to it as so many seconds lead.

        ``None`` if stopped. Any prices prove a bound, so those of the most iterations
        are as good as others.
        """
        parameters = solvers_pb2.PrimalDualHybridGradientParams(num_threads=1)
        within = parameters.termination_criteria.simple_optimality_criteria
        within.eps_optimal_relative = within.eps_optimal_absolute = tolerance
        parameters.termination_criteria.iteration_limit = MOST_ITERATIONS
        limit = None if seconds is None else timedelta(seconds=seconds)
        interrupter = SolveInterrupter()
        with watched(stop, interrupter.interrupt):
            result = solve(
                self._model,
                SolverType.PDLP,
                params=SolveParameters(pdlp=parameters, time_limit=limit),
                interrupter=interrupter,
            )
        ended = result.termination
        solved = ended.reason is TerminationReason.OPTIMAL
        spent = ended.limit in (Limit.TIME, Limit.ITERATION)
        if not (solved or spent) or not result.solutions:
            return None
        found = result.solutions[0]
        if found.primal_solution is None or found.dual_solution is None:
            return None
        used, price = found.primal_solution.variable_values, found.dual_solution
        return FirstPrices(
            self._prices(np.array([price.dual_values[row] for row in self._rows])),
            self._use(np.array([used[column] for column in self._columns])),
        )

    def _use(self, columns: FloatArray) -> Use:
        starts = self.pool.compact.starts
        return Use(pairs=columns[: starts[1]], plant=columns[starts[3] :])

    def _prices(self, dual: FloatArray) -> Multipliers:
        """Prices of the model's rows; tied rows have none, rosters their best."""
        model = self.pool.model
        price = dual * self._scale / self._unit
        row = price[: len(model.rows)]
        row = np.where(model.rows.equal, row, np.maximum(row, 0.0))
        level = np.zeros(len(model.levels))
        kept = price[len(price) - len(self._kept) :]
        level[self._kept] = np.maximum(kept, 0.0)
        level[self.held.level] = 1.0
        row = np.where(self.pool.blocs.tied, 0.0, row)
        at = Multipliers(row=row, cut=np.zeros(0), level=level)
        return self.pool.blocs.rosters.settle(no_cuts(model), at)

    def _proto(self, matrix: csr_array) -> model_pb2.ModelProto:
        """The LP as MathOpt reads it, rows scaled."""
        compact, held = self.pool.compact, self.held
        kept = [-held.values[j] for j in self._kept]
        upper = np.concatenate([compact.upper, kept]) * self._scale
        equal = np.append(compact.equal, np.zeros(len(kept), np.bool_))
        most = compact.bound.astype(np.float64)
        most[compact.starts[1] : compact.starts[3]] = np.inf
        return math_opt_proto(
            compact.values[held.level] * self._unit,
            csr_array(diags_array(self._scale) @ matrix),
            np.where(equal, upper, -np.inf),
            upper,
            most,
            whole=False,
        )


def _scale(matrix: csr_array) -> FloatArray:
    """Powers of two that bring the largest coefficient of every row near one."""
    largest = abs(matrix).max(axis=1).toarray().ravel()
    scale: FloatArray = 2.0 ** -np.round(np.log2(np.maximum(largest, 1.0)))
    return scale
