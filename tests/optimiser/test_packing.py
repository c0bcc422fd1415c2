"""Who sits where: pins, staff, vehicles to be filled."""

import random

import pytest

from movplan.optimiser import packing
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


def _full_convoy(seed: int, vehicles: int, seats: int) -> list[Rider]:
    """Families that fill every seat of all vehicles, with escorts beside some."""
    rng = random.Random(seed)
    riders: list[Rider] = []
    for _ in range(vehicles):
        left = seats
        while left > 0:
            size = min(left, rng.choice([3, 4, 5, 5, 6, 7, 8, 9]))
            if size > 4 and rng.random() < 0.1:
                riders.append(Rider(0, 2, 1, beside=(len(riders) + 1,)))
                size -= 1
                left -= 1
            riders.append(Rider(0, 2, size))
            left -= size
    return riders


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("vehicles", "seats"), [(8, 27), (40, 44), (134, 44)])
def test_full_convoys_are_packed_by_deciding_few_vehicles_at_most(
    seed: int, vehicles: int, seats: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    riders, exact = _full_convoy(seed, vehicles, seats), packing._exact

    def few(
        riders: list[Rider], rooms: list[Room], *rest: frozenset[int]
    ) -> list[int] | None:
        assert len(rooms) <= packing.FEW_VEHICLES
        return exact(riders, rooms, *rest)

    monkeypatch.setattr(packing, "_exact", few)
    place = pack(riders, [Room(seats, 0, 0)] * vehicles)
    assert place is not None
    load = [0] * vehicles
    for rider, vehicle in zip(riders, place, strict=True):
        load[vehicle] += rider.seats
        assert all(place[k] == vehicle for k in rider.beside)
    assert load == [seats] * vehicles


def test_who_rides_one_stretch_shares_a_seat_with_who_rides_the_other() -> None:
    """What is filled to the last seat on either stretch, by deciding few vehicles."""
    whole = [Rider(0, 2, 6), Rider(0, 2, 4)] * 11 + [Rider(0, 2, 4)]
    halves = [Rider(0, 1, 3), Rider(1, 2, 3), Rider(0, 1, 3), Rider(1, 2, 3)]
    place = pack([*halves, *whole], [TEN] * 12)
    assert place is not None
    for segment in range(2):
        load = [0] * 12
        for rider, vehicle in zip([*halves, *whole], place, strict=True):
            if rider.board <= segment < rider.alight:
                load[vehicle] += rider.seats
        assert load == [10] * 12


def test_more_than_there_are_places_for_are_refused_without_a_solver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packing, "_exact", lambda *_: pytest.fail("decided"))
    assert pack([Rider(0, 1, 7), Rider(1, 2, 9), Rider(0, 2, 4)], [TEN]) is None
    assert pack([Rider(0, 1, 1, wheelchairs=1)], [TEN, TEN]) is None
