"""Plan a scenario: screen, formulate, optimise, finish, cost, check, certify."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from movplan.checks import findings
from movplan.domain.plan import LeftOut, Plan
from movplan.domain.scenario import Scenario
from movplan.optimiser.progress import Clock, Limits, Progress, Watch
from movplan.planning.certify import certify
from movplan.planning.draft import Desk, write_up
from movplan.planning.in_force import in_force_findings
from movplan.planning.run_record import Recorder, RunRecord


@dataclass(frozen=True, slots=True)
class PlanningResult:
    """A checked, re-costed, certified plan, and how the run went."""

    plan: Plan
    run: RunRecord


def plan_scenario(
    scenario: Scenario,
    limits: Limits,
    *,
    progress: Watch | None = None,
    stop: Callable[[], bool] | None = None,
    start: Plan | None = None,
    set_aside: Sequence[LeftOut] = (),
) -> PlanningResult:
    """Plan a scenario within limits.

    Raises ``ConflictError`` when pins or contracts contradict each other and
    ``InternalError`` when a plan fails its own checks. ``stop`` is asked often; the
    best plan so far is finished, checked and returned.
    """
    recorder = Recorder()
    clock = Clock(limits, stop or (lambda: False))

    def watch(step: Progress) -> None:
        recorder.note(step)
        if progress is not None:
            progress(step)

    desk = Desk(scenario, clock, recorder, watch)
    drafted = desk.draft(start)
    built, optimised = drafted.built, drafted.optimised
    with recorder.stage("check"):
        watch(Progress(stage="check", fraction=0.97))
        levels = built.model.levels[1:] if built.model.has_pins else built.model.levels
        outcomes = optimised.outcomes[len(built.model.levels) - len(levels) :]
        plan = certify(
            scenario,
            drafted.plan,
            [model.level for model in levels],
            [outcome.bound for outcome in outcomes],
            [
                model.external(outcome.held_internal)
                for model, outcome in zip(levels, outcomes, strict=True)
            ],
            limits,
        )
    both = sorted((*plan.left_out, *set_aside), key=lambda row: row.family_id)
    said = (*findings(scenario, plan), *in_force_findings(scenario, drafted.screening))
    plan = plan.model_copy(update={"left_out": tuple(both), "findings": said})
    return PlanningResult(plan=plan, run=recorder.record())


__all__ = [
    "Limits",
    "PlanningResult",
    "Progress",
    "RunRecord",
    "plan_scenario",
    "write_up",
]
