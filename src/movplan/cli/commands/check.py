"""``movplan check``: every rule, on movplan's plan or one made by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from movplan.cli.failures import VIOLATIONS, failures
from movplan.cli.options import AsJson, ScenarioPath, SetAsideFamilies
from movplan.cli.output import complain, print_json, print_tables, say
from movplan.cli.reading import read
from movplan.reports.table import Table, left, right, wide
from movplan.reports.text import counted

if TYPE_CHECKING:
    from movplan.application.checking import CheckReport
    from movplan.checks import Outcome


def check(
    scenario: ScenarioPath,
    plan: Annotated[
        Path,
        typer.Argument(
            help="A plan (.json), or assignments made by hand (.csv).", exists=True
        ),
    ],
    set_aside: SetAsideFamilies = False,
    as_json: AsJson = False,
) -> None:
    """Check a plan against every rule: exit 0 clean, 1 violations, 2 bad input."""
    with failures(as_json=as_json):
        from movplan.application.checking import check_file

        loaded = read(scenario, set_aside=set_aside, as_json=as_json)
        report = check_file(loaded, plan)
    if as_json:
        print_json(_as_json(report))
    else:
        _print(report)
    if not report.clean:
        raise typer.Exit(VIOLATIONS)


def _print(report: "CheckReport") -> None:
    if not report.same_scenario:
        complain("The plan was made from another version of this scenario.")
    print_tables([_rules_table(report)])
    if report.clean:
        say("Every rule is kept.", style="bold green")
        return
    print_tables([_violations_table(report)])
    complain(f"{counted(len(report.violations), 'violation')}.")


def _rules_table(report: "CheckReport") -> Table:
    outcomes = [o for o in report.outcomes if _has_something(o)]
    rows = tuple(
        (
            outcome.rule,
            f"{outcome.checked:,}",
            f"{len(outcome.violations):,}" if outcome.violations else "",
            f"{outcome.unchecked:,}" if outcome.unchecked else "",
            f"{len(outcome.overridden):,}" if outcome.overridden else "",
        )
        for outcome in outcomes
    )
    columns = (
        *left("Rule"),
        *right("Looked at", "Broken", "Could not be checked", "Overridden"),
    )
    none = len(report.outcomes) - len(outcomes)
    note = f"{counted(none, 'rule')} more had nothing to look at." if none else ""
    return Table("Rules", columns, rows, note)


def _has_something(outcome: "Outcome") -> bool:
    counts = (outcome.checked, outcome.unchecked, outcome.violations)
    return any(counts) or bool(outcome.overridden)


def _violations_table(report: "CheckReport") -> Table:
    rows = tuple((v.rule, ", ".join(v.subjects), v.fact) for v in report.violations)
    columns = (*left("Rule", "Who or what"), *wide("Fact"))
    return Table("What is broken", columns, rows)


def _as_json(report: "CheckReport") -> dict[str, object]:
    return {
        "clean": report.clean,
        "same_scenario": report.same_scenario,
        "checks": [outcome.result().model_dump() for outcome in report.outcomes],
        "violations": [
            {"rule": v.rule, "subjects": list(v.subjects), "fact": v.fact}
            for v in report.violations
        ],
    }
