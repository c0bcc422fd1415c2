"""What is planned for scenarios that have a plan keeps every rule, and is no worse."""

from hypothesis import given, settings
from hypothesis import strategies as st

from movplan.checks import level_values, run_checks
from movplan.costing.recost import recost
from movplan.domain.plan import Plan
from movplan.planning import plan_scenario
from tests.properties.drawn import WAYS, families_drawn
from tests.properties.order import not_worse
from tests.properties.runs import LIMITS, RUNS, so_many
from tests.properties.worlds import World, worlds


def violations(world: World, plan: Plan) -> list[str]:
    found = run_checks(world.scenario, plan).violations
    return [f"{v.rule}: {v.fact}" for v in found]


@RUNS
def test_the_drawn_plan_keeps_every_rule(examples: int) -> None:
    @so_many(examples)
    @given(world=worlds())
    def run(world: World) -> None:
        assert violations(world, world.drawn) == []
        assert recost(world.scenario, world.drawn) == ()
        assert world.drawn.left_out == ()

    run()


@RUNS
def test_the_plan_keeps_every_rule_leaves_nobody_and_is_no_worse(examples: int) -> None:
    @so_many(examples)
    @given(world=worlds())
    def run(world: World) -> None:
        plan = plan_scenario(world.scenario, LIMITS).plan
        assert violations(world, plan) == []
        assert recost(world.scenario, plan) == ()
        assert plan.left_out == ()
        levels = plan.certificate.levels
        assert not_worse(levels, level_values(world.scenario, world.drawn))

    run()


def test_worlds_are_wide() -> None:
    """Of a run of worlds, some have each of what rules are about."""
    seen: set[str] = set()

    # The same worlds each time: whether a rare one is among them is no matter of luck.
    @settings(so_many(120), derandomize=True)
    @given(world=st.one_of([worlds(families_drawn((way,))) for way in WAYS]))
    def run(world: World) -> None:
        plan = world.drawn
        seen.update(f"{leg.kind.value}s" for leg in plan.schedule)
        seen.update(f"a {each.role.value}" for each in plan.missions)
        seen.update(need.value for m in world.scenario.members for need in m.needs)
        seen.update(d.state.value for d in world.scenario.documents)
        seen.update(
            load.vehicle_type_id for d in plan.departures for load in d.vehicles
        )
        scenario = world.scenario
        seen.update("ties" for f in scenario.families if f.travels_with)
        seen.update("counts" for f in scenario.families if f.children is not None)
        seen.update(leg.part.value for leg in plan.schedule)
        seen.update(row.rule for row in scenario.overrides)
        seen.update(row.state.value for row in scenario.assignments)

    run()
    assert seen >= {"rides", "transfers", "nights", "appointments", "ties"}
    assert seen >= {"a nurse", "a doctor", "a operational"}
    assert seen >= {"return", "counts", "place_open", "pinned"}
    assert seen >= {"WCHC", "STCR", "MEDA", "held", "to_obtain", "bus-20", "lift-bus"}
