"""The peers: the full model given whole to CP-SAT, HiGHS and SCIP.

Each answers with its best solution, verified in exact integers, its bound rounded down
to a whole value the level can take, and the trace of both over time.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import highspy
import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model
from scipy.sparse import csr_array

from benchmarks.scaled import Scaled, lp_of, scaled
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program


@dataclass(slots=True)
class Found:
    """Best solution (``None``: none), bound (``None``: none), and the trace.

    ``trace`` rows: seconds, value or ``None``, bound or ``None``.
    """

    x: IntArray | None = None
    bound: int | None = None
    status: str = ""
    trace: list[tuple[float, int | None, int | None]] = field(default_factory=list)


Peer = Callable[[Program, float, int], Found]


def highs(program: Program, seconds: float, seed: int) -> Found:
    """HiGHS on two threads."""
    data, found, started = scaled(program), Found(), time.monotonic()
    highspy.Highs.resetGlobalScheduler(True)  # noqa: FBT003 - HiGHS takes no keyword
    engine = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 2),
        ("random_seed", seed),
        ("time_limit", seconds),
        ("mip_rel_gap", 0.0),
        ("mip_feasibility_tolerance", 1e-7),
    ):
        engine.setOptionValue(option, value)
    lp = lp_of(data, data.lower, data.upper)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    engine.passModel(lp)

    def note(event: highspy.highs.HighsCallbackEvent) -> None:
        value = data.whole_bound(-event.data_out.mip_primal_bound)
        bound = data.whole_bound(-event.data_out.mip_dual_bound)
        if not found.trace or found.trace[-1][1:] != (value, bound):
            found.trace.append((time.monotonic() - started, value, bound))

    engine.cbMipInterrupt += note
    engine.cbMipImprovingSolution += note
    engine.run()
    # The scheduler belongs to the process: whoever comes next asks for one thread.
    highspy.Highs.resetGlobalScheduler(True)  # noqa: FBT003 - HiGHS takes no keyword
    info = engine.getInfo()
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        found.x = data.whole(list(engine.getSolution().col_value))
    found.bound = data.whole_bound(-info.mip_dual_bound)
    found.status = engine.modelStatusToString(engine.getModelStatus())
    return found


def cpsat8(program: Program, seconds: float, seed: int) -> Found:
    """CP-SAT as it comes, eight workers."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 8
    return _cpsat(solver, program, seconds, seed)


def cpsat2(program: Program, seconds: float, seed: int) -> Found:
    """CP-SAT on two workers that lean on the LP."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.subsolvers.extend(["max_lp", "reduced_costs"])
    return _cpsat(solver, program, seconds, seed)


class _Note(cp_model.CpSolverSolutionCallback):
    """Traces solutions."""

    def __init__(self, note: Callable[[float, float], None]) -> None:
        super().__init__()
        self.note = note

    def on_solution_callback(self) -> None:
        self.note(self.objective_value, self.best_objective_bound)


def _cpsat(
    solver: cp_model.CpSolver, program: Program, seconds: float, seed: int
) -> Found:
    found, started = Found(), time.monotonic()
    step = max(1, int(np.gcd.reduce(np.abs(program.objective), initial=0)))
    model, variables = _cp_model(program)
    best: list[int] = []

    def note(value: float | None, bound: float) -> None:
        if value is not None:
            best[:] = [round(value)]
        top = int(np.floor(bound / step + 1e-9)) * step
        seen = best[0] if best else None
        if not found.trace or found.trace[-1][1:] != (seen, top):
            found.trace.append((time.monotonic() - started, seen, top))

    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(
        0.1, seconds - (time.monotonic() - started)
    )
    solver.best_bound_callback = lambda bound: note(None, bound)
    status = solver.solve(model, _Note(note))
    found.status = solver.status_name(status)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        x = np.array(solver.values(variables), np.int64)
        found.x = x if program.is_solution(x) else None
    if status not in (cp_model.MODEL_INVALID, cp_model.UNKNOWN) or found.trace:
        found.bound = int(np.floor(solver.best_objective_bound / step + 1e-9)) * step
    return found


def _cp_model(
    program: Program,
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, int(b), "") for b in program.bound]
    matrix = program.matrix
    for row in range(len(program.upper)):
        at = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = [variables[k] for k in matrix.indices[at].tolist()]
        total = cp_model.LinearExpr.weighted_sum(terms, matrix.data[at].tolist())
        limit = int(program.upper[row])
        model.add(total == limit if program.equal[row] else total <= limit)
    model.maximize(
        cp_model.LinearExpr.weighted_sum(variables, program.objective.tolist())
    )
    return model, variables


def scip(program: Program, seconds: float, seed: int) -> Found:
    """SCIP through MathOpt; it says nothing until it ends."""
    data, found, started = scaled(program), Found(), time.monotonic()
    model = mathopt.Model.from_model_proto(_math_opt_proto(data))
    left = max(0.1, seconds - (time.monotonic() - started))
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=left),
        random_seed=seed,
        relative_gap_tolerance=0.0,
    )
    result = mathopt.solve(model, mathopt.SolverType.GSCIP, params=parameters)
    found.status = result.termination.reason.name
    if result.has_primal_feasible_solution():
        found.x = data.whole(result.variable_values(list(model.variables())))
    found.bound = data.whole_bound(result.termination.objective_bounds.dual_bound)
    seen = None if found.x is None else program.value(found.x)
    found.trace.append((time.monotonic() - started, seen, found.bound))
    return found


def _math_opt_proto(data: Scaled) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    rows, columns = data.matrix.shape
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend([0.0] * columns)
    proto.variables.upper_bounds.extend(data.program.bound.astype(float).tolist())
    proto.variables.integers.extend([True] * columns)
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(data.lower.tolist())
    proto.linear_constraints.upper_bounds.extend(data.upper.tolist())
    matrix = csr_array(data.matrix)
    matrix.sort_indices()
    entries = proto.linear_constraint_matrix
    entries.row_ids.extend(np.repeat(np.arange(rows), np.diff(matrix.indptr)).tolist())
    entries.column_ids.extend(matrix.indices.tolist())
    entries.coefficients.extend(matrix.data.tolist())
    valued = np.flatnonzero(data.objective)
    proto.objective.maximize = True
    proto.objective.linear_coefficients.ids.extend(valued.tolist())
    proto.objective.linear_coefficients.values.extend(data.objective[valued].tolist())
    return proto


PEERS: dict[str, Peer] = {
    "cpsat8": cpsat8,
    "cpsat2": cpsat2,
    "highs": highs,
    "scip": scip,
}
