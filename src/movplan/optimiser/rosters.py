"""Prices of rosters: what an escort free from a moment on is worth at best.

The roster of a pool is a network through time (``formulation/roster.py``): a mission
leads from the balance it leaves to the one it is free for again, idleness to the next.
For any prices of the other rows, the best prices of the balances are the longest paths
to the end,

    price(i) = max(price(i + 1), max over missions from i to j of worth + price(j)),

with 0 behind the last. At these no mission and no idleness is worth anything, so the
Lagrangian counts every escort once, on the best chain of missions, not every mission.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.ragged import expand
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.cuts import Cuts
from movplan.optimiser.pricing import Multipliers, Prices, price_plant

ROSTER = "escort_roster"


@dataclass(frozen=True, slots=True)
class _Pool:
    """Rows of a pool in time order; its missions sorted by the row they leave.

    Missions leaving row i are ``ptr[i] .. ptr[i + 1]``; ``back`` is the position of the
    row they are free for again, ``len(rows)`` if none.
    """

    rows: IntArray
    mission: IntArray
    ptr: IntArray
    back: IntArray


class Rosters:
    """The rosters of all pools of a model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        names = model.rows.names
        rows = np.array([n.rule == ROSTER for n in names], np.bool_)
        self.rows = np.flatnonzero(rows)
        subject: dict[str, list[int]] = {}
        for row in self.rows.tolist():
            subject.setdefault(names[row].subject, []).append(row)
        leaves, back = self._missions()
        self.pools = [
            _pool(np.array(own, np.int64), leaves, back) for own in subject.values()
        ]

    def _missions(self) -> tuple[IntArray, IntArray]:
        """Per plant column the row it leaves and the row it is back in; -1: none."""
        coo = self.model.plant.matrix[:, self.rows].tocoo()
        kinds = np.array([name.kind for name in self.model.plant.names])
        mission = kinds[coo.row] == "mission"
        leaves, back = np.full((2, len(self.model.plant)), -1, np.int64)
        for found, sign in ((leaves, 1), (back, -1)):
            mine = mission & (np.sign(coo.data) == sign)
            found[coo.row[mine]] = self.rows[coo.col[mine]]
        return leaves, back

    @property
    def longest(self) -> int:
        """Most missions any path can hold, for headroom in whole numbers."""
        return max((len(pool.rows) for pool in self.pools), default=0)

    def settle(self, cuts: Cuts, at: Multipliers) -> Multipliers:
        """The same multipliers with the best prices of all roster rows."""
        row = at.row.copy()
        row[self.rows] = 0
        free = replace(at, row=row)
        worth = price_plant(self.model, cuts, free)
        for pool in self.pools:
            row[pool.rows] = _longest(pool, worth[pool.mission])
        return free

    def sent(self, at: Multipliers, reduced: Prices) -> NDArray[np.float64]:
        """Missions on the best chains at settled prices: [plant columns].

        Every escort is where the right-hand sides put them, and goes on along a chain
        that is worth its price: by missions of reduced value 0, or idle.
        """
        use = np.zeros(len(self.model.plant))
        for pool in self.pools:
            price = at.row[pool.rows].tolist()
            _send(pool, reduced[pool.mission], price, self._there(pool), use)
        return use

    def out(self) -> tuple[IntArray, IntArray, IntArray]:
        """Rows a mission keeps an escort from, and how many escorts each row has.

        As (plant column, row) pairs: from the balance it leaves to the one it is back
        in. Idle escorts are what missions leave of ``there`` [rows of ``rows``].
        """
        columns, rows, there = [], [], np.zeros(len(self.model.rows), np.int64)
        for pool in self.pools:
            start = np.repeat(np.arange(len(pool.rows)), np.diff(pool.ptr))
            owner, at = expand(start, pool.back - start)
            columns.append(pool.mission[owner])
            rows.append(pool.rows[at])
            there[pool.rows] = np.cumsum(self.model.rows.rhs[pool.rows])
        if not columns:
            return self.rows, self.rows, self.rows
        return np.concatenate(columns), np.concatenate(rows), there[self.rows]

    def _there(self, pool: _Pool) -> list[float]:
        there: list[float] = self.model.rows.rhs[pool.rows].astype(float).tolist()
        return there


def _pool(rows: IntArray, leaves: IntArray, back: IntArray) -> _Pool:
    mission = np.flatnonzero(np.isin(leaves, rows))
    start = np.searchsorted(rows, leaves[mission])
    order = np.argsort(start, kind="stable")
    mission, start = mission[order], start[order]
    ends = back[mission]
    position = np.where(ends < 0, len(rows), np.searchsorted(rows, ends))
    return _Pool(
        rows=rows,
        mission=mission,
        ptr=np.searchsorted(start, np.arange(len(rows) + 1)),
        back=position,
    )


def _longest(pool: _Pool, worth: Prices) -> Prices:
    """Longest path from every row of a pool to the end."""
    price = np.zeros(len(pool.rows) + 1, worth.dtype)
    for i in range(len(pool.rows) - 1, -1, -1):
        at = slice(pool.ptr[i], pool.ptr[i + 1])
        onward = worth[at] + price[pool.back[at]]
        price[i] = max(price[i + 1], onward.max(initial=0))
    return price[:-1]


def _send(
    pool: _Pool,
    reduced: Prices,
    price: list[float],
    there: list[float],
    use: NDArray[np.float64],
) -> None:
    """Move escorts from row to row: by the mission worth most, idle if that is better.

    At settled prices nothing is worth more than 0, and idleness is worth the next
    price less this one.
    """
    onward = [*price[1:], 0.0]
    there = [*there, 0.0]
    for i in range(len(price)):
        first, last = int(pool.ptr[i]), int(pool.ptr[i + 1])
        moving = there[i]
        if moving <= 0:
            continue
        best = first + int(np.argmax(reduced[first:last])) if last > first else -1
        if best >= 0 and reduced[best] > onward[i] - price[i]:
            use[pool.mission[best]] += moving
            there[int(pool.back[best])] += moving
        else:
            there[i + 1] += moving
