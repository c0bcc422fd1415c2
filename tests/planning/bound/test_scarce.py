"""Groups of rows: their sums and largest entries."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from movplan.planning.bound.scarce import largest_of, sums_of

ROWS = csr_array(np.array([[1, 0, 2], [3, 0, -1], [0, 5, 0], [2, 2, 2]], np.int64))
PTR = np.array([0, 2, 2, 4], np.int64)


def test_largest_of_groups() -> None:
    """Rows 0-1, none, rows 2-3; below zero counts as zero."""
    expected = [[3, 0, 2], [0, 0, 0], [2, 5, 2]]
    assert largest_of(ROWS, PTR).toarray().tolist() == expected


def test_sums_of_groups() -> None:
    expected = [[4, 0, 1], [0, 0, 0], [2, 7, 2]]
    assert sums_of(ROWS, PTR).toarray().tolist() == expected


@given(
    st.lists(
        st.lists(st.lists(st.integers(-5, 5), min_size=3, max_size=3), max_size=4),
        max_size=5,
    )
)
def test_as_counted_one_by_one(groups: list[list[list[int]]]) -> None:
    rows = [row for group in groups for row in group]
    ptr = np.cumsum([0, *(len(group) for group in groups)]).astype(np.int64)
    matrix = csr_array(np.array(rows, np.int64).reshape(-1, 3))
    columns = [list(zip(*group, strict=True)) or [(0,)] * 3 for group in groups]
    largest = [[max(0, *column, 0) for column in group] for group in columns]
    assert largest_of(matrix, ptr).toarray().tolist() == largest
    sums = [[sum(column) for column in group] for group in columns]
    assert sums_of(matrix, ptr).toarray().tolist() == sums
