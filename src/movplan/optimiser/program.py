"""A small integer program in arrays, and the two engines that solve it.

maximise c x, A x <= upper (= upper where equal), 0 <= x <= bound, x whole.
Whatever an engine returns is verified in exact integers before anybody sees it.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from scipy.sparse import csr_array

from movplan.formulation.rowbook import IntArray

Stop = Callable[[], bool]


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


def solve_highs(
    program: Program, effort: Effort, start: IntArray | None, stop: Stop
) -> Answer:
    """Branch and cut with HiGHS on one thread; ``work`` limits nodes."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", effort.seed)
    highs.setOptionValue("mip_rel_gap", effort.gap)
    highs.setOptionValue("mip_feasibility_tolerance", 1e-7)
    if effort.work is not None:
        highs.setOptionValue("mip_max_nodes", max(1, int(effort.work * 100)))
        highs.setOptionValue("mip_max_stall_nodes", max(1, int(effort.work * 100)))
    deadline = None if effort.seconds is None else time.monotonic() + effort.seconds
    interrupt_when(
        highs,
        lambda: stop() or (deadline is not None and time.monotonic() > deadline),
    )
    highs.passModel(_highs_model(program))
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.astype(float).tolist()
        highs.setSolution(given)
    highs.run()
    info = highs.getInfo()
    x = None
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        x = np.rint(np.array(highs.getSolution().col_value)).astype(np.int64)
    return _verified(
        program,
        start,
        x,
        bound=-info.mip_dual_bound,
        proved=highs.getModelStatus() == highspy.HighsModelStatus.kOptimal,
    )


def interrupt_when(highs: highspy.Highs, stop: Stop) -> None:
    """Ask every so often whether to stop, inside simplex and branch and bound."""

    def check(event: highspy.highs.HighsCallbackEvent) -> None:
        if stop():
            event.interrupt()

    highs.cbMipInterrupt += check
    highs.cbSimplexInterrupt += check


def _highs_model(program: Program) -> highspy.HighsLp:
    top = np.ones(program.matrix.shape[0])
    if program.matrix.nnz:
        top = np.maximum(top, abs(program.matrix).max(axis=1).toarray().ravel())
    scale = 2.0 ** -np.round(np.log2(top) - 3)
    matrix = csr_array(program.matrix.multiply(scale[:, np.newaxis]))
    upper = program.upper * scale
    largest = max(1.0, float(np.abs(program.objective).max(initial=0)))
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = -program.objective * 2.0 ** -np.round(np.log2(largest) - 6)
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = program.bound.astype(float)
    lp.row_lower_ = np.where(program.equal, upper, -highspy.kHighsInf)
    lp.row_upper_ = upper
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.data
    return lp


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
    status = _solve_watched(solver, model, stop)
    x = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        x = np.array([solver.value(v) for v in variables], np.int64)
    return _verified(
        program,
        start,
        x,
        bound=float("inf") if x is None else solver.best_objective_bound,
        proved=status == cp_model.OPTIMAL,
    )


def _solve_watched(
    solver: cp_model.CpSolver, model: cp_model.CpModel, stop: Stop
) -> cp_model.CpSolverStatus:
    """Solve while another thread watches for a stop."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            if stop():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return solver.solve(model)
    finally:
        done.set()
        watcher.join()


def _verified(
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
