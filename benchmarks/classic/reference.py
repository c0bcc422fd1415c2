"""The optimum of a classic instance by HiGHS, from a model of its own.

Nothing of movplan stands behind these models: they are written from the instances.
Bin packing is written as flow over fill levels (an arc per size and level, a loss arc
to every capacity), which has no twins among bins.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import singledispatch

import highspy
import numpy as np

from benchmarks.classic.facility import FacilityLocation
from benchmarks.classic.knapsack import Knapsacks
from benchmarks.classic.packing import BinPacking

LIMIT_S = 600.0


@dataclass(slots=True)
class Mip:
    """Columns 0 <= x <= upper, whole, and rows lower <= a x <= upper; minimised."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[float, dict[int, float], float]] = field(default_factory=list)

    def column(self, cost: float, upper: float = 1) -> int:
        """A new whole column."""
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.cost) - 1

    def row(self, lower: float, terms: dict[int, float], upper: float) -> None:
        """A new row."""
        self.rows.append((lower, terms, upper))

    def optimum(self) -> int | None:
        """The least cost, ``None`` if it is not proved in time."""
        highs = highspy.Highs()
        for name, value in {
            "output_flag": False,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.5,
            "threads": 1,
            "time_limit": LIMIT_S,
        }.items():
            highs.setOptionValue(name, value)
        highs.passModel(self._lp())
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        x = np.rint(np.array(highs.getSolution().col_value))
        return round(float(np.array(self.cost) @ x))

    def _lp(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.rows)
        lp.col_cost_ = np.array(self.cost)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(self.cost)), np.array(self.upper)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self.cost)
        lp.row_lower_ = np.array([row[0] for row in self.rows])
        lp.row_upper_ = np.array([row[2] for row in self.rows])
        lengths = [len(terms) for _, terms, _ in self.rows]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)])
        lp.a_matrix_.index_ = np.array([k for _, t, _ in self.rows for k in t])
        lp.a_matrix_.value_ = np.array([v for _, t, _ in self.rows for v in t.values()])
        return lp


@singledispatch
def optimum(instance: object) -> int | None:
    """The classic optimum; ``None`` if HiGHS does not prove it in time."""
    raise TypeError(f"no model of {type(instance).__name__}")


@optimum.register
def _facility(instance: FacilityLocation) -> int | None:
    mip = Mip()
    opened = [mip.column(f.opening) for f in instance.facilities]
    load: list[dict[int, float]] = [{} for _ in opened]
    for customer, prices in zip(instance.customers, instance.service, strict=True):
        served = [mip.column(price) for price in prices]
        mip.row(1, dict.fromkeys(served, 1.0), 1)
        for j, x in enumerate(served):
            mip.row(-highspy.kHighsInf, {x: 1, opened[j]: -1}, 0)
            load[j][x] = customer.demand
    for y, used, facility in zip(opened, load, instance.facilities, strict=True):
        mip.row(-highspy.kHighsInf, {**used, y: -facility.capacity}, 0)
    return mip.optimum()


@optimum.register
def _knapsacks(instance: Knapsacks) -> int | None:
    mip = Mip()
    load: list[dict[int, float]] = [{} for _ in instance.capacities]
    for item in instance.items:
        packed = {sack: mip.column(-item.profit) for sack in item.allowed}
        mip.row(0, dict.fromkeys(packed.values(), 1.0), 1)
        for sack, x in packed.items():
            load[sack][x] = item.weight
    for used, capacity in zip(load, instance.capacities, strict=True):
        mip.row(0, used, capacity)
    least = mip.optimum()
    return None if least is None else -least


@optimum.register
def _packing(instance: BinPacking) -> int | None:
    """A bin is a path from 0 by items, largest first, then to its capacity."""
    mip = Mip()
    balance: dict[int, dict[int, float]] = defaultdict(dict)
    largest = max(kind.capacity for kind in instance.types)
    reached = {0}
    for size, count in sorted(Counter(instance.items).items(), reverse=True):
        arcs = _arcs(mip, balance, reached, size, count, largest)
        mip.row(count, dict.fromkeys(arcs, 1.0), count)
    for kind in instance.types:
        bins = mip.column(kind.price, kind.count)
        balance[0][bins] = 1.0
        losses = [mip.column(0, kind.count) for at in reached if at <= kind.capacity]
        for at, loss in zip(
            [at for at in reached if at <= kind.capacity], losses, strict=True
        ):
            balance[at][loss] = -1.0
        mip.row(0, {**dict.fromkeys(losses, 1.0), bins: -1.0}, 0)
    for terms in balance.values():
        mip.row(0, terms, 0)
    return mip.optimum()


def _arcs(
    mip: Mip,
    balance: dict[int, dict[int, float]],
    reached: set[int],
    size: int,
    count: int,
    largest: int,
) -> list[int]:
    """Arcs of one size from all levels reached so far, up to ``count`` in a row."""
    arcs = []
    starts = {
        at + k * size
        for at in reached
        for k in range(count)
        if at + (k + 1) * size <= largest
    }
    for at in sorted(starts):
        arc = mip.column(0, count)
        balance[at][arc] = -1.0
        balance[at + size][arc] = 1.0
        arcs.append(arc)
        reached.add(at + size)
    return arcs
