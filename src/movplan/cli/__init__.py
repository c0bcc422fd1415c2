"""The command line ``movplan``: parse, call a use case, print."""

from movplan.cli import began  # first, so that imports count
from movplan.cli.ending import ended_at_once
from movplan.cli.interrupt import ended_by_ctrl_c
from movplan.cli.pipes import go_on_unheard
from movplan.domain.long_lived import long_lived

__all__ = ["began", "main"]


def main() -> None:
    """Run the command line; Ctrl-C is heard from here on, while modules load too.

    What modules make while they load is no garbage either (a plan of eight families,
    six runs each by turns: 1.64 -> 1.53 s).
    """
    began.mark_command()
    go_on_unheard()
    with ended_at_once(), ended_by_ctrl_c(), long_lived():
        from movplan.cli.app import app

        app()
