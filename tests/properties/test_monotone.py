"""More to choose from never lowers the levels in order; less never raises them."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movplan.domain.scenario import Scenario
from movplan.planning import plan_scenario
from tests.properties.changes import (
    relabelled,
    with_another_convoy,
    with_another_flight,
    with_border_closed,
    with_money,
    with_seats,
)
from tests.properties.order import Levels, equal_where_proved, no_worse_plan
from tests.properties.test_feasible_by_construction import FEW, LIMITS
from tests.properties.worlds import World, worlds

# What is given to a scenario: a candidate departure or money.
GIFTS = [
    with_another_flight,
    with_another_convoy,
    partial(with_money, cents=30000),
]
NAMES = ["flight", "convoy", "money"]


def levels_of(scenario: Scenario) -> Levels:
    return plan_scenario(scenario, LIMITS).plan.certificate.levels


def scarce(world: World) -> Scenario:
    """The drawn scenario with less money and fewer seats than everybody needs."""
    return with_seats(with_money(world.scenario, -60000), -2)


def not_below_zero(world: World) -> bool:
    return all((x.ceiling_cents or 0) >= 60000 for x in world.scenario.budget_lines)


@pytest.mark.parametrize("gift", GIFTS, ids=NAMES)
@FEW
@given(world=worlds().filter(not_below_zero))
def test_a_gift_never_lowers(gift, world: World) -> None:
    before = scarce(world)
    assert no_worse_plan(levels_of(gift(before)), levels_of(before))


@FEW
@given(world=worlds(), on=st.sampled_from(["04-14", "04-21"]))
def test_closing_a_border_never_raises(world: World, on: str) -> None:
    closed = with_border_closed(world.scenario, on)
    assert no_worse_plan(levels_of(world.scenario), levels_of(closed))


@FEW
@given(world=worlds().filter(not_below_zero), order=st.permutations(range(12)))
def test_other_ids_mean_the_same(world: World, order: list[int]) -> None:
    before = scarce(world)
    ids = [f.family_id for f in before.families]
    ids += [d.departure_id for d in before.departures]
    names = {
        old: f"N{k:02d}" for old, k in zip(ids, [*order, *range(12, 99)], strict=False)
    }
    again = relabelled(before, names)
    assert equal_where_proved(levels_of(before), levels_of(again))
