"""Frozen base models every table row and every part of a plan builds on."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable model that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


AnyRow = TypeVar("AnyRow", bound="Row")


class Row(Frozen):
    """One row of a scenario table.

    ``KEY`` names the columns that identify the row; ``key`` joins them with ``/``. Keys
    sort the world: the canonical form of a scenario has every table in key order.
    """

    KEY: ClassVar[tuple[str, ...]] = ()

    @property
    def key(self) -> str:
        """The row's identity as one string, e.g. ``TK871-0512/adult``."""
        return "/".join([_text(getattr(self, column)) for column in self.KEY])

    @property
    def sort_key(self) -> tuple[tuple[int, int, str], ...]:
        """What rows of a table are ordered by: key columns, numbers by value."""
        return tuple([_sortable(getattr(self, column)) for column in self.KEY])


def in_key_order(rows: Sequence[AnyRow]) -> list[AnyRow]:
    """Rows of one table by their ``sort_key``; where all are texts, by these."""
    columns = [
        [getattr(row, column) for row in rows]
        for column in (rows[0].KEY if rows else ())
    ]
    keys = [
        values
        if all(type(value) is str for value in values)
        else [_sortable(value) for value in values]
        for values in columns
    ]
    by_key = list(zip(*keys, strict=True))
    order = sorted(range(len(by_key)), key=by_key.__getitem__)
    return [rows[k] for k in order]


def _sortable(value: object) -> tuple[int, int, str]:
    if isinstance(value, int):
        return (0, value, "")
    return (1, 0, _text(value))


def _text(value: object) -> str:
    return "" if value is None else str(value)
