"""More to choose from never lowers the levels in order; less never raises them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movplan.domain.scenario import Scenario
from movplan.domain.words import LegKind
from movplan.planning import plan_scenario
from tests.properties.changes import ids_of, relabelled, with_border_closed
from tests.properties.drawn import families_drawn
from tests.properties.gifts import CONVOYS, GIFTS, Gift, money
from tests.properties.order import Levels, equal_where_proved, no_worse_plan
from tests.properties.runs import LIMITS, RUNS, so_many
from tests.properties.worlds import World, worlds


def levels_of(scenario: Scenario) -> Levels:
    return plan_scenario(scenario, LIMITS).plan.certificate.levels


def mostly(mattered: list[bool]) -> bool:
    """Whether a change mattered in half of the examples or more."""
    return bool(mattered) and 2 * sum(mattered) >= len(mattered)


@RUNS
@pytest.mark.parametrize("gift", GIFTS, ids=str)
def test_a_gift_never_lowers_and_mostly_raises(gift: Gift, examples: int) -> None:
    raised: list[bool] = []

    @so_many(examples)
    @given(world=worlds(gift.first))
    def run(world: World) -> None:
        short, given_more = map(levels_of, gift.pair(world))
        assert no_worse_plan(given_more, short)
        raised.append(not no_worse_plan(short, given_more))

    run()
    assert mostly(raised), f"{sum(raised)} of {len(raised)}"


@RUNS
def test_closing_a_border_never_raises_and_mostly_lowers(examples: int) -> None:
    lowered: list[bool] = []

    @so_many(examples)
    @given(world=worlds(families_drawn(CONVOYS)))
    def run(world: World) -> None:
        ride = next(
            leg
            for leg in world.drawn.schedule
            if leg.family_id == "F1" and leg.kind is LegKind.RIDE
        )
        closed_on = ride.departs.date().isoformat()
        closed = with_border_closed(world.unpinned, closed_on)
        before, after = levels_of(world.unpinned), levels_of(closed)
        assert no_worse_plan(before, after)
        lowered.append(not no_worse_plan(after, before))

    run()
    assert mostly(lowered), f"{sum(lowered)} of {len(lowered)}"


@RUNS
def test_other_ids_mean_the_same(examples: int) -> None:
    @so_many(examples)
    @given(world=worlds(), order=st.integers(0, 10**6))
    def run(world: World, order: int) -> None:
        before = money(world)[0]  # not everybody can go: somebody has to be chosen
        ids = ids_of(before)
        fresh = [f"N{k:03d}" for k in range(len(ids))]
        Random(order).shuffle(fresh)
        again = relabelled(before, dict(zip(ids, fresh, strict=True)))
        assert set(ids_of(again)) == set(fresh)
        assert equal_where_proved(levels_of(before), levels_of(again))

    run()
