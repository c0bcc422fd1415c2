"""The cheapest plant for families who already know their itineraries."""

import numpy as np
from scipy.sparse import csr_array, vstack

from movplan.formulation.model import Model
from movplan.optimiser.columns import Columns
from movplan.optimiser.program import Effort, Program, solve_cpsat
from movplan.optimiser.solution import Solution

WORK = 2.0


def cheapest_plant(
    model: Model, columns: Columns, solution: Solution, held: tuple[int, ...]
) -> Solution:
    """Least cost for runs, vehicles and missions with all columns as they are."""
    if not len(model.plant):
        return solution
    if not len(model.plant):
        return solution
    used = solution.used()
    moved = np.asarray(columns.rows[used].sum(axis=0)).ravel()
    rows = [level.plant_value for level in model.levels[: len(held)]]
    values = np.array(rows, np.int64).reshape(len(held), len(model.plant))
    kept = [
        int(columns.values[k][used].sum())
        - min(value, _reached(model, columns, k, solution))
        for k, value in enumerate(held)
    ]
    matrix = vstack(
        [model.plant.matrix.T, csr_array(-values)],
        format="csr",
    )
    program = Program(
        objective=-model.plant.cost,
        matrix=csr_array(matrix),
        upper=np.concatenate([model.rows.rhs - moved, np.array(kept, np.int64)]),
        equal=np.concatenate([model.rows.equal, np.zeros(len(held), np.bool_)]),
        bound=model.plant.upper,
    )
    answer = solve_cpsat(program, Effort(work=WORK), solution.plant, lambda: False)
    return solution if answer.x is None else solution.with_plant(answer.x)


def _reached(model: Model, columns: Columns, k: int, solution: Solution) -> int:
    return solution.value(model, columns, k)
