"""Classic cases: two small instances per class, planned and proved as by hand."""

from pathlib import Path

import pytest

from benchmarks.classic.cases import Case, Charter, Party, to_scenario
from benchmarks.classic.packing import BinPacking, BinType
from benchmarks.classic.problems import NAMES, SEEDS, every, one
from benchmarks.classic.reference import Mip, optimum
from benchmarks.classic.runs import planned
from benchmarks.classic.table import disagreements
from movplan.application import loading
from movplan.files import write_folder


@pytest.mark.parametrize("seed", [101, 102])
@pytest.mark.parametrize("problem", list(SEEDS))
def test_a_small_instance_is_proved_at_the_optimum(problem: str, seed: int) -> None:
    twofold = one(problem, seed, items=9)
    found = planned(twofold.case, 30)
    assert found["proved"]
    assert found["value"] == found["bound"] == twofold.optimum()


def test_the_cheaper_bins_are_two_small_ones() -> None:
    # 6 + 5 = 11 does not fit 10; 6 | 5 in two of 7 for 14, or 6 + 4 in one of 10 for 11
    # and 5 in one of 7 for 7: with 4 left over it is 7 + 11 = 18 against 3 x 7 = 21.
    bins = BinPacking("by-hand", (6, 5, 4), (BinType(7, 7, 3), BinType(10, 11, 1)))
    assert optimum(bins) == 18
    two = BinPacking("by-hand", (6, 5), (BinType(7, 7, 3), BinType(10, 11, 1)))
    assert optimum(two) == 14


def test_a_party_goes_only_where_there_is_a_way() -> None:
    # 5 x 3 = 15 may use only the charter of 5, so 4 x 2 = 8 stays; 3 x 1 goes in 4.
    case = Case(
        problem="multiple knapsack",
        name="by-hand",
        parties=(Party(5, 3), Party(4, 2), Party(3, 1)),
        charters=(Charter(5), Charter(3)),
        everyone=False,
        way_cents=((0, None), (0, None), (None, 0)),
    )
    assert planned(case, 30)["value"] == 15 + 3


def test_a_far_charter_stays_shut_if_opening_costs_more_than_the_way() -> None:
    # One charter for both: 100 + 10 + 30 = 140; two: 100 + 50 + 10 + 5 = 165.
    case = Case(
        problem="facility location",
        name="by-hand",
        parties=(Party(2), Party(3)),
        charters=(Charter(5, 100), Charter(4, 50)),
        everyone=True,
        way_cents=((10, 60), (30, 5)),
    )
    assert planned(case, 30)["value"] == 140


def test_reading_the_folder_finds_nothing_wrong(tmp_path: Path) -> None:
    for problem in SEEDS:
        case = one(problem, 1, items=6).case
        folder = tmp_path / case.name
        folder.mkdir()
        write_folder(to_scenario(case), folder)
        assert loading.load(folder).issues == ()


def test_every_class_has_twenty_instances_of_30_to_100_items() -> None:
    cases = [twofold.case for twofold in every(tuple(NAMES))]
    for problem in SEEDS:
        counts = [len(c.parties) for c in cases if c.problem == problem]
        assert len(counts) >= 20
        assert min(counts) == 30
        assert max(counts) == 100
    assert len({case.name for case in cases}) == len(cases)


def test_no_plan_is_told_from_an_optimum() -> None:
    impossible = Mip()
    impossible.row(2, {impossible.column(1): 1.0}, 2)
    assert impossible.optimum() is None


def test_a_bound_past_the_optimum_is_told() -> None:
    row = {"instance": "x", "optimum": 10, "value": 12, "bound": 9}
    assert disagreements([row]) == []
    assert len(disagreements([{**row, "bound": 11}])) == 1
    assert len(disagreements([{**row, "value": 9}])) == 1
