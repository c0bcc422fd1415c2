"""All commands under one name."""

from typing import Annotated

import typer

from movplan import __version__
from movplan.cli.commands.check import check
from movplan.cli.commands.generate import generate
from movplan.cli.commands.plan import plan
from movplan.cli.commands.replan import replan
from movplan.cli.commands.rules import rules
from movplan.cli.commands.show import show
from movplan.cli.commands.validate import validate
from movplan.cli.plain_words import PlainWords

app = typer.Typer(
    name="movplan",
    cls=PlainWords,
    help=(
        "Plan movements: screened families to convoys, flights and escorts, "
        "within budget."
    ),
    epilog=(
        "Exit codes: 0 done, 1 violations found, 2 bad input, "
        "3 stopped before any plan."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(validate)
app.command()(plan)
app.command()(check)
app.command()(show)
app.command()(replan)
app.command()(rules)
app.command()(generate)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"movplan {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Say which."
        ),
    ] = False,
) -> None:
    """Hold what every command shares."""
