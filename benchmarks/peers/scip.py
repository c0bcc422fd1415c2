"""SCIP through MathOpt."""

import time
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from scipy.sparse import csr_array

from benchmarks.peers.found import Found
from benchmarks.scaled import Scaled, scaled
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program


def scip(
    program: Program, seconds: float, seed: int, _start: IntArray | None = None
) -> Found:
    """SCIP through MathOpt; it says nothing until it ends and takes no start here."""
    data, found, started = scaled(program), Found(), time.monotonic()
    model = mathopt.Model.from_model_proto(math_opt_proto(data, whole=True))
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


def math_opt_proto(data: Scaled, *, whole: bool) -> model_pb2.ModelProto:
    """The program, or its relaxation, as MathOpt reads it."""
    proto = model_pb2.ModelProto()
    rows, columns = data.matrix.shape
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend([0.0] * columns)
    proto.variables.upper_bounds.extend(data.program.bound.astype(float).tolist())
    proto.variables.integers.extend([whole] * columns)
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
