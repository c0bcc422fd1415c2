"""Lists by page: newest first, the cursor is the last id seen."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from movplan_api.problems import BadRequestError

T = TypeVar("T")
MOST = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, and where the next begins (``None``: this was the last)."""

    items: tuple[T, ...]
    next_cursor: str | None


def page_of(rows: Sequence[T], ids: Sequence[str], limit: int) -> Page[T]:
    """A page from up to ``limit + 1`` rows, asked for to see whether more follow."""
    more = len(rows) > limit
    return Page(tuple(rows[:limit]), cursor_after(ids[limit - 1]) if more else None)


def cursor_after(last_id: str) -> str:
    """An opaque cursor: callers hand it back, and read nothing into it."""
    return base64.urlsafe_b64encode(last_id.encode()).decode().rstrip("=")


def id_of(cursor: str) -> str:
    """The id a cursor stands for."""
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        last_id = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        last_id = ""
    # Databases take no control characters either.
    if not last_id.isprintable() or not last_id:
        raise BadRequestError("BAD_CURSOR", "This cursor is not one of ours.")
    return last_id
