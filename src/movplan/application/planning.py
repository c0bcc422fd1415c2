"""Plan a scenario and keep the plan."""

from collections.abc import Callable
from pathlib import Path

from movplan.application.loading import Loaded
from movplan.domain.plan import Plan
from movplan.files import write_plan
from movplan.files.atomic import write_whole
from movplan.planning import Limits, PlanningResult, Progress, plan_scenario

__all__ = [
    "Limits",
    "PlanningResult",
    "Progress",
    "Stop",
    "Watch",
    "plan",
    "run_path",
    "save",
]

Watch = Callable[[Progress], None]
Stop = Callable[[], bool]


def plan(  # noqa: PLR0913 -- a run and who hears of it
    loaded: Loaded,
    limits: Limits,
    *,
    watch: Watch | None = None,
    stop: Stop | None = None,
    start: Plan | None = None,
    before: Plan | None = None,
    on_plan: Callable[[PlanningResult], None] | None = None,
) -> PlanningResult:
    """Plan what was loaded; ``stop`` is asked often, the best plan so far is returned.

    ``start`` is a plan of the same scenario to begin from, e.g. of a run cut short;
    ``before`` the plan this one replaces.
    ``on_plan`` is handed a checked plan now and then while the search goes on.
    Raises ``ConflictError``, ``StoppedError`` or ``InputError``.
    """
    return plan_scenario(
        loaded.scenario,
        limits,
        progress=watch,
        stop=stop,
        start=start,
        before=before,
        set_aside=loaded.set_aside,
        on_plan=on_plan,
    )


def run_path(plan_path: Path) -> Path:
    """Where the run record stands: ``run.json`` beside ``plan.json``.

    A plan of another name has it in its own: ``may.json`` and ``may.run.json``.
    """
    if plan_path.name == "plan.json":
        return plan_path.with_name("run.json")
    return plan_path.with_suffix(".run.json")


def save(result: PlanningResult, plan_path: Path) -> Path:
    """Write the plan and, beside it, how the run went; returns where that is."""
    write_plan(result.plan, plan_path)
    beside = run_path(plan_path)
    write_whole(beside, result.run.model_dump_json(indent=1) + "\n")
    return beside
