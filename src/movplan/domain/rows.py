"""Frozen base models every table row and every part of a plan builds on."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable model that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Frozen):
    """One row of a scenario table.

    ``KEY`` names the columns that identify the row; ``key`` joins them with ``/``. Keys
    sort the world: the canonical form of a scenario has every table in key order.
    """

    KEY: ClassVar[tuple[str, ...]] = ()

    @property
    def key(self) -> str:
        """The row's identity as one string, e.g. ``TK871-0512/adult``."""
        return "/".join(_text(getattr(self, column)) for column in self.KEY)

    @property
    def sort_key(self) -> tuple[tuple[int, int, str], ...]:
        """What rows of a table are ordered by: key columns, numbers by value."""
        return tuple(_sortable(getattr(self, column)) for column in self.KEY)


def _sortable(value: object) -> tuple[int, int, str]:
    if isinstance(value, int):
        return (0, value, "")
    return (1, 0, _text(value))


def _text(value: object) -> str:
    return "" if value is None else str(value)
