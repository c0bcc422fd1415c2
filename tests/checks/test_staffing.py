"""Whom an escort looks after where patients differ in how many it may have at once.

Escorts without a figure of their own; every mission is on one segment. Compared with
trying every way to share the patients out.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movplan.checks.view import PlanView
from movplan.checks.view.care import EscortNeed
from movplan.checks.view.staffing import Staffing, Stage
from movplan.domain.words import EscortRole, EscortShare
from tests.checks.broken.tools import updated
from tests.checks.mission import MISSIONS, PLAN
from tests.checks.world import SCENARIO

NURSE = EscortRole.NURSE
ON = frozenset({("C1", 0)})


def stage(member: int, family: str, at_a_time: int) -> Stage:
    need = EscortNeed(
        family_id=family,
        member_id=f"{family}-{member}",
        role=NURSE,
        share=EscortShare.SHARED,
        heads=(1,),
        at_a_time=at_a_time,
    )
    return Stage(need, 0, ON)


def staffing(serving: Sequence[tuple[str, ...]]) -> Staffing:
    """Missions of N2, each of the families it serves, all on the road to the border."""
    first = updated(MISSIONS[1], share=EscortShare.SHARED)
    missions = tuple(
        updated(first, mission_id=f"M{k}", family_ids=families)
        for k, families in enumerate(serving)
    )
    return Staffing(PlanView(SCENARIO, updated(PLAN, missions=missions)))


def found(
    patients: Mapping[str, tuple[int, int]], serving: Sequence[tuple[str, ...]]
) -> frozenset[Stage]:
    """Who is unserved of patients by family: (how many, at a time)."""
    stages = [
        stage(k, family, at_a_time)
        for family, (count, at_a_time) in patients.items()
        for k in range(count)
    ]
    return staffing(serving).unserved(stages)


def can_be(
    patients: Mapping[str, tuple[int, int]], serving: Sequence[tuple[str, ...]]
) -> bool:
    each = [(f, n) for f, (count, n) in patients.items() for _ in range(count)]
    options = [
        [k for k, families in enumerate(serving) if family in families]
        for family, _ in each
    ]
    for chosen in product(*options):
        taken = [
            [n for (_, n), c in zip(each, chosen, strict=True) if c == k]
            for k in range(len(serving))
        ]
        if all(not some or len(some) <= min(some) for some in taken):
            return True
    return False


@pytest.mark.parametrize(
    ("patients", "serving", "is_kept"),
    [
        ({"A": (3, 3), "B": (1, 1)}, [("A", "B"), ("A",)], True),
        ({"A": (3, 3), "B": (1, 1)}, [("A", "B")], False),
        # B alone on the second, which clears the first for A.
        ({"A": (3, 3), "B": (1, 1)}, [("A", "B"), ("B",)], True),
        # P to where the Qs are, the Qs to the third, S where P was.
        (
            {"P": (1, 1), "Q": (2, 2), "S": (3, 3)},
            [("P", "S"), ("P", "Q"), ("Q",)],
            True,
        ),
    ],
)
def test_shared_out(
    patients: Mapping[str, tuple[int, int]],
    serving: Sequence[tuple[str, ...]],
    is_kept: bool,
) -> None:
    assert can_be(patients, serving) is is_kept
    assert (not found(patients, serving)) is is_kept


@settings(max_examples=300, deadline=None)
@given(
    patients=st.fixed_dictionaries(
        {f: st.tuples(st.integers(0, 2), st.integers(1, 3)) for f in "ABC"}
    ),
    serving=st.lists(
        st.sets(st.sampled_from("ABC"), min_size=1).map(lambda s: tuple(sorted(s))),
        min_size=1,
        max_size=3,
    ),
)
def test_as_found_by_trying_everything(
    patients: dict[str, tuple[int, int]], serving: list[tuple[str, ...]]
) -> None:
    assert (not found(patients, serving)) is can_be(patients, serving)
