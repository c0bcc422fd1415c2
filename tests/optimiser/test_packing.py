"""Who sits where: pins, staff, vehicles to be filled."""

import pytest

from movplan.optimiser.packing import Rider, Room, pack

TEN = Room(10, 0, 0)


def test_a_pinned_family_sits_in_its_vehicle() -> None:
    riders = [Rider(0, 1, 6), Rider(0, 1, 4, only=frozenset({1}))]
    assert pack(riders, [TEN, TEN]) == [0, 1]
    assert pack([Rider(0, 1, 6, only=frozenset())], [TEN]) is None


@pytest.mark.parametrize("kept", [frozenset[int](), frozenset({1})])
def test_staff_makes_no_vehicle_needed(kept: frozenset[int]) -> None:
    riders = [Rider(0, 1, 10), Rider(0, 1, 1, staff=True)]
    assert pack(riders, [TEN, TEN], kept=kept) == ([0, 1] if kept else None)


def test_vehicles_to_be_filled_get_a_family_each() -> None:
    riders = [Rider(0, 1, 2), Rider(0, 1, 2)]
    assert pack(riders, [TEN, TEN]) == [0, 0]
    placed = pack(riders, [TEN, TEN], filled=frozenset({0, 1}))
    assert placed is not None
    assert set(placed) == {0, 1}
    assert pack(riders[:1], [TEN, TEN], filled=frozenset({0, 1})) is None
