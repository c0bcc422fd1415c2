"""Bins that are alike, counted: how many are open, and what goes into them together.

Charters of the same price and seats that everybody may take as well as one another are
alike: plans that differ by which of them somebody takes are the same. Told apart they
keep a proof busy for ever. Here a class of alike bins is one whole number, and whoever
goes into any of them one yes or no. That what goes in can be shared out among so many
bins is a flow over fill levels, the largest first (an arc-flow as of Valerio de
Carvalho, 1999): a path from level 0 is what one bin holds.

Both programs have the same optimum; a vector of this one says who is in which bin.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, hstack, vstack

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.counting.told import rows_of_one, told
from movplan.optimiser.knapsacks import ALWAYS_OPEN, Knapsack, find_knapsacks
from movplan.optimiser.program import Program

# Arcs beyond which counting does not pay.
MOST_ARCS = 20_000


@dataclass(frozen=True, slots=True)
class Alike:
    """Bins that are alike: ``opens`` [bins] and ``item`` [bins x items] are columns.

    Items in the same place of two bins are the same but for the bin; ``size`` [items].
    """

    opens: IntArray
    item: IntArray
    size: IntArray
    capacity: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Arcs of a class: ``start`` and ``size`` [arcs], the ``column`` of each.

    ``y`` and ``x`` [items] are the columns of the class in the counted program.
    """

    alike: Alike
    start: IntArray
    size: IntArray
    column: IntArray
    y: int
    x: IntArray

    def shared_out(self, counted: IntArray) -> Iterator[list[int]]:
        """Sizes in every bin that holds any."""
        left: dict[int, list[int]] = defaultdict(list)
        for arc in np.flatnonzero(counted[self.column]).tolist():
            many = int(counted[self.column[arc]])
            left[int(self.start[arc])] += [int(self.size[arc])] * many
        while left[0]:
            level, inside = 0, []
            while left[level]:
                inside.append(left[level].pop())
                level += inside[-1]
            yield inside

    def unfold(self, counted: IntArray, found: IntArray) -> None:
        """Say in ``found`` which bins are open and what is in each."""
        alike = self.alike
        found[alike.opens] = np.arange(len(alike.opens)) < counted[self.y]
        waiting: dict[int, list[int]] = defaultdict(list)
        for item in np.flatnonzero(counted[self.x]).tolist():
            waiting[int(alike.size[item])].append(item)
        found[alike.item] = 0
        for k, inside in enumerate(self.shared_out(counted)):
            for size in inside:
                found[alike.item[k, waiting[size].pop()]] = 1

    def fold(self, x: IntArray, counted: IntArray) -> None:
        """Count in ``counted`` the bins that are open and what is in any."""
        alike = self.alike
        counted[self.y] = x[alike.opens].sum()
        counted[self.x] = x[alike.item].sum(axis=0)
        pairs = zip(self.start.tolist(), self.size.tolist(), strict=True)
        arc = dict(zip(pairs, self.column.tolist(), strict=True))
        for row in alike.item:
            level = 0
            for size in sorted(alike.size[x[row] > 0].tolist(), reverse=True):
                counted[arc[level, size]] += 1
                level += size


@dataclass(frozen=True, slots=True)
class CountedBins:
    """A program with alike bins counted, and the way there and back.

    It begins with the columns ``kept`` of the original, which has ``width``.
    """

    program: Program
    width: int
    kept: IntArray
    flows: tuple[Flow, ...]

    def unfold(self, counted: IntArray) -> IntArray:
        """A vector of the original that a vector of this program stands for."""
        found = np.zeros(self.width, np.int64)
        found[self.kept] = counted[: len(self.kept)]
        for flow in self.flows:
            flow.unfold(counted, found)
        return found

    def fold(self, x: IntArray) -> IntArray:
        """The vector of this program that stands for a vector of the original."""
        counted = np.zeros(len(self.program.objective), np.int64)
        counted[: len(self.kept)] = x[self.kept]
        for flow in self.flows:
            flow.fold(x, counted)
        return counted


