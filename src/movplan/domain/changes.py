"""One Change type: overrides, variants, edits, updates and answers to *what would it take*.

``add`` a row, ``update`` columns of a row, ``withdraw`` (families: withdrawn, departures:
cancelled, other rows: removed), ``scale`` a numeric column by a factor, ``close`` a
place or line from one date to another.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from movplan.domain.rows import Frozen


class Verb(StrEnum):
    """What a change does."""

    ADD = "add"
    UPDATE = "update"
    WITHDRAW = "withdraw"
    SCALE = "scale"
    CLOSE = "close"


class Change(Frozen):
    """A change to one row of one table, addressed by id."""

    verb: Verb
    table: str
    key: str
    values: dict[str, Any] = {}
    column: str | None = None
    factor: Decimal | None = None
    date_from: date | None = None
    date_until: date | None = None
