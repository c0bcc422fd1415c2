"""Printing: tables for people, one JSON document for programs."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from movplan.cli.layout import laid_out
from movplan.reports.table import Table

# Width of what goes to a file or another program, unless COLUMNS says otherwise.
UNSEEN_WIDTH = 140


def console(*, stderr: bool = False) -> Console:
    """A console for this moment's standard output (tests exchange it)."""
    screen = Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not screen.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        screen.width = UNSEEN_WIDTH
    return screen


def print_tables(tables: Iterable[Table]) -> None:
    """Print tables one under the other."""
    screen = console()
    for table in tables:
        screen.print()
        screen.print(laid_out(table, screen.width))
        if table.note:
            screen.print(Text(table.note, style="dim"))


def print_json(document: Mapping[str, object] | Sequence[object]) -> None:
    """Print one JSON document, as wide as it is."""
    print(json.dumps(document, indent=1, ensure_ascii=False))  # noqa: T201


def say(words: str, style: str = "") -> None:
    """Print a sentence as it is, brackets and all."""
    console().print(Text(words, style=style))


def complain(words: str) -> None:
    """Print a sentence to standard error."""
    console(stderr=True).print(Text(words, style="bold red"))
