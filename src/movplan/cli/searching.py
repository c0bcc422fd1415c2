"""What ``plan`` and ``replan`` share: limits, the watched search, what is kept."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from movplan.cli.began import command_began
from movplan.cli.interrupt import StopSwitch, ctrl_c_presses
from movplan.cli.options import DEFAULT_TIME_LIMIT_S, Gap
from movplan.cli.output import print_json, print_tables, say
from movplan.cli.progress import Work, run_watched
from movplan.cli.targets import refuse_bad_files
from movplan.domain.scenario import Scenario

if TYPE_CHECKING:
    from movplan.planning import Limits, PlanningResult


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the plan and its picture go, and how the outcome is printed.

    ``switch`` is what Ctrl-C presses from the search until all is written and printed.
    """

    output: Path
    picture: Path | None
    as_json: bool
    switch: StopSwitch = field(default_factory=StopSwitch)


def refuse_bad_targets(
    wanted: Wanted, scenario: Path, in_force: Path | None = None
) -> None:
    """Raise ``OSError`` if the results cannot be written, before anything is read.

    A new plan may replace the plan in force; a picture may not.
    """
    from movplan.application.planning import run_path

    pictures = [] if wanted.picture is None else [wanted.picture]
    plans = [] if in_force is None else [in_force]
    results = [wanted.output, run_path(wanted.output), *pictures]
    refuse_bad_files(results, read=[scenario])
    refuse_bad_files(pictures, read=plans)


def search_limits(
    time_limit: float | None, effort: int | None, seed: int, gap: Gap
) -> "Limits":
    """Limits of the search, from when the command began; without any, a minute."""
    from movplan.planning import Limits

    if time_limit is None and effort is None:
        time_limit = DEFAULT_TIME_LIMIT_S
    return Limits(
        time_limit_s=time_limit,
        effort=effort,
        seed=seed,
        gap=gap,
        began=command_began(),
    )


def search_and_keep(
    work: Work["PlanningResult"], scenario: Scenario, wanted: Wanted
) -> "PlanningResult":
    """Search under a progress bar; write plan, run record and picture."""
    from movplan.application.planning import save
    from movplan.application.showing import save_picture

    with ctrl_c_presses(wanted.switch):
        result = run_watched(work, scenario, wanted.switch, quiet=wanted.as_json)
        save(result, wanted.output)
        if wanted.picture is not None:
            save_picture(result.plan, scenario, wanted.picture)
    return result


def report(result: "PlanningResult", scenario: Scenario, wanted: Wanted) -> None:
    """Print the summary, or the plan in short as JSON."""
    from movplan.reports.digest import plan_digest
    from movplan.reports.summary import headline, summary, verdict

    output = wanted.output
    with ctrl_c_presses(wanted.switch):
        if wanted.as_json:
            print_json({"plan": str(output), **plan_digest(result.plan)})
            return
        say(headline(result.plan), style="bold")
        say(verdict(result.plan))
        print_tables(summary(result.plan, scenario))
        say(f"\nWritten to {output}. Next: movplan show {output} --families")
