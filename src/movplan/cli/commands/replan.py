"""``movplan replan``: plan again from the plan in force, after something changed."""

from pathlib import Path
from typing import Annotated

import typer

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
from movplan.cli.output import print_tables
from movplan.cli.reading import read
from movplan.cli.searching import (
    Wanted,
    refuse_bad_targets,
    report,
    search_and_keep,
    search_limits,
)


def replan(
    scenario: ScenarioPath,
    in_force: Annotated[
        Path, typer.Option("--from", help="The plan in force.", exists=True)
    ],
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            help="What changed, e.g. 'departure TK871-0512: cancel'; repeatable.",
        ),
    ] = None,
    output: PlanOutput = Path("plan.json"),
    time_limit: TimeLimit = None,
    effort: Effort = None,
    seed: Seed = 0,
    gap: Gap = None,
    set_aside: SetAsideFamilies = False,
    picture: Picture = None,
    as_json: AsJson = False,
) -> None:
    """Plan again from the plan in force, keeping promises where that can be."""
    wanted = Wanted(output, picture, as_json)
    with failures(as_json=as_json):
        refuse_bad_targets(wanted, scenario, in_force)
        from movplan.application import replanning
        from movplan.files import read_plan

        limits = search_limits(time_limit, effort, seed, gap)
        before = read_plan(in_force)
        whole = read(scenario, set_aside=set_aside, as_json=as_json)
        loaded = replanning.prepared(whole, before, change or [])
        result = search_and_keep(
            lambda watch, stop: replanning.replan(
                loaded, before, limits, watch=watch, stop=stop
            ),
            loaded.scenario,
            wanted,
        )
    report(result, loaded.scenario, wanted)
    if not as_json:
        from movplan.reports.differences import differences_table

        print_tables([differences_table(before, result.plan)])
