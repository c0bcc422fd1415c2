"""Ragged arrays: segments of one flat array, reduced without Python loops."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


def pointers(counts: IntArray) -> IntArray:
    """Start of every segment, and the end of the last: shape [n + 1]."""
    ends = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=ends[1:])
    return ends


def expand(starts: IntArray, counts: IntArray) -> tuple[IntArray, IntArray]:
    """Concatenate the ranges ``starts[k] .. starts[k] + counts[k] - 1``.

    Returns the range each element comes from and the element itself.
    """
    owner = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    offset = np.arange(len(owner), dtype=np.int64) - pointers(counts)[owner]
    return owner, starts[owner] + offset


def segment_sum(values: NDArray[Any], ptr: IntArray) -> NDArray[Any]:
    """Sum of every segment; an empty one is 0."""
    total = np.zeros(len(ptr) - 1, values.dtype)
    filled = np.flatnonzero(ptr[1:] > ptr[:-1])
    if len(filled):
        total[filled] = np.add.reduceat(values, ptr[filled])
    return total


def segment_min(values: NDArray[Any], ptr: IntArray) -> NDArray[Any]:
    """Smallest value of every segment; no segment may be empty."""
    if len(ptr) == 1:
        return values[:0]
    return np.minimum.reduceat(values, ptr[:-1])


def segment_argmin(values: NDArray[Any], ptr: IntArray) -> IntArray:
    """Position of the first smallest value of every segment; none may be empty."""
    least = segment_min(values, ptr)
    owner = np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))
    hits = np.flatnonzero(values == least[owner])
    first = np.ones(len(hits), np.bool_)
    first[1:] = owner[hits[1:]] != owner[hits[:-1]]
    return hits[first]


def unique_rows(*columns: IntArray) -> tuple[IntArray, IntArray]:
    """Distinct rows of parallel columns, sorted, and which one every row is.

    Columns are coded one after another into a single key that is renumbered whenever it
    would leave 64 bits, so any values do.
    """
    key = np.zeros(len(columns[0]), np.int64)
    width = 1
    for column in columns:
        values, code = np.unique(column, return_inverse=True)
        if width * max(1, len(values)) >= 1 << 62:
            found, key = np.unique(key, return_inverse=True)
            width = len(found)
        key = key * max(1, len(values)) + code
        width *= max(1, len(values))
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return np.stack([column[first] for column in columns], axis=1), inverse
