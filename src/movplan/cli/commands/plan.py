"""``movplan plan``: from a scenario to a checked, costed, certified plan."""

from pathlib import Path
from typing import TYPE_CHECKING

from movplan.cli.failures import failures
from movplan.cli.options import (
    DEFAULT_TIME_LIMIT_S,
    AsJson,
    Effort,
    Gap,
    Picture,
    PlanOutput,
    ScenarioPath,
    Seed,
    SetAsideFamilies,
    TimeLimit,
)
from movplan.cli.output import complain, print_json, print_tables, say
from movplan.cli.progress import run_watched
from movplan.domain.scenario import Scenario

if TYPE_CHECKING:
    from movplan.planning import Limits, PlanningResult


def plan(
    scenario: ScenarioPath,
    output: PlanOutput = Path("plan.json"),
    time_limit: TimeLimit = None,
    effort: Effort = None,
    seed: Seed = 0,
    gap: Gap = None,
    set_aside: SetAsideFamilies = False,
    picture: Picture = None,
    as_json: AsJson = False,
) -> None:
    """Plan a scenario: assign families to departures, escorts and sessions."""
    with failures(as_json=as_json):
        from movplan.application import loading, planning

        limits = search_limits(time_limit, effort, seed, gap)
        read = loading.load_setting_aside if set_aside else loading.load
        loaded = read(scenario)
        if loaded.set_aside:
            complain(f"{len(loaded.set_aside)} families with errors are set aside.")
        result = run_watched(
            lambda watch, stop: planning.plan(loaded, limits, watch=watch, stop=stop),
            loaded.scenario,
            quiet=as_json,
        )
        keep(result, loaded.scenario, output, picture)
    report(result, loaded.scenario, output, as_json=as_json)


def search_limits(
    time_limit: float | None, effort: int | None, seed: int, gap: Gap
) -> "Limits":
    """Limits of the search; without any, a minute."""
    from movplan.planning import Limits

    if time_limit is None and effort is None:
        time_limit = DEFAULT_TIME_LIMIT_S
    return Limits(time_limit_s=time_limit, effort=effort, seed=seed, gap=gap)


def keep(
    result: "PlanningResult", scenario: Scenario, output: Path, picture_to: Path | None
) -> None:
    """Write the plan, its run record and its picture."""
    from movplan.application.planning import save
    from movplan.application.showing import save_picture

    save(result, output)
    if picture_to is not None:
        save_picture(result.plan, scenario, picture_to)


def report(
    result: "PlanningResult", scenario: Scenario, output: Path, *, as_json: bool
) -> None:
    """Print the summary, or the plan in short as JSON."""
    from movplan.reports.digest import plan_digest
    from movplan.reports.summary import headline, summary, verdict

    if as_json:
        print_json({"plan": str(output), **plan_digest(result.plan)})
        return
    say(headline(result.plan), style="bold")
    say(verdict(result.plan))
    print_tables(summary(result.plan, scenario))
    say(f"\nWritten to {output}. Next: movplan show {output} --families")
