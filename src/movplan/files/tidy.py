"""Texts and lists in the one form that every file format can hold.

Texts lose surrounding white space and have plain line ends; an empty text or list item
is the same as none. So folder and JSON hold exactly the same scenarios.
"""

from collections.abc import Iterable

LIST_SEPARATOR = ";"


def tidy_text(text: str) -> str:
    """Strip a text; line ends become line feeds; NUL characters go."""
    if "\r" in text or "\0" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.strip()


def split_list(cell: str) -> tuple[str, ...]:
    """The items of a list cell, separated by ``;``."""
    return tidy_items(cell.split(LIST_SEPARATOR))


def tidy_items(items: Iterable[str]) -> tuple[str, ...]:
    """Stripped items without the empty ones."""
    stripped = (tidy_text(item) for item in items)
    return tuple(item for item in stripped if item)
