"""Rows of an integer program that are knapsacks: things of a size go into a bin."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program

ALWAYS_OPEN = -1


@dataclass(frozen=True, slots=True)
class Knapsack:
    """Row ``sum size x <= capacity y``; all columns are 0 or 1.

    ``item`` are the columns x; ``opens`` is y, or ``ALWAYS_OPEN`` where it is 1.
    """

    row: int
    item: IntArray
    size: IntArray
    capacity: int
    opens: int


def find_knapsacks(program: Program) -> Iterator[Knapsack]:
    """Every row that is one, but those into which everything goes or one thing does."""
    matrix = program.matrix
    for row in np.flatnonzero(~program.equal).tolist():
        at = slice(matrix.indptr[row], matrix.indptr[row + 1])
        there = matrix.data[at] != 0
        column = matrix.indices[at][there].astype(np.int64)
        value, limit = matrix.data[at][there], int(program.upper[row])
        opens = value < 0
        shut = opens.sum() == 1 and limit == 0
        if (program.bound[column] != 1).any() or not (shut or not opens.any()):
            continue
        item, size = column[~opens], value[~opens]
        capacity = int(-value[opens][0]) if shut else limit
        if len(item) < 2 or size.max() <= 1 or size.sum() <= capacity:
            continue
        y = int(column[opens][0]) if shut else ALWAYS_OPEN
        yield Knapsack(row, item, size, capacity, y)
