"""Patients on missions: several escorts at once, escorts a family is pinned to."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from movplan.optimiser import serving
from movplan.optimiser.serving import (
    Duty,
    Shift,
    Stage,
    name_escorts,
    place_stages,
)

FLIGHT = frozenset({("F", 0)})


def duty(*, own: bool = False, room: int = 3) -> Duty:
    return Duty(segments=FLIGHT, own=own, room=room)


def stage(patient: str, *suits: int, **more: object) -> Stage:
    found = Stage(patient=patient, segments=FLIGHT, suits=frozenset(suits))
    return Stage(**{**{f: getattr(found, f) for f in found.__slots__}, **more})


def test_two_escorts_at_once_are_two() -> None:
    both = [stage("a/1", 0, 1, member="a"), stage("a/2", 0, 1, member="a")]
    placed = place_stages(both, [duty(), duty()])
    assert set(placed) == {0, 1}
    same = [stage("a/1", 0, member="a"), stage("a/2", 0, member="a")]
    assert place_stages(same, [duty()]).count(None) == 1
    others = [stage("a/1", 0, member="a"), stage("b/1", 0, member="b")]
    assert place_stages(others, [duty()]) == [0, 0]


def test_a_pin_takes_no_room() -> None:
    patients = [stage(f"{k}/1", 0, member=str(k), family=str(k)) for k in range(3)]
    pin = stage("pin", 0, family="other", size=0)
    assert place_stages([*patients, pin], [duty(room=3)]) == [0, 0, 0, 0]
    assert place_stages([*patients, pin], [duty(room=2)]).count(None) == 1


def test_an_own_escort_serves_the_pinned_family_alone() -> None:
    patient = stage("a/1", 0, member="a", family="A")
    for family, placed in (("A", [0, 0]), ("B", [0, None])):
        pin = stage("pin", 0, family=family, size=0)
        assert place_stages([patient, pin], [duty(own=True)]) == placed


def test_those_left_unserved_are_as_few_as_can_be() -> None:
    # One escort of room 2 for four patients, the last of whom suits nobody; a needs
    # two escorts at once, so b and c are served and a is not.
    two = [stage(f"a/{k}", 0, member="a") for k in (1, 2)]
    others = [stage("b/1", 0, member="b"), stage("c/1", 0, member="c"), stage("d/1")]
    placed = place_stages([*two, *others], [duty(room=2)])
    assert placed[4] is None
    assert placed.count(None) == 3
    assert place_stages(others[:2], [duty(room=2)]) == [0, 0]


@pytest.mark.parametrize("seed", range(20))
def test_placed_one_by_one_all_rules_hold(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of random groups those it places are placed by CP-SAT held to that, too."""
    rng = random.Random(seed)
    legs = [("F", 0), ("F", 1)]
    spans = [frozenset(legs[:1]), frozenset(legs[1:]), frozenset(legs)]
    duties = tuple(
        Duty(rng.choice(spans), own=rng.random() < 0.3, room=rng.randint(1, 3))
        for _ in range(12)
    )
    stages = []
    for k in range(9):
        family, size = f"f{rng.randint(0, 4)}", int(rng.random() < 0.8)
        member = f"m{rng.randint(0, 5)}" if size else ""
        named = Stage(f"{member}/{k}", rng.choice(spans), frozenset(), member, family)
        stages.append(replace(named, size=size))
    suits = tuple(
        tuple(d for d in range(12) if stage.segments <= duties[d].segments)
        for stage in stages
    )
    found = serving._one_by_one(stages, duties, suits)
    kept = sorted(found)
    assert len(kept) > len(stages) / 2
    some, held = [stages[s] for s in kept], [[found[s]] for s in kept]
    again = serving._all_served(some, duties, held)
    assert again == {k: found[s] for k, s in enumerate(kept)}
    monkeypatch.setattr(serving, "MANY_STAGES", 0)
    serving._group_served.cache_clear()
    offered = [
        replace(s, suits=frozenset(d)) for s, d in zip(stages, suits, strict=True)
    ]
    unplaced = len(stages) - len(found)
    assert place_stages(offered, duties).count(None) <= unplaced
    serving._group_served.cache_clear()


