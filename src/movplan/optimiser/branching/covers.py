"""Covers and links: rows that whole vectors keep and fractions break.

A *knapsack* is a row ``sum a_j x_j <= b y`` over columns of 0 or 1 (y is one, or 1).

- *link*: x_j <= y;
- *cover*: items C whose sizes exceed b do not all go in, so ``sum_C x <= (|C| - 1) y``.
  An item as large as the h largest of C together counts h times (Balas, 1975).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.branching.relaxation import FloatArray, ValidRows
from movplan.optimiser.knapsacks import ALWAYS_OPEN, Knapsack, find_knapsacks
from movplan.optimiser.program import Program

# By how much a row has to be broken to be told, and how full a knapsack has to be.
BROKEN, FULL = 0.03, 0.9
WHOLE = 1e-6


class CoverMaker:
    """Tells the links and covers of a program that an LP solution breaks, once each."""

    def __init__(self, program: Program) -> None:
        self._width = len(program.objective)
        self._knapsacks = list(find_knapsacks(program))
        opened = [sack for sack in self._knapsacks if sack.opens != ALWAYS_OPEN]
        none = [np.zeros(0, np.int64)]
        self._linked = np.concatenate(none + [sack.item for sack in opened])
        opens = [np.full(len(sack.item), sack.opens) for sack in opened]
        self._opens = np.concatenate(none + opens)
        self._told_link = np.zeros(len(self._linked), np.bool_)
        self._told: set[bytes] = set()

    def broken(self, x: FloatArray) -> ValidRows:
        """Links and covers a solution breaks; covers only if it keeps all links."""
        over = x[self._linked] > x[self._opens] + BROKEN
        at = np.flatnonzero(over & ~self._told_link)
        if len(at):
            self._told_link[at] = True
            row = np.arange(len(at))
            ones = np.ones(len(at), np.int64)
            return self._rows(
                np.concatenate([row, row]),
                np.concatenate([self._linked[at], self._opens[at]]),
                np.concatenate([ones, -ones]),
                np.zeros(len(at), np.int64),
            )
        return self._covers(x)

    def _covers(self, x: FloatArray) -> ValidRows:
        row: list[IntArray] = []
        column: list[IntArray] = []
        value: list[IntArray] = []
        upper: list[int] = []
        for sack in self._knapsacks:
            found = _deepest(sack, x)
            if found is None:
                continue
            counts, most = found
            some = np.flatnonzero(counts)
            key = np.concatenate([[sack.opens], sack.item[some], counts[some]])
            if key.tobytes() in self._told:
                continue
            self._told.add(key.tobytes())
            columns, values = sack.item[some], counts[some]
            if sack.opens != ALWAYS_OPEN:
                columns = np.append(columns, sack.opens)
                values = np.append(values, -most)
            row.append(np.full(len(columns), len(upper)))
            column.append(columns)
            value.append(values)
            upper.append(0 if sack.opens != ALWAYS_OPEN else most)
        if not upper:
            return self._rows(*(np.zeros(0, np.int64),) * 4)
        return self._rows(
            np.concatenate(row),
            np.concatenate(column),
            np.concatenate(value),
            np.array(upper, np.int64),
        )

    def _rows(
        self, row: IntArray, column: IntArray, value: IntArray, upper: IntArray
    ) -> ValidRows:
        shape = (len(upper), self._width)
        return ValidRows(csr_array((value, (row, column)), shape=shape), upper)


def _deepest(sack: Knapsack, x: FloatArray) -> tuple[IntArray, int] | None:
    """The cover broken most: how often each item counts, and how many go in at most."""
    use = x[sack.item]
    is_open = float(x[sack.opens]) if sack.opens != ALWAYS_OPEN else 1.0
    if is_open < WHOLE or sack.size @ use < FULL * sack.capacity * is_open:
        return None
    some = np.flatnonzero(use > WHOLE)
    share = use[some] / is_open
    if float(np.abs(share - np.rint(share)).max()) < WHOLE:
        return None
    best, depth = None, BROKEN
    size = sack.size[some]
    for key in (-share, (1 - share) / size, -share * size):
        cover = _cover(sack, some[np.argsort(key, kind="stable")], use)
        if cover is None:
            continue
        counts = _lifted(sack, cover)
        over = float(counts @ use) - (len(cover) - 1) * is_open
        if over > depth:
            best, depth = (counts, len(cover) - 1), over
    return best


def _cover(sack: Knapsack, order: IntArray, use: FloatArray) -> IntArray | None:
    """The first items of an order that do not all go in; none of them is in vain."""
    total = np.cumsum(sack.size[order])
    last = int(np.searchsorted(total, sack.capacity, side="right"))
    if last >= len(order):
        return None
    cover, over = order[: last + 1], int(total[last]) - sack.capacity
    kept: NDArray[np.bool_] = np.ones(len(cover), np.bool_)
    for k in np.argsort(use[cover], kind="stable").tolist():
        if sack.size[cover[k]] < over:
            kept[k] = False
            over -= int(sack.size[cover[k]])
    return cover[kept]


def _lifted(sack: Knapsack, cover: IntArray) -> IntArray:
    """How often every item counts: as many of the cover as it outweighs together."""
    largest = np.cumsum(np.sort(sack.size[cover])[::-1])
    counts = np.searchsorted(largest, sack.size, side="right").astype(np.int64)
    counts[cover] = 1
    return counts
