"""A small integer program in arrays, and the engine that solves it.

maximise c x, A x <= upper (= upper where equal), 0 <= x <= bound, x whole.
Whatever an engine returns is verified in exact integers before anybody sees it.
"""

from dataclasses import dataclass, replace

import highspy
import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from scipy.sparse import csr_array

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.progress import Stop
from movplan.optimiser.watching import watched


@dataclass(frozen=True, slots=True)
class Program:
    """The data of an integer program; shapes [n], [m x n], [m], [m], [n]."""

    objective: IntArray
    matrix: csr_array
    upper: IntArray
    equal: NDArray[np.bool_]
    bound: IntArray

    def is_solution(self, x: IntArray) -> bool:
        """Whether a whole vector satisfies every row and bound, exactly."""
        used = self.matrix @ x
        rows = np.where(self.equal, used == self.upper, used <= self.upper)
        return bool(rows.all() and (x >= 0).all() and (x <= self.bound).all())

    def of_rows(self, which: NDArray[np.bool_]) -> "Program":
        """The program with some of its rows only."""
        return replace(
            self,
            matrix=csr_array(self.matrix[which]),
            upper=self.upper[which],
            equal=self.equal[which],
        )

    def where_free(self, free: IntArray, x: IntArray) -> "Program":
        """The program over some columns, all others as they are in ``x``."""
        held = x.copy()
        held[free] = 0
        return Program(
            objective=self.objective[free],
            matrix=csr_array(self.matrix[:, free]),
            upper=self.upper - self.matrix @ held,
            equal=self.equal,
            bound=self.bound[free],
        )

    def value(self, x: IntArray) -> int:
        """Objective of a vector."""
        return int(self.objective @ x)


@dataclass(frozen=True, slots=True)
class Effort:
    """Limits of one solve: a clock or deterministic work, and what gap is enough."""

    seconds: float | None = None
    work: float | None = None
    gap: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The best verified vector (or ``None``), a floating bound, and what is proved.

    ``proved``: ``x`` is the optimum. ``optimal``: nothing beats the start or x.
    """

    x: IntArray | None
    bound: float
    proved: bool
    optimal: bool = False


def quiet_highs() -> highspy.Highs:
    """HiGHS on one thread, silent, the same every time."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    return highs


def interrupt_when(highs: highspy.Highs, stop: Stop) -> None:
    """Ask every so often whether to stop, inside simplex and branch and bound.

    What was answered last stays, so it is told also where it is no.
    """

    def check(event: highspy.highs.HighsCallbackEvent) -> None:
        event.interrupt(stop())

    highs.cbMipInterrupt += check
    highs.cbSimplexInterrupt += check


def solve_cpsat(
    program: Program, effort: Effort, start: IntArray | None, stop: Stop
) -> Answer:
    """CP-SAT with one LP-heavy worker; ``work`` limits deterministic time."""
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, int(b), "") for b in program.bound]
    indptr, indices, data = (
        program.matrix.indptr,
        program.matrix.indices,
        program.matrix.data,
    )
    for row in range(len(program.upper)):
        at = slice(indptr[row], indptr[row + 1])
        terms = [variables[k] for k in indices[at].tolist()]
        total = cp_model.LinearExpr.weighted_sum(terms, data[at].tolist())
        limit = int(program.upper[row])
        model.add(total == limit if program.equal[row] else total <= limit)
    model.maximize(
        cp_model.LinearExpr.weighted_sum(variables, program.objective.tolist())
    )
    if start is not None:
        for variable, value in zip(variables, start.tolist(), strict=True):
            model.add_hint(variable, value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = effort.seed
    solver.parameters.relative_gap_limit = effort.gap
    solver.parameters.catch_sigint_signal = False
    if effort.work is not None:
        solver.parameters.max_deterministic_time = effort.work
    if effort.seconds is not None:
        solver.parameters.max_time_in_seconds = effort.seconds
    with watched(stop, solver.stop_search):
        status = solver.solve(model)
    x = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        x = np.array([solver.value(v) for v in variables], np.int64)
    return verified(
        program,
        start,
        x,
        bound=float("inf") if x is None else solver.best_objective_bound,
        proved=status == cp_model.OPTIMAL,
    )


def verified(
    program: Program,
    start: IntArray | None,
    x: IntArray | None,
    *,
    bound: float,
    proved: bool,
) -> Answer:
    """Keep the better of start and answer that is a solution in exact integers."""
    good = [v for v in (start, x) if v is not None and program.is_solution(v)]
    best = max(good, key=program.value, default=None)
    exact = proved and best is not None and x is not None and best is x
    return Answer(x=best, bound=bound, proved=exact, optimal=proved)