def test_many_patients_are_placed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_all_served", lambda *_: pytest.fail("CP-SAT"))
    patients = [stage(f"{k}/1", *range(40), member=str(k)) for k in range(120)]
    placed = place_stages(patients, [duty(room=3)] * 40)
    assert Counter(placed) == dict.fromkeys(range(40), 3)


def shift(leaves: int, free: int, *may_go: str) -> Shift:
    """A mission from one day of May 2026 to another."""
    day = [datetime(2026, 5, d, tzinfo=UTC) for d in (leaves, free)]
    return Shift(leaves=day[0], free=day[1], may_go=may_go)


def test_missions_left_without_an_escort_are_as_few_as_can_be() -> None:
    # E1 alone may go on all three; the long one overlaps both others.
    long, early, late = shift(1, 9, "E1"), shift(1, 4, "E1"), shift(5, 8, "E1")
    assert name_escorts([long, early, late], {"E1": 1}) == [None, "E1", "E1"]
    assert name_escorts([early, late], {"E1": 1}) == ["E1", "E1"]
    assert name_escorts([shift(1, 2)], {"E1": 1}) == [None]


def test_an_escort_goes_again_only_when_free() -> None:
    one, other = shift(1, 4, "E1", "E2"), shift(3, 6, "E1")
    assert name_escorts([one, other], {"E1": 1, "E2": 1}) == ["E2", "E1"]
    assert name_escorts([one, shift(4, 6, "E1")], {"E1": 1, "E2": 0}) == ["E1", "E1"]
    assert None in name_escorts([other, shift(5, 7, "E1")], {"E1": 1})


@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_left_whom_trying_all_names_would_not_leave(seed: int) -> None:
    rng = random.Random(seed)
    heads = {"E1": 1, "E2": 1, "TWO": 2}
    shifts = []
    for _ in range(7):
        leaves = rng.randint(1, 12)
        may_go = rng.sample(sorted(heads), rng.randint(1, 3))
        shifts.append(shift(leaves, leaves + rng.randint(1, 6), *may_go))
    names = name_escorts(shifts, heads)
    assert can_go(shifts, names, heads)
    options = [(None, *each.may_go) for each in shifts]
    tried = (n for n in product(*options) if can_go(shifts, n, heads))
    assert names.count(None) == min(n.count(None) for n in tried)


def can_go(
    shifts: list[Shift], names: Sequence[str | None], heads: dict[str, int]
) -> bool:
    """Whether nobody is on more missions at a time than there are heads."""
    for one in shifts:
        away = Counter(
            name
            for name, each in zip(names, shifts, strict=True)
            if each.leaves <= one.leaves < each.free
        )
        if any(away[escort] > most for escort, most in heads.items()):
            return False
    return True


def test_as_many_are_away_at_once_as_there_are_heads() -> None:
    three = [shift(day, day + 3, "NURSES") for day in (1, 2, 3)]
    assert name_escorts(three, {"NURSES": 3}) == ["NURSES"] * 3
    assert name_escorts(three, {"NURSES": 2}).count(None) == 1
    later = [*three[:2], shift(4, 5, "NURSES")]
    assert name_escorts(later, {"NURSES": 2}) == ["NURSES"] * 3


def test_whoever_weighs_more_is_served_first() -> None:
    few = [stage(f"{k}/1", 0, member=str(k), weight=1) for k in range(3)]
    heavy = stage("h/1", 0, member="h", weight=10)
    placed = place_stages([*few, heavy], [duty(room=1)])
    assert placed == [None, None, None, 0]
    light, weighs = shift(1, 4, "E1"), shift(2, 6, "E1")
    weighs = replace(weighs, weight=10)
    assert name_escorts([light, weighs, shift(5, 8, "E1")], {"E1": 1}) == [
        None,
        "E1",
        None,
    ]


def test_a_group_that_does_not_suffice_leaves_others_alone() -> None:
    flight = [stage(f"{k}/1", 0, member=str(k)) for k in range(3)]
    other = [stage(f"{k}/1", 1, member=str(k)) for k in "ab"]
    placed = place_stages([*flight, *other], [duty(room=2), duty(room=2)])
    assert placed[:3].count(None) == 1
    assert placed[3:] == [1, 1]
