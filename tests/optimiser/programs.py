"""Integer programs small enough to try every vector of, with invented coefficients."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from scipy.sparse import csr_array

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program


def random_program(seed: int, *, scale: int = 1) -> Program:
    """Knapsacks with and without a column that opens them, and at times an equality.

    ``scale`` multiplies one row and all values.
    """
    rng = np.random.default_rng(seed)
    count = int(rng.integers(5, 9))
    matrix = rng.integers(-2, 9, (4, count)) * (rng.random((4, count)) < 0.8)
    matrix[0] = rng.integers(2, 9, count)
    matrix[0, 0] = -int(matrix[0, 1:].sum() * 0.6)
    matrix[1] *= scale
    upper = np.maximum(matrix, 0).sum(axis=1) // 2
    upper[0] = 0
    equal = np.zeros(4, np.bool_)
    if rng.random() < 0.3:
        matrix[3], equal[3] = rng.integers(0, 2, count), True
        upper[3] = min(2, int(matrix[3].sum()))
    objective = rng.integers(1, 40, count) * scale
    objective[0] = -int(rng.integers(0, 60)) * scale
    bound = np.where(rng.random(count) < 0.8, 1, 2)
    bound[0] = 1
    return Program(objective, csr_array(matrix), upper, equal, bound)


def vectors(program: Program) -> Iterator[IntArray]:
    """Every vector that keeps all rows."""
    for values in product(*(range(int(b) + 1) for b in program.bound)):
        x = np.array(values, np.int64)
        if program.is_solution(x):
            yield x


def best_value(program: Program) -> int | None:
    """The optimum, by trying everything; ``None`` without any vector."""
    return max((program.value(x) for x in vectors(program)), default=None)