def count_bins(program: Program) -> CountedBins | None:
    """The program with its alike bins counted; ``None`` if that does not pay."""
    classes, paths = list(_classes(program)), []
    for alike in classes:
        paths.append(_arcs(alike))
        if sum(len(start) for start, _ in paths) > MOST_ARCS:
            return None
    if not classes:
        return None
    gone = [np.append(alike.item[1:], alike.opens[1:]) for alike in classes]
    kept = np.setdiff1d(np.arange(len(program.objective)), np.concatenate(gone))
    place = np.full(len(program.objective), -1, np.int64)
    place[kept] = np.arange(len(kept))
    bound, flows, width = program.bound.copy(), [], len(kept)
    for alike, (start, size) in zip(classes, paths, strict=True):
        bound[alike.opens[0]] = len(alike.opens)
        column = width + np.arange(len(start))
        y, x = int(place[alike.opens[0]]), place[alike.item[0]]
        flows.append(Flow(alike, start, size, column, y, x))
        width += len(start)
    rows = [_flow_rows(flow, width) for flow in flows]
    free = np.zeros(width - len(kept), np.int64)
    no_arcs = csr_array((len(program.upper), len(free)), dtype=np.int64)
    first = hstack([program.matrix[:, kept], no_arcs], format="csr")
    written = Program(
        objective=np.append(program.objective[kept], free),
        matrix=csr_array(vstack([first, *(matrix for matrix, _ in rows)])),
        upper=np.append(
            program.upper, np.zeros(sum(len(equal) for _, equal in rows), np.int64)
        ),
        equal=np.concatenate([program.equal, *(equal for _, equal in rows)]),
        bound=np.concatenate(
            [bound[kept], *(np.full(len(f.start), len(f.alike.opens)) for f in flows)]
        ),
    )
    return CountedBins(written, len(program.objective), kept, tuple(flows))


def _classes(program: Program) -> Iterator[Alike]:
    """Classes of two alike bins or more, no column in two of them.

    Whatever goes in has a row that lets it be in one bin only: alike columns stand in
    the same rows but for the bins', so they share it.
    """
    columns = csc_array(program.matrix)
    once = np.zeros(len(program.objective), np.bool_)
    once[program.matrix[rows_of_one(program)].indices] = True
    bins: dict[tuple[object, ...], list[Knapsack]] = defaultdict(list)
    for sack in find_knapsacks(program):
        if sack.opens != ALWAYS_OPEN and once[sack.item].all():
            opens = told(program, columns, sack.opens, sack.row)
            bins[sack.capacity, len(sack.item), opens].append(sack)
    seen = np.zeros(len(program.objective), np.bool_)
    for sacks in bins.values():
        for alike in _of_same_items(program, columns, sacks):
            mine = np.append(alike.opens, alike.item)
            if not seen[mine].any():
                seen[mine] = True
                yield alike


def _of_same_items(
    program: Program, columns: csc_array, sacks: list[Knapsack]
) -> Iterator[Alike]:
    """Of bins that are alike themselves, those into which the same may go."""
    found: dict[tuple[object, ...], list[tuple[Knapsack, IntArray]]] = defaultdict(list)
    for sack in sacks:
        items = [
            (int(size), *told(program, columns, int(item), sack.row))
            for item, size in zip(sack.item, sack.size, strict=True)
        ]
        order = sorted(range(len(items)), key=items.__getitem__)
        key = tuple(items[k] for k in order)
        found[key].append((sack, np.array(order)))
    for alike in found.values():
        if len(alike) > 1:
            sack, places = alike[0]
            yield Alike(
                opens=np.array([other.opens for other, _ in alike]),
                item=np.array([other.item[at] for other, at in alike]),
                size=sack.size[places],
                capacity=sack.capacity,
            )


def _arcs(alike: Alike) -> tuple[IntArray, IntArray]:
    """Start and size of every arc: from each level reached so far, larger ones first.

    A bin has its items in this order, so no other arcs are needed. Whoever asks for too
    many is told no more than that they are.
    """
    reached = {0}
    arcs: list[tuple[int, int]] = []
    for size, many in sorted(Counter(alike.size.tolist()).items(), reverse=True):
        starts = {
            at + k * size
            for at in reached
            for k in range(many)
            if at + (k + 1) * size <= alike.capacity
        }
        arcs += [(at, size) for at in sorted(starts)]
        if len(arcs) > MOST_ARCS:
            break
        reached |= {at + size for at in starts}
    both = np.array(arcs, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _flow_rows(flow: Flow, width: int) -> tuple[csr_array, NDArray[np.bool_]]:
    """Rows of a class: as many arcs of a size as items, no more out of a level than in.

    Out of level 0 go as many as there are bins open.
    """
    alike = flow.alike
    sizes = np.unique(alike.size)
    levels = np.union1d([0], flow.start)
    out = len(sizes) + np.searchsorted(levels, flow.start)
    end = flow.start + flow.size
    goes_on = np.isin(end, levels)
    into = len(sizes) + np.searchsorted(levels, end[goes_on])
    ones = np.ones(len(flow.start), np.int64)
    parts = [
        (np.searchsorted(sizes, flow.size), flow.column, ones),
        (
            np.searchsorted(sizes, alike.size),
            flow.x,
            -np.ones(len(alike.size), np.int64),
        ),
        (out, flow.column, ones),
        (into, flow.column[goes_on], -ones[goes_on]),
        ([len(sizes)], [flow.y], [-1]),
    ]
    row, column, value = (np.concatenate(part) for part in zip(*parts, strict=True))
    shape = (len(sizes) + len(levels), width)
    return (
        csr_array((value, (row, column)), shape=shape),
        np.arange(shape[0]) < len(sizes),
    )
