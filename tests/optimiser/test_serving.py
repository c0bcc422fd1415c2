"""Patients on missions: several escorts at once, escorts a family is pinned to."""

from datetime import UTC, datetime

from movplan.optimiser.serving import (
    Duty,
    Shift,
    Stage,
    left_unnamed,
    left_unserved,
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
    assert placed is not None
    assert set(placed) == {0, 1}
    same = [stage("a/1", 0, member="a"), stage("a/2", 0, member="a")]
    assert place_stages(same, [duty()]) is None
    others = [stage("a/1", 0, member="a"), stage("b/1", 0, member="b")]
    assert place_stages(others, [duty()]) == [0, 0]


def test_a_pin_takes_no_room() -> None:
    patients = [stage(f"{k}/1", 0, member=str(k), family=str(k)) for k in range(3)]
    pin = stage("pin", 0, family="other", size=0)
    assert place_stages([*patients, pin], [duty(room=3)]) == [0, 0, 0, 0]
    assert place_stages([*patients, pin], [duty(room=2)]) is None


def test_an_own_escort_serves_the_pinned_family_alone() -> None:
    patient = stage("a/1", 0, member="a", family="A")
    for family, placed in (("A", [0, 0]), ("B", None)):
        pin = stage("pin", 0, family=family, size=0)
        assert place_stages([patient, pin], [duty(own=True)]) == placed


def test_those_left_unserved_are_as_few_as_can_be() -> None:
    # One escort of room 2 for four patients, the last of whom suits nobody; a needs
    # two escorts at once, so b and c are served and a is not.
    two = [stage(f"a/{k}", 0, member="a") for k in (1, 2)]
    others = [stage("b/1", 0, member="b"), stage("c/1", 0, member="c"), stage("d/1")]
    unserved = left_unserved([*two, *others], [duty(room=2)])
    assert 4 in unserved
    assert len(unserved) == 3
    assert left_unserved(others[:2], [duty(room=2)]) == []


def shift(leaves: int, free: int, *may_go: str) -> Shift:
    """A mission from one day of May 2026 to another."""
    day = [datetime(2026, 5, d, tzinfo=UTC) for d in (leaves, free)]
    return Shift(leaves=day[0], free=day[1], may_go=may_go)


def test_missions_left_without_an_escort_are_as_few_as_can_be() -> None:
    # E1 alone may go on all three; the long one overlaps both others.
    long, early, late = shift(1, 9, "E1"), shift(1, 4, "E1"), shift(5, 8, "E1")
    assert left_unnamed([long, early, late], {"E1": 1}) == [0]
    assert left_unnamed([early, late], {"E1": 1}) == []
    assert left_unnamed([shift(1, 2)], {"E1": 1}) == [0]


def test_an_escort_goes_again_only_when_free() -> None:
    one, other = shift(1, 4, "E1", "E2"), shift(3, 6, "E1")
    assert name_escorts([one, other], {"E1": 1, "E2": 1}) == ["E2", "E1"]
    assert name_escorts([one, shift(4, 6, "E1")], {"E1": 1, "E2": 0}) == ["E1", "E1"]
    assert name_escorts([other, shift(5, 7, "E1")], {"E1": 1}) is None


def test_as_many_are_away_at_once_as_there_are_heads() -> None:
    three = [shift(day, day + 3, "NURSES") for day in (1, 2, 3)]
    assert name_escorts(three, {"NURSES": 3}) == ["NURSES"] * 3
    assert name_escorts(three, {"NURSES": 2}) is None
    assert name_escorts([*three[:2], shift(4, 5, "NURSES")], {"NURSES": 2}) is not None
