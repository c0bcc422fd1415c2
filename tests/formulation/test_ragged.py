"""Rows of parallel columns told apart without sorting them: as if one by one."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from movplan.formulation.ragged import (
    first_rows,
    narrow,
    number_segments,
    pointers,
    unique_rows,
)
from movplan.formulation.rowbook import IntArray

NEAR, FAR = st.integers(-3, 3), st.sampled_from([-(1 << 62), -1, 0, 10**15, 1 << 62])


@st.composite
def columns(draw: st.DrawFn) -> list[IntArray]:
    """Two to four columns, some of values that leave 64 bits when they are joined."""
    size = draw(st.integers(0, 12))
    values = draw(st.lists(st.sampled_from([NEAR, FAR]), min_size=2, max_size=4))
    return [
        np.array(draw(st.lists(kind, min_size=size, max_size=size)), np.int64)
        for kind in values
    ]


@given(columns())
def test_rows_are_numbered_as_sorted(table: list[IntArray]) -> None:
    """The distinct rows in order, and every row is the one of its number."""
    rows = list(zip(*(column.tolist() for column in table), strict=True))
    unique, number = unique_rows(*table)
    assert [tuple(row) for row in unique.tolist()] == sorted(set(rows))
    assert [tuple(unique[k].tolist()) for k in number] == rows


@given(columns())
def test_rows_are_numbered_as_they_come_first(table: list[IntArray]) -> None:
    """The first of each kind, in order, and every row is like the first of its kind."""
    rows = list(zip(*(column.tolist() for column in table), strict=True))
    first, number = first_rows(*table)
    assert first.tolist() == [rows.index(row) for row in dict.fromkeys(rows)]
    assert [rows[first[k]] for k in number] == rows


@pytest.mark.parametrize("wide", [1, 1 << 40])
def test_many_columns_fit_any_key(wide: int) -> None:
    """Eight columns of 300 values, joined, are more than 64 bits hold."""
    values = np.arange(300) * wide
    table = [np.roll(values, k) for k in range(8)]
    _, number = unique_rows(*table)
    assert number.tolist() == list(range(300))


@given(st.lists(st.lists(st.integers(-2, 2), max_size=4), max_size=12))
def test_segments_have_the_same_number_when_they_are_equal(
    segments: list[list[int]],
) -> None:
    ptr = pointers(np.array([len(s) for s in segments], np.int64))
    values = np.array([value for s in segments for value in s], np.int64)
    number = number_segments(values, ptr).tolist()
    for one, other in combinations(range(len(segments)), 2):
        assert (number[one] == number[other]) == (segments[one] == segments[other])


def test_codes_take_no_more_bytes_than_they_need() -> None:
    for most, size in ((0, 1), (127, 1), (128, 2), (40_000, 4)):
        codes = np.array([0, most, 1], np.int64)
        assert narrow(codes).tolist() == [0, most, 1]
        assert narrow(codes).itemsize == size
    assert len(narrow(np.zeros(0, np.int64))) == 0
