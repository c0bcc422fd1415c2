"""What is planned for scenarios that have a plan keeps every rule, and is no worse."""

from hypothesis import HealthCheck, Phase, given, settings

from movplan.checks import level_values, run_checks
from movplan.costing.recost import recost
from movplan.domain.plan import Plan
from movplan.planning import Limits, plan_scenario
from tests.properties.order import not_worse
from tests.properties.worlds import World, worlds

LIMITS = Limits(effort=10, seed=1)
FEW = settings(
    max_examples=10,
    deadline=None,
    # A failing example is small enough as it is, and every plan takes time.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def violations(world: World, plan: Plan) -> list[str]:
    found = run_checks(world.scenario, plan).violations
    return [f"{v.rule}: {v.fact}" for v in found]


@FEW
@given(world=worlds())
def test_the_drawn_plan_keeps_every_rule(world: World) -> None:
    assert violations(world, world.drawn) == []
    assert recost(world.scenario, world.drawn) == ()
    assert world.drawn.left_out == ()


@FEW
@given(world=worlds())
def test_the_plan_keeps_every_rule_and_leaves_nobody(world: World) -> None:
    plan = plan_scenario(world.scenario, LIMITS).plan
    assert violations(world, plan) == []
    assert recost(world.scenario, plan) == ()
    assert plan.left_out == ()


@FEW
@given(world=worlds())
def test_the_plan_is_no_worse_than_the_drawn_one(world: World) -> None:
    levels = plan_scenario(world.scenario, LIMITS).plan.certificate.levels
    assert not_worse(levels, level_values(world.scenario, world.drawn))
