"""A run stopped before its search has begun returns a plan that is worth something."""

import pytest

from movplan.checks import run_checks
from movplan.domain.words import StopReason
from movplan.generation import generate
from movplan.optimiser.progress import Progress
from movplan.planning.plan_scenario import Limits, plan_scenario


@pytest.mark.parametrize("seed", [1, 2])
def test_stopped_at_the_first_bound(seed: int) -> None:
    pressed = []

    def watch(step: Progress) -> None:
        if (step.stage, step.level) == ("bound", "moved"):
            pressed.append(step)

    scenario = generate(60, seed)
    plan = plan_scenario(
        scenario, Limits(), stop=lambda: bool(pressed), progress=watch
    ).plan
    assert plan.stop_reason is StopReason.CANCELLED
    assert not run_checks(scenario, plan).violations
    moved = next(row for row in plan.certificate.levels if row.name == "moved")
    assert 3 * moved.value > moved.bound
