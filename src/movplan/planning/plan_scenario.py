"""Plan a scenario: screen, formulate, optimise, finish, cost, check, certify."""

from collections.abc import Callable, Sequence

from movplan.domain.long_lived import long_lived
from movplan.domain.plan import LeftOut, Plan
from movplan.domain.scenario import Scenario
from movplan.formulation.build import Built
from movplan.optimiser.progress import Clock, Limits, Progress, Watch
from movplan.planning.draft import Desk, write_up
from movplan.planning.incumbents import Incumbents, Keep
from movplan.planning.results import PlanningResult, Results, certified
from movplan.planning.run_record import Recorder, RunRecord
from movplan.screening import Screening


@long_lived()
def plan_scenario(  # noqa: PLR0913 -- a run and who hears of it
    scenario: Scenario,
    limits: Limits,
    *,
    progress: Watch | None = None,
    stop: Callable[[], bool] | None = None,
    start: Plan | None = None,
    before: Plan | None = None,
    set_aside: Sequence[LeftOut] = (),
    on_plan: Keep | None = None,
) -> PlanningResult:
    """Plan a scenario within limits.

    Raises ``ConflictError`` when pins or contracts contradict each other and
    ``InternalError`` when a plan fails its own checks. ``stop`` is asked often; the
    best plan so far is finished, checked and returned. The search begins from
    ``start``; revisions count on from ``before``, the plan this one replaces.
    ``on_plan`` is handed checked plans on the way (``incumbents.py``).
    """
    recorder = Recorder()
    clock = Clock(limits, stop or (lambda: False))
    incumbents: list[Incumbents] = []

    def watch(step: Progress) -> None:
        recorder.note(step)
        if progress is not None:
            progress(step)
        for incumbent in incumbents:
            incumbent.offer()

    desk = Desk(scenario, clock, recorder, watch)
    if on_plan is not None:
        keep = on_plan

        def prepared(screening: Screening, built: Built) -> None:
            quiet = Desk(scenario, clock, Recorder(), lambda _: None)
            results = Results(quiet, screening, built, limits, set_aside, before)
            incumbents.append(Incumbents(results, desk.board, keep))

        desk.prepared = prepared
    drafted = desk.draft(start)
    with recorder.stage("check"):
        watch(Progress("check", fraction=0.97, elapsed_s=clock.elapsed()))
        plan = certified(scenario, drafted, limits, set_aside, before)
    return PlanningResult(plan=plan, run=recorder.record())


__all__ = [
    "Limits",
    "PlanningResult",
    "Progress",
    "RunRecord",
    "plan_scenario",
    "write_up",
]
