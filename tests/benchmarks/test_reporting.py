"""What is said about runs: times to a gap, rounding up, the better form, best known."""

from fractions import Fraction

from benchmarks.render import _better_form, _gap, percent_up
from benchmarks.smoke import contradictions
from benchmarks.specs import Record
from benchmarks.timing import time_to_gap


def row(method: str, value: int | None, bound: int | None, **more: object) -> Record:
    return {
        "method": method,
        "form": "",
        "seed": 1,
        "value": value,
        "bound": bound,
        "status": "done",
        **more,
    }


def test_time_to_a_gap_is_the_first_moment_it_held() -> None:
    # 990 of 1000 is 1 %, 999 of 1000 is 0.1 %.
    trace = [(1.0, None, 1100), (2.0, 980, 1000), (3.0, 990, 1000), (4.0, 999, 1000)]
    assert time_to_gap(trace, 999, 1000) == {"1%": 3.0, "0.1%": 4.0}


def test_what_packing_loses_does_not_count() -> None:
    trace = [(3.0, 999, 1000)]
    assert time_to_gap(trace, 991, 1000) == {"1%": 3.0, "0.1%": None}


def test_gaps_round_up() -> None:
    # 1/300 = 0.3333.. %
    assert percent_up(Fraction(1, 300)) == "0.334 %"
    assert percent_up(Fraction(0)) == "0.000 %"
    assert percent_up(Fraction(1, 10**9)) == "0.001 %"


def test_a_gap_needs_value_and_bound() -> None:
    assert _gap(row("highs", 90, 100)) == Fraction(1, 10)
    assert _gap(row("highs", None, 100)) is None
    assert _gap(row("highs", 0, 0)) == 0


def test_the_better_form_counts_per_seed() -> None:
    full = row("highs", 90, 100, form="full")
    aggregated = row("highs", 95, 100, form="aggregated")
    other = row("highs", 80, 100, form="full", seed=2)
    assert _better_form([full, aggregated, other]) == [aggregated, other]


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
