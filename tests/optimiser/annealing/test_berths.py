"""Berths: vehicles told apart, and who has room in which."""

from dataclasses import replace

import numpy as np

from movplan.optimiser.annealing.berths import Berths
from tests.optimiser.generated import empty_pool
from tests.optimiser.on_the_way import DATA, on_the_way


def berths_of(vehicles: int) -> Berths:
    data = replace(DATA, vehicles=vehicles, vehicle_seats=(4, 3, 1))
    return Berths.of(on_the_way(data).blocs.compact)


def test_a_convoy_of_one_vehicle_needs_none() -> None:
    berths = berths_of(1)
    assert berths.uses.shape == (0, 0)
    assert berths.upper.max() == 1


def test_vehicles_alike_are_told_apart() -> None:
    berths = berths_of(2)
    assert berths.upper.tolist() == [1] * len(berths.plant)
    assert np.bincount(berths.plant)[:3].tolist() == [2, 2, 2]
    # a bin of four, three and one places for each
    supplied = sorted((-berths.supplies.data).tolist())
    assert supplied == [1, 1, 3, 3, 4, 4]


def test_only_vehicles_with_room_are_offered() -> None:
    # Family 0 (three) may ride convoy 0 (fours) or 1 (threes), family 1 (four) convoy
    # 0, the others (one each) convoy 2 (ones): four sorts of slots, two vehicles each.
    berths = berths_of(2)
    assert np.diff(berths.ptr).tolist() == [2, 2, 2, 2]
    assert sorted(berths.uses.data.tolist()) == [1, 1, 3, 3, 3, 3, 4, 4]
    assert np.diff(berths.asks.indptr).tolist() == [1] * 6
    too_big = replace(DATA, vehicles=2, sizes=(5, 4, 1, 1, 1))
    found = Berths.of(on_the_way(too_big).blocs.compact)
    assert 5 not in found.uses.data.tolist()


def test_a_pool_with_nobody_has_the_same_berths() -> None:
    model = on_the_way(replace(DATA, vehicles=2)).model
    berths = Berths.of(empty_pool(model).compact)
    assert berths.asks.shape == (len(model.pairs), len(berths.ptr) - 1)
