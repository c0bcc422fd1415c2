"""CP-SAT, as it comes and on two workers that lean on the LP."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.peers.found import Found
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program


@dataclass(frozen=True, slots=True)
class Task:
    """Seconds, seed, and a solution to begin from."""

    seconds: float
    seed: int
    start: IntArray | None


def cpsat8(
    program: Program, seconds: float, seed: int, start: IntArray | None = None
) -> Found:
    """CP-SAT as it comes, eight workers."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 8
    return _cpsat(solver, program, Task(seconds, seed, start))


def cpsat2(
    program: Program, seconds: float, seed: int, start: IntArray | None = None
) -> Found:
    """CP-SAT on two workers that lean on the LP."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.subsolvers.extend(["max_lp", "reduced_costs"])
    return _cpsat(solver, program, Task(seconds, seed, start))


class _Note(cp_model.CpSolverSolutionCallback):
    """Traces solutions."""

    def __init__(self, note: Callable[[float, float], None]) -> None:
        super().__init__()
        self.note = note

    def on_solution_callback(self) -> None:
        self.note(self.objective_value, self.best_objective_bound)


def _cpsat(solver: cp_model.CpSolver, program: Program, task: Task) -> Found:
    found, started = Found(), time.monotonic()
    step = max(1, int(np.gcd.reduce(np.abs(program.objective), initial=0)))
    model, variables = _cp_model(program)
    if task.start is not None:
        for variable, hint in zip(variables, task.start.tolist(), strict=True):
            model.add_hint(variable, hint)
        found.started = True
    best: list[int] = []

    def note(value: float | None, bound: float) -> None:
        if value is not None:
            best[:] = [round(value)]
        top = int(np.floor(bound / step + 1e-9)) * step
        seen = best[0] if best else None
        if not found.trace or found.trace[-1][1:] != (seen, top):
            found.trace.append((time.monotonic() - started, seen, top))

    solver.parameters.random_seed = task.seed
    solver.parameters.max_time_in_seconds = max(
        0.1, task.seconds - (time.monotonic() - started)
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
