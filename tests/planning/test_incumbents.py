"""Plans handed over on the way are as good as any: checked, bounded, never worse."""

import pytest

from movplan.checks import run_checks
from movplan.domain.scenario import Scenario
from movplan.domain.words import StopReason
from movplan.generation import generate
from movplan.planning import incumbents as incumbents_module
from movplan.planning.plan_scenario import Limits, PlanningResult, plan_scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """A small mission whose proof takes more than one step."""
    return generate(16, 11)


def test_every_plan_on_the_way_passes_its_checks(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incumbents_module, "EVERY_S", 0.0)
    monkeypatch.setattr(incumbents_module, "PATIENCE", 0.0)
    found: list[PlanningResult] = []
    last = plan_scenario(scenario, Limits(effort=1), on_plan=found.append)
    assert found
    for result in (*found, last):
        assert not run_checks(scenario, result.plan).violations
        for level in result.plan.certificate.levels:
            better = level.value <= level.bound
            assert better if level.maximise else level.value >= level.bound
    values = [
        next(level for level in r.plan.certificate.levels if level.maximise).value
        for r in (*found, last)
    ]
    assert values == sorted(values)


def test_handing_plans_over_changes_nothing(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incumbents_module, "EVERY_S", 0.0)
    limits = Limits(effort=1, seed=3)
    alone = plan_scenario(scenario, limits)
    told = plan_scenario(scenario, limits, on_plan=lambda _: None)
    assert told.plan == alone.plan


def test_starting_from_a_plan_never_ends_below_it(scenario: Scenario) -> None:
    first = plan_scenario(scenario, Limits(effort=1)).plan
    again = plan_scenario(scenario, Limits(effort=0), start=first).plan
    for before, after in zip(
        first.certificate.levels, again.certificate.levels, strict=True
    ):
        same = before.value == after.value
        better = (after.value > before.value) == before.maximise
        assert same or better
        if not same:
            break


def test_with_no_time_to_search_the_plan_is_the_plain_one() -> None:
    # Time is up before column generation ends: families are served one after another.
    scenario = generate(60, 3)
    plan = plan_scenario(scenario, Limits(time_limit_s=0.05)).plan
    moved = next(level for level in plan.certificate.levels if level.maximise)
    assert moved.value > 0
    assert plan.stop_reason is StopReason.TIME_LIMIT
    assert not run_checks(scenario, plan).violations
