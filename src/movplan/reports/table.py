"""A table as data: titled columns and rows of text, ready to print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading.

    ``right`` aligns numbers, ``bar`` marks a drawn bar, ``wide`` sentences, which take
    the room that other columns leave.
    """

    title: str
    right: bool = False
    bar: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; ``note`` is one sentence under it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def left(*titles: str) -> tuple[Column, ...]:
    """Columns of text."""
    return tuple(Column(title) for title in titles)


def right(*titles: str) -> tuple[Column, ...]:
    """Columns of numbers."""
    return tuple(Column(title, right=True) for title in titles)


def wide(*titles: str) -> tuple[Column, ...]:
    """Columns of sentences."""
    return tuple(Column(title, wide=True) for title in titles)
