"""Rows of the model, each named by its rule and what it is about."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


class RowName(NamedTuple):
    """A row: the rule it belongs to and its subject, e.g. ``("seats", "TK871", 0)``."""

    rule: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows: coefficients x columns <= ``rhs`` (``= rhs`` where ``equal``)."""

    names: tuple[RowName, ...]
    rhs: IntArray
    equal: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.names)

    def of_rule(self, rule: str) -> IntArray:
        """Indices of the rows of one rule."""
        found = [k for k, name in enumerate(self.names) if name.rule == rule]
        return np.array(found, np.int64)


class RowBook:
    """Collects rows while the model is built; a name gets its index on first use."""

    def __init__(self) -> None:
        self._index: dict[RowName, int] = {}
        self._rhs: list[int] = []
        self._equal: list[bool] = []

    def __len__(self) -> int:
        return len(self._rhs)

    def row(self, name: RowName, *, rhs: int = 0, equal: bool = False) -> int:
        """The index of a row, created with its right-hand side on first use."""
        index = self._index.get(name)
        if index is None:
            index = len(self._rhs)
            self._index[name] = index
            self._rhs.append(rhs)
            self._equal.append(equal)
        return index

    def find(self, name: RowName) -> int | None:
        """The index of a row, or ``None`` if there is none of that name."""
        return self._index.get(name)

    def tighten(self, row: int, amount: int) -> None:
        """Take a constant draw off a row's right-hand side."""
        self._rhs[row] -= amount

    def finish(self) -> Rows:
        """All rows as arrays."""
        return Rows(
            names=tuple(self._index),
            rhs=np.array(self._rhs, np.int64),
            equal=np.array(self._equal, np.bool_),
        )
