"""Pages of rows that never change: the cursor is where the next page begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from movplan_api.problems import BadRequestError
from movplan_api.store.pages import cursor_after, id_of
from movplan_api.views.seen import Row

MOST_ROWS, USUAL_ROWS = 1000, 200


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of rows, how many there are in all, and where the next page begins."""

    items: Sequence[Row]
    total: int
    next_cursor: str | None


def page_of_rows(rows: Sequence[Row], limit: int | None, cursor: str | None) -> Rows:
    """The page from a cursor on; no limit: all that follows."""
    start = 0 if cursor is None else _start_of(cursor)
    end = len(rows) if limit is None else start + limit
    more = cursor_after(str(end)) if end < len(rows) else None
    return Rows(rows[start:end], len(rows), more)


def _start_of(cursor: str) -> int:
    word = id_of(cursor)
    if not (word.isascii() and word.isdecimal() and len(word) < 10):
        raise BadRequestError("BAD_CURSOR", "This cursor is not one of ours.")
    return int(word)
