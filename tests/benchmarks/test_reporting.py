"""What is said about runs: times to a gap, rounding, the better form, who is ahead."""

from fractions import Fraction

import pytest

from benchmarks.gaps import (
    better_form,
    gap,
    left_of_greedy,
    percent_up,
    smaller,
    worst_over_time,
)
from benchmarks.growth import exponent
from benchmarks.render import latest
from benchmarks.smoke import contradictions
from benchmarks.specs import Record
from benchmarks.tables import at_fractions, levels, side_by_side, smaller_gap
from benchmarks.timing import changes, time_to_gap


def row(method: str, value: int | None, bound: int | None, **more: object) -> Record:
    return {
        "method": method,
        "form": "",
        "seed": 1,
        "size": 250,
        "limit_s": 10.0,
        "level": "moved",
        "value": value,
        "bound": bound,
        "status": "done",
        "wall_s": 10.0,
        **more,
    }


def test_time_to_a_gap_is_the_first_moment_it_held() -> None:
    # 990 of 1000 is 1 %, 999 of 1000 is 0.1 %.
    trace = [(1.0, None, 1100), (2.0, 980, 1000), (3.0, 990, 1000), (4.0, 999, 1000)]
    assert time_to_gap(trace, 999, 1000) == {"1%": 3.0, "0.1%": 4.0}


def test_what_packing_loses_does_not_count() -> None:
    trace = [(3.0, 999, 1000)]
    assert time_to_gap(trace, 991, 1000) == {"1%": 3.0, "0.1%": None}


def test_a_trace_keeps_what_changes_and_forgets_nothing() -> None:
    told = [(1.0, 90, 120), (2.0, 90, 120), (3.0, None, 110), (4.0, 95, None)]
    assert changes(told) == [(1.0, 90, 120), (3.0, 90, 110), (4.0, 95, 110)]


def test_gaps_round_up() -> None:
    # 1/300 = 0.3333.. %
    assert percent_up(Fraction(1, 300)) == "0.334 %"
    assert percent_up(Fraction(0)) == "0.000 %"
    assert percent_up(Fraction(1, 10**9)) == "0.001 %"


def test_a_gap_needs_value_and_bound() -> None:
    assert gap(row("highs", 90, 100)) == Fraction(1, 10)
    assert gap(row("highs", None, 100)) is None
    assert gap(row("highs", 0, 0)) == 0


def test_the_better_form_counts_per_seed() -> None:
    full = row("highs", 90, 100, form="full")
    aggregated = row("highs", 95, 100, form="aggregated")
    other = row("highs", 80, 100, form="full", seed=2)
    assert better_form([full, aggregated, other]) == [aggregated, other]


def test_first_come_is_the_measure_of_a_gap() -> None:
    # To be large: of the 40 between first come and the bound, 10 are left.
    assert left_of_greedy(90, 100, 60) == Fraction(1, 4)
    # To be small: of 400 too much 100 are left.
    assert left_of_greedy(300, 200, 600) == Fraction(1, 4)
    # First come, held to no earlier level, beyond the bound: no measure.
    assert left_of_greedy(90, 100, 120) is None
    assert left_of_greedy(90, 100, 100) is None


def test_gaps_as_near_as_two_hundredths_of_a_point_are_a_tie() -> None:
    assert smaller(Fraction(100, 10_000), Fraction(103, 10_000))
    assert not smaller(Fraction(100, 10_000), Fraction(102, 10_000))
    assert smaller(Fraction(1), None)
    assert not smaller(None, Fraction(1))


def test_who_has_the_smaller_gap_is_said_seed_by_seed() -> None:
    ours = [row("movplan", 95, 100), row("movplan", 95, 100, seed=2)]
    behind = [row("highs", 90, 100), row("highs", 95, 100, seed=2)]
    assert smaller_gap([*ours, *behind]) == "movplan, 1 of 2 seeds, else tied"
    ahead = row("scip", 97, 100, seed=2)
    assert smaller_gap([*ours, *behind, ahead]) == "scip (seed 2)"
    assert smaller_gap(ours) == "no peer"


def test_parts_of_the_time_stand_beside_each_other() -> None:
    rows = [
        row("movplan", 90, 100, limit_s=2.5),
        row("movplan", 95, 100),
        row("highs", None, 100, limit_s=2.5),
    ]
    assert at_fractions(rows, 10.0) == [
        ["method", "2.5 s", "5 s", "10 s"],
        ["movplan", "10.000 %", "", "5.000 %"],
        ["highs", "none", "", ""],
        ["**smaller gap**", "movplan, 1 of 1 seeds", "no peer", "no peer"],
    ]


def test_a_peer_that_did_not_fit_says_so() -> None:
    away = row("cpsat8", None, None, status="did not fit", error="")
    table = side_by_side([away], [away])
    assert table[1][4] == "did not fit"


def test_missions_with_and_without_pins_stand_in_one_table() -> None:
    def level(name: str) -> Record:
        return {"name": name, "value": 99, "bound": 100}

    pinned = row("movplan", 99, 100, levels=[level("pinned"), level("moved")])
    free = row("movplan", 99, 100, seed=2, levels=[level("moved")])
    assert levels([free, pinned], {}) == [
        ["seed", "pinned", "moved"],
        ["1", "1.000 %", "1.000 %"],
        ["2", "", "1.000 %"],
    ]


def test_over_time_the_worst_seed_counts_once_all_have_a_gap() -> None:
    one = row("movplan", 99, 100, trace=[(1.0, 90, 100), (5.0, 99, 100)])
    other = row("movplan", 98, 100, seed=2, trace=[(2.0, None, 100), (3.0, 98, 100)])
    assert worst_over_time([one, other]) == [
        (1.0, None),
        (3.0, Fraction(1, 10)),
        (5.0, Fraction(1, 50)),
    ]


def test_growth_is_the_slope_of_logarithms() -> None:
    # Ten times the size, ten times the time: linear.
    assert exponent([(100, 2.0), (1000, 20.0), (10_000, 200.0)]) == pytest.approx(1)
    # Twice the size, four times the time: quadratic.
    assert exponent([(100, 1.0), (200, 4.0)]) == pytest.approx(2)
    assert exponent([(100, 1.0)]) is None


def test_seeds_of_the_last_commit_count_where_seeds_come_from_one() -> None:
    by_hand = row("movplan", 1, 1, mission="m")
    first = row("movplan", 1, 1, seed=7, mission="n", commit="aaa")
    last = row("movplan", 1, 1, seed=8, mission="o", commit="bbb")
    assert latest([by_hand, first, last]) == [last]
    assert latest([by_hand]) == [by_hand]


def test_a_value_above_anothers_bound_is_wrong() -> None:
    ours, peer = row("movplan", 95, 100), row("highs", 101, 110)
    assert contradictions([ours, peer]) == [
        "highs reached 101, above the bound 100 of movplan"
    ]
    assert contradictions([ours, row("first_come", 120, None)]) == []


def test_a_peer_may_find_nothing_but_may_not_fail() -> None:
    nothing = row("cpsat2", None, 200)
    assert contradictions([row("movplan", 95, 100), nothing]) == []
    assert len(contradictions([{**nothing, "status": "failed"}])) == 1
    assert len(contradictions([row("movplan", None, None)])) == 1
