"""``movplan plan``: from a scenario to a checked, costed, certified plan."""

from pathlib import Path

from movplan.cli.failures import failures
from movplan.cli.options import (
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
from movplan.cli.reading import read
from movplan.cli.searching import (
    Wanted,
    refuse_bad_targets,
    report,
    search_and_keep,
    search_limits,
)


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
    wanted = Wanted(output, picture, as_json)
    with failures(as_json=as_json):
        refuse_bad_targets(wanted, scenario)
        from movplan.application import planning

        limits = search_limits(time_limit, effort, seed, gap)
        loaded = read(scenario, set_aside=set_aside, as_json=as_json)
        result = search_and_keep(
            lambda watch, stop: planning.plan(loaded, limits, watch=watch, stop=stop),
            loaded.scenario,
            wanted,
        )
    report(result, loaded.scenario, wanted)
