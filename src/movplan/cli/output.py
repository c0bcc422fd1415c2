"""Printing: tables for people, one JSON document for programs."""

import json
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from movplan.reports.table import Table

# A column of text keeps this width before it wraps into letters.
NARROWEST = 9
# Width of what goes to a file or another program.
UNSEEN_WIDTH = 140


def console(*, stderr: bool = False) -> Console:
    """A console for this moment's standard output (tests exchange it)."""
    screen = Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not screen.is_terminal:
        screen.width = UNSEEN_WIDTH
    return screen


def print_tables(tables: Iterable[Table]) -> None:
    """Print tables one under the other."""
    screen = console()
    for table in tables:
        screen.print()
        screen.print(_rich(table, screen.width))
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


def _rich(table: Table, width: int) -> RichTable:
    """The table for a screen; where it would be too wide, bars are left out first."""
    shown = list(range(len(table.columns)))
    if _natural_width(table) > width:
        shown = [k for k in shown if not table.columns[k].bar]
    least = [min(_longest(table, k), NARROWEST) for k in shown]
    roomy = sum(least) + 3 * len(shown) + 1 <= width
    rich = RichTable(title=table.title, title_justify="left", title_style="bold")
    for k in shown:
        column = table.columns[k]
        rich.add_column(
            column.title,
            justify="right" if column.right else "left",
            no_wrap=column.bar or column.right,
            overflow="fold",
            min_width=least[shown.index(k)] if roomy else None,
            style="green" if column.bar else "",
        )
    for row in table.rows:
        rich.add_row(*(Text(row[k]) for k in shown))
    return rich


def _natural_width(table: Table) -> int:
    """Width at which nothing wraps: cells, two blanks and a border per column."""
    return sum(_longest(table, k) + 3 for k in range(len(table.columns))) + 1


def _longest(table: Table, k: int) -> int:
    cells = (row[k] for row in table.rows)
    return max((len(cell) for cell in (table.columns[k].title, *cells)), default=0)
