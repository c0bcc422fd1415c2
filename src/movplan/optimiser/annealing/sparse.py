"""Sparse matrices as lists a compiled loop can read, and put together."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.formulation.ragged import pointers
from movplan.formulation.rowbook import IntArray


def padded(matrix: csr_array, more: int) -> csr_array:
    """With so many empty columns more."""
    shape = (matrix.shape[0], matrix.shape[1] + more)
    return csr_array((matrix.data, matrix.indices, matrix.indptr), shape=shape)


def padded_left(matrix: csr_array, width: int) -> csr_array:
    """The last columns of a wider matrix."""
    at = matrix.indices + (width - matrix.shape[1])
    shape = (matrix.shape[0], width)
    return csr_array((matrix.data, at, matrix.indptr), shape=shape)


def ends(blocks: list[csr_array]) -> IntArray:
    """Where each of some blocks of rows ends."""
    return np.cumsum([block.shape[0] for block in blocks])


def plain(matrix: csr_array) -> csr_array:
    """Without zeros and entries told twice; the same matrix."""
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix


def positive(matrix: csr_array) -> csr_array:
    """1 where a matrix is positive."""
    ones = csr_array(matrix, copy=True)
    ones.data = (ones.data > 0).astype(np.float64)
    ones.eliminate_zeros()
    return ones


def summed(ptr: IntArray) -> csr_array:
    """The sum over every segment: [segments x elements]."""
    count = int(ptr[-1])
    ones = np.ones(count)
    return csr_array((ones, np.arange(count), ptr), shape=(len(ptr) - 1, count))


def listed(name: str, counts: csr_array) -> dict[str, IntArray]:
    """Rows of counts as ragged lists, each column as often as it counts."""
    counts = plain(counts)
    owner = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    times = counts.data.astype(np.int64)
    sizes = np.bincount(np.repeat(owner, times), minlength=counts.shape[0])
    columns = np.repeat(counts.indices, times).astype(np.int64)
    return {f"{name}_ptr": pointers(sizes), name: columns}


def where(name: str, matrix: csr_array, mask: NDArray[np.bool_]) -> dict[str, IntArray]:
    """Columns of the entries chosen, row by row."""
    owner = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    sizes = np.bincount(owner[mask], minlength=matrix.shape[0])
    return {f"{name}_ptr": pointers(sizes), name: matrix.indices[mask].astype(np.int64)}
