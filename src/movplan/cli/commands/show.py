"""``movplan show``: the tables of a plan."""

from pathlib import Path
from typing import Annotated

import typer

from movplan.cli.failures import failures
from movplan.cli.options import AsJson
from movplan.cli.output import print_json, print_tables, say
from movplan.cli.targets import refuse_bad_files
from movplan.costing.groups import By


def show(
    plan: Annotated[Path, typer.Argument(help="The plan (.json).", exists=True)],
    families: Annotated[
        bool, typer.Option("--families", help="Who travels when, on what.")
    ] = False,
    departures: Annotated[
        bool, typer.Option("--departures", help="What runs, and how full.")
    ] = False,
    costs: Annotated[
        bool, typer.Option("--costs", help="Budget lines, categories, donors.")
    ] = False,
    escorts: Annotated[
        bool, typer.Option("--escorts", help="Escort missions.")
    ] = False,
    left_out: Annotated[
        bool, typer.Option("--left-out", help="Who stays, and why.")
    ] = False,
    deadlines: Annotated[
        bool, typer.Option("--deadlines", help="Who must act by when.")
    ] = False,
    by: Annotated[
        list[By] | None,
        typer.Option(
            "--costs-by",
            help="What it costs by each of these, repeatable (needs --scenario).",
        ),
    ] = None,
    scenario: Annotated[
        Path | None,
        typer.Option(
            "--scenario",
            help="The plan's scenario: adds programmes, donors, ceilings.",
            exists=True,
        ),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--picture", help="Draw the plan into this SVG file (needs --scenario)."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print a plan as tables; without a section, its summary."""
    wanted = {
        "families": families,
        "departures": departures,
        "costs": costs,
        "escorts": escorts,
        "left_out": left_out,
        "deadlines": deadlines,
    }
    names, groups = [name for name, asked in wanted.items() if asked], by or []
    if scenario is None and (picture is not None or groups):
        what = "costs by group need" if groups else "a picture needs"
        raise typer.BadParameter(f"{what} --scenario FOLDER as well")
    with failures(as_json=as_json):
        if picture is not None and scenario is not None:
            refuse_bad_files([picture], read=[plan, scenario])
        from movplan.application import showing
        from movplan.reports.summary import headline, verdict

        shown = showing.read_shown(plan, scenario)
        if picture is not None and shown.scenario is not None:
            showing.save_picture(shown.plan, shown.scenario, picture)
    if as_json:
        print_json(showing.as_document(shown, names, groups))
        return
    if not names and not groups:
        say(headline(shown.plan), style="bold")
        say(verdict(shown.plan))
    print_tables(showing.tables(shown, names, groups))
