"""CP-SAT fed with sparse arrays: for parts, of which a search solves many a second.

Writing a part variable by variable in Python takes a third of the time CP-SAT then
needs to solve it. Here it goes over as arrays of floats, which hold the coefficients of
parts exactly; still, only the exact engine (``program.solve_cpsat``) says what a
bound is: answers of this one carry none and are verified like any other.
"""

from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as builder
from scipy.sparse import csr_matrix

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Answer, Effort, Program, verified
from movplan.optimiser.progress import Stop
from movplan.optimiser.watching import watched


def search_cpsat(
    program: Program, effort: Effort, start: IntArray | None, stop: Stop
) -> Answer:
    """A good vector, the best if ``optimal``; its ``bound`` is infinite."""
    solver = builder.ModelSolverHelper("sat")
    solver.set_solver_specific_parameters(_parameters(effort))
    model = _model(program, start)
    with watched(stop, solver.interrupt_solve):
        solver.solve(model)
    status = solver.status()
    x = None
    if status in (builder.SolveStatus.OPTIMAL, builder.SolveStatus.FEASIBLE):
        x = np.rint(np.asarray(solver.variable_values())).astype(np.int64)
    optimal = status == builder.SolveStatus.OPTIMAL
    return verified(program, start, x, bound=float("inf"), proved=optimal)


def _model(program: Program, start: IntArray | None) -> Any:  # noqa: ANN401 -- as above
    upper = program.upper.astype(np.float64)
    matrix = program.matrix
    data = matrix.data.astype(np.float64)
    model: Any = builder.ModelBuilderHelper()  # its stub types arrays as scalars
    model.fill_model_from_sparse_data(
        np.zeros(len(program.bound)),
        program.bound.astype(np.float64),
        program.objective.astype(np.float64),
        np.where(program.equal, upper, -np.inf),
        upper,
        csr_matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape),
    )
    model.set_maximize(True)
    for k in range(len(program.bound)):
        model.set_var_integrality(k, True)  # noqa: FBT003
    for k, value in enumerate([] if start is None else start.tolist()):
        model.add_hint(k, value)
    return model


def _parameters(effort: Effort) -> str:
    """One LP-heavy worker, as text of ``SatParameters``."""
    words = [
        "num_workers: 1",
        "linearization_level: 2",
        "catch_sigint_signal: false",
        f"random_seed: {effort.seed}",
        f"relative_gap_limit: {effort.gap}",
    ]
    if effort.work is not None:
        words.append(f"max_deterministic_time: {effort.work}")
    if effort.seconds is not None:
        words.append(f"max_time_in_seconds: {effort.seconds}")
    return " ".join(words)
