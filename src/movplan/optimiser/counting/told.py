"""What a program says of a column: columns of which the same is said are alike."""

import numpy as np
from scipy.sparse import csc_array

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program

Told = tuple[int, int, bytes, bytes]


def told(program: Program, columns: csc_array, column: int, but: int) -> Told:
    """All that is said of a column, but for its coefficient in one row.

    ``columns`` is the matrix of the program by columns.
    """
    at = slice(columns.indptr[column], columns.indptr[column + 1])
    row, value = columns.indices[at], columns.data[at]
    other = np.flatnonzero(row != but)
    return (
        int(program.objective[column]),
        int(program.bound[column]),
        row[other].tobytes(),
        value[other].tobytes(),
    )


def rows_of_one(program: Program) -> IntArray:
    """Rows that let one of some columns of 0 or 1 be 1: a unit takes one way."""
    matrix = program.matrix
    some = np.diff(matrix.indptr) > 0
    one = np.ones(len(some), np.bool_)
    plain = (matrix.data == 1) & (program.bound[matrix.indices] == 1)
    one[some] = np.logical_and.reduceat(plain, matrix.indptr[:-1][some])
    return np.flatnonzero(one & some & (program.upper == 1))
