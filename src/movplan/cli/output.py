"""Printing: tables for people, one JSON document for programs."""

import json
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from movplan.reports.table import Table


def console(*, stderr: bool = False) -> Console:
    """A console for this moment's standard output (tests exchange it)."""
    return Console(stderr=stderr, highlight=False, soft_wrap=False)


def print_tables(tables: Iterable[Table]) -> None:
    """Print tables one under the other."""
    screen = console()
    for table in tables:
        screen.print()
        screen.print(_rich(table))
        if table.note:
            screen.print(Text(table.note, style="dim"))


def print_json(document: Mapping[str, object]) -> None:
    """Print one JSON document, as wide as it is."""
    print(json.dumps(document, indent=1, ensure_ascii=False))  # noqa: T201


def say(words: str, style: str = "") -> None:
    """Print a sentence as it is, brackets and all."""
    console().print(Text(words, style=style))


def complain(words: str) -> None:
    """Print a sentence to standard error."""
    console(stderr=True).print(Text(words, style="bold red"))


def _rich(table: Table) -> RichTable:
    rich = RichTable(title=table.title, title_justify="left", title_style="bold")
    for column in table.columns:
        rich.add_column(
            column.title,
            justify="right" if column.right else "left",
            no_wrap=column.bar or column.right,
            overflow="fold",
            style="green" if column.bar else "",
        )
    for row in table.rows:
        rich.add_row(*(Text(cell) for cell in row))
    return rich
