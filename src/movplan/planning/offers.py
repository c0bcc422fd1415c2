"""What columns use, and what plant has to offer: looked up once, bought often."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray


@dataclass(frozen=True, slots=True)
class Use:
    """Sparse coefficients: ``amount`` of each of ``rows``."""

    rows: IntArray
    amount: IntArray


@dataclass(frozen=True, slots=True)
class Offer:
    """What one more of a plant column uses, and which rows it gives to.

    ``money`` are budget rows with what it takes of each. ``roster`` has, by pool of
    escorts, what it takes and where in the pool's time order.
    """

    use: Use
    money: tuple[tuple[int, int], ...]
    gives: tuple[int, ...]
    roster: dict[int, list[tuple[int, int]]]


def uses_of(matrix: csr_array, k: int) -> Use:
    """Row ``k`` of a matrix [columns x rows]."""
    at = slice(matrix.indptr[k], matrix.indptr[k + 1])
    return Use(rows=matrix.indices[at].astype(np.int64), amount=matrix.data[at])


class Offers:
    """Finds what plant columns have to offer."""

    def __init__(
        self, model: Model, is_money: NDArray[np.bool_], pools: Sequence[IntArray]
    ) -> None:
        self._matrix, self._is_money = model.plant.matrix, is_money
        self._in_roster = {
            row: (pool, position)
            for pool, rows in enumerate(pools)
            for position, row in enumerate(rows.tolist())
        }

    def of(self, column: int) -> Offer:
        """The offer of a plant column."""
        use = uses_of(self._matrix, column)
        entries = list(zip(use.rows.tolist(), use.amount.tolist(), strict=True))
        roster: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row, amount in entries:
            if row in self._in_roster:
                pool, position = self._in_roster[row]
                roster[pool].append((position, amount))
        return Offer(
            use=use,
            money=tuple((r, amount) for r, amount in entries if self._is_money[r]),
            gives=tuple(row for row, amount in entries if amount < 0),
            roster=dict(roster),
        )


def rosters(model: Model) -> list[IntArray]:
    """Roster rows of every pool, in time order."""
    pools: dict[str, list[int]] = {}
    for k, name in enumerate(model.rows.names):
        if name.rule == "escort_roster":
            pools.setdefault(name.subject, []).append(k)
    return [np.array(rows, np.int64) for rows in pools.values()]
