"""SCIP through MathOpt."""

import time
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from benchmarks.peers.found import Found
from benchmarks.scaled import Scaled, scaled
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.math_opt import math_opt_proto
from movplan.optimiser.program import Program


def scip(
    program: Program, seconds: float, seed: int, _start: IntArray | None = None
) -> Found:
    """SCIP through MathOpt; it says nothing until it ends and takes no start here."""
    data, found, started = scaled(program), Found(), time.monotonic()
    model = mathopt.Model.from_model_proto(as_math_opt(data, whole=True))
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


def as_math_opt(data: Scaled, *, whole: bool) -> model_pb2.ModelProto:
    """The program, or its relaxation, as MathOpt reads it."""
    most = data.program.bound.astype(np.float64)
    program = data.objective, data.matrix, data.lower, data.upper, most
    return math_opt_proto(*program, whole=whole)
