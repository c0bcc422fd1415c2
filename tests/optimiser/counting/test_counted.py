"""Alike bins and units counted: the same optimum, and the way there and back."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from movplan.optimiser.counting import Counted, counted
from movplan.optimiser.counting.bins import CountedBins
from movplan.optimiser.counting.units import count_units
from movplan.optimiser.program import Effort, Program, solve_cpsat
from tests.optimiser.programs import best_value, vectors

Bin = tuple[int, int]


def packing(
    sizes: tuple[int, ...],
    bins: tuple[Bin, ...],
    *,
    barred: frozenset[tuple[int, int]] = frozenset(),
    worth: tuple[int, ...] = (),
) -> Program:
    """Items of some sizes, each in one bin of those it is not barred from.

    A bin is (capacity, price); columns are bins, then items within bins. Every bin has
    a row of its own that cannot break, as a flight has that nobody needs a bed on.
    """
    count = len(bins)
    places = [
        (i, b) for b in range(count) for i in range(len(sizes)) if (i, b) not in barred
    ]
    width = count + len(places)
    rows = np.zeros((len(sizes) + 2 * count, width), np.int64)
    upper = np.zeros(len(rows), np.int64)
    upper[: len(sizes)] = 1
    for column, (i, b) in enumerate(places, count):
        rows[i, column] = 1
        rows[len(sizes) + b, column] = sizes[i]
    for b, (capacity, _) in enumerate(bins):
        rows[len(sizes) + b, b] = -capacity
        rows[len(sizes) + count + b, b] = 3
        upper[len(sizes) + count + b] = 3
    value = worth or tuple(100 for _ in sizes)
    objective = [-price for _, price in bins] + [value[i] for i, _ in places]
    return Program(
        objective=np.array(objective),
        matrix=csr_array(rows),
        upper=upper,
        equal=np.zeros(len(rows), np.bool_),
        bound=np.ones(width, np.int64),
    )


def solved(counts: Counted) -> int:
    """The optimum of a counted program, having seen that it is one of the original."""
    answer = solve_cpsat(counts.program, Effort(), None, lambda: False)
    assert answer.x is not None
    assert answer.proved
    return counts.program.value(answer.x)


CASES = [
    ((3, 2, 2), ((5, 70), (5, 70), (4, 50))),
    ((3, 3, 2), ((4, 70), (4, 70), (4, 70))),
    ((4, 3, 2), ((6, 120), (6, 120))),
    ((9, 2, 1), ((4, 30), (4, 30))),
    ((2, 1, 1), ((2, 40), (2, 40), (2, 90))),
]


@pytest.mark.parametrize(("sizes", "bins"), CASES)
def test_counting_changes_no_optimum(
    sizes: tuple[int, ...], bins: tuple[Bin, ...]
) -> None:
    program = packing(sizes, bins)
    counts = counted(program)
    assert counts.folds
    assert solved(counts) == best_value(program)


@pytest.mark.parametrize(("sizes", "bins"), CASES)
def test_every_vector_is_counted_and_told_apart_again(
    sizes: tuple[int, ...], bins: tuple[Bin, ...]
) -> None:
    program = packing(sizes, bins)
    counts = counted(program)
    for x in vectors(program):
        folded = counts.fold(x)
        assert counts.program.is_solution(folded)
        assert counts.program.value(folded) == program.value(x)
        again = counts.unfold(folded)
        assert program.is_solution(again)
        assert program.value(again) == program.value(x)


def test_four_of_six_seats_do_not_go_into_three_bins_of_ten() -> None:
    # Seats suffice (24 of 30), but a bin holds one of them: counted as one bin of
    # thirty all four would travel.
    program = packing((6, 6, 6, 6), ((10, 1), (10, 1), (10, 1)))
    assert solved(counted(program)) == 3 * 99


def test_bins_of_another_price_or_for_others_are_told_apart() -> None:
    sizes = (3, 2, 2)
    assert not counted(packing(sizes, ((5, 70), (5, 71)))).folds
    assert not counted(packing(sizes, ((5, 70), (6, 70)))).folds
    one_barred = frozenset({(0, 1)})
    assert not counted(packing(sizes, ((5, 70), (5, 70)), barred=one_barred)).folds


def test_items_that_may_be_in_two_bins_at_once_are_told_apart() -> None:
    program = packing((3, 2, 2), ((5, 70), (5, 70)))
    no_items = np.arange(len(program.upper)) >= 3
    loose = program.of_rows(no_items)
    assert counted(program).folds
    assert not counted(loose).folds


def test_items_with_a_single_way_are_not_taken_for_one_another() -> None:
    # Some only go in the first, others only in the second: no row of theirs can break.
    only = [(i, 1) for i in range(3)] + [(i, 0) for i in range(3, 6)]
    program = packing((3, 2, 2, 3, 2, 2), ((5, 70), (5, 70)), barred=frozenset(only))
    assert solved(counted(program)) == best_value(program) == 2 * (200 - 70)


def test_units_that_share_a_way_are_counted_once() -> None:
    # Two families, two appointments for one each: two classes of the same columns.
    rows = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]])
    square = Program(
        objective=np.full(4, 7),
        matrix=csr_array(rows),
        upper=np.ones(4, np.int64),
        equal=np.zeros(4, np.bool_),
        bound=np.ones(4, np.int64),
    )
    units = count_units(square)
    assert units is not None
    for x in vectors(square):
        folded = units.fold(x)
        assert units.program.is_solution(folded)
        assert units.program.value(folded) == square.value(x)


def test_too_many_arcs_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    program = packing((3, 2, 2), ((5, 70), (5, 70)))
    monkeypatch.setattr("movplan.optimiser.counting.bins.MOST_ARCS", 2)
    assert not counted(program).folds


def test_items_of_another_worth_are_told_apart_in_alike_bins() -> None:
    program = packing((2, 2, 2), ((4, 9), (4, 9)), worth=(1, 50, 60))
    counts = counted(program)
    assert len(counts.folds) == 1
    assert solved(counts) == best_value(program) == 110 - 9


def test_a_column_is_in_one_class_only() -> None:
    # Out on one of two flights and home on one of two others: either two may be
    # counted, not both, as every way is in one of each.
    sizes, ways = (2, 1, 2), [(out, home) for out in range(2) for home in range(2)]
    columns = [(i, out, home) for i in range(3) for out, home in ways]
    rows = np.zeros((3 + 4, 4 + len(columns)), np.int64)
    for column, (i, out, home) in enumerate(columns, 4):
        rows[i, column] = 1
        rows[[3 + out, 5 + home], column] = sizes[i]
    rows[[3, 4, 5, 6], [0, 1, 2, 3]] = -3
    program = Program(
        objective=np.array([-5, -5, -7, -7] + [10 * sizes[i] for i, _, _ in columns]),
        matrix=csr_array(rows),
        upper=np.array([1, 1, 1, 0, 0, 0, 0]),
        equal=np.zeros(7, np.bool_),
        bound=np.ones(rows.shape[1], np.int64),
    )
    counts = counted(program)
    assert counts.folds
    assert solved(counts) == best_value(program)
    for x in vectors(program):
        again = counts.unfold(counts.fold(x))
        assert program.is_solution(again)
        assert program.value(again) == program.value(x)


def test_marks_stay_on_what_is_kept() -> None:
    program = packing((3, 2, 2), ((5, 70), (5, 70), (4, 50)))
    counts = counted(program)
    opens = counts.marked(np.arange(len(program.objective)) < 3)
    assert counts.program.objective[opens].tolist() == [-70, -50]
    assert counts.program.bound[opens].tolist() == [2, 1]


def test_a_flow_is_shared_out_among_bins_that_hold_it() -> None:
    program = packing((3, 2, 2, 1), ((5, 9), (5, 9)))
    bins = counted(program).folds[0]
    assert isinstance(bins, CountedBins)
    # 3 and 2 in the first, 2 and 1 in the second.
    x = bins.fold(np.array([1, 1, 1, 1, 0, 0, 0, 0, 1, 1]))
    shared = list(bins.flows[0].shared_out(x))
    assert sorted(size for inside in shared for size in inside) == [1, 2, 2, 3]
    assert [sum(inside) <= 5 for inside in shared] == [True, True]
    assert program.is_solution(bins.unfold(x))
