"""Pattern cuts: what fits into a flight, a vehicle or a place is whole families.

A row ``sum size_p x_p <= capacity`` over families of whole sizes allows only patterns,
the whole counts per size that fit. For any values alpha >= 0 per size

    sum_p alpha(size_p) x_p <= sum_v beta_v y_v,
    beta_v = max { alpha n : size n <= capacity_v, n <= how many there are }

holds for every plan: a flight runs once, and a family rides in one vehicle. The alphas
that cut deepest are found by a small LP over the patterns seen so far; the betas are
recomputed in whole numbers by dynamic programming, so a cut is valid whatever the LP
said.
"""

from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.best_pattern import best_pattern, best_values
from movplan.optimiser.cuts import Cuts, no_cuts

LARGEST_CAPACITY = 60
MOST_SIZES = 24
VIOLATION = 1e-3
LP_ROUNDS = 30
LARGEST_ALPHA = 60


@dataclass(slots=True)
class Knapsack:
    """A row as items and bins: sizes of pairs and plant items, capacities of bins.

    ``bin_column`` is the plant column that opens a bin, -1 for one that is always open;
    ``most`` [sizes] is how many items of a size there are at all.
    """

    row: int
    pair: IntArray
    pair_size: IntArray
    item: IntArray
    item_size: IntArray
    bin_column: IntArray
    capacity: IntArray
    sizes: IntArray
    most: IntArray
    patterns: list[tuple[int, IntArray]] = field(default_factory=list)

    def use(
        self, pair_use: NDArray[np.float64], plant_use: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Items used per size."""
        at = np.searchsorted(self.sizes, self.pair_size)
        used = np.bincount(at, pair_use[self.pair], minlength=len(self.sizes))
        at = np.searchsorted(self.sizes, self.item_size)
        used = used + np.bincount(at, plant_use[self.item], minlength=len(self.sizes))
        return np.asarray(used, np.float64)

    def open(self, plant_use: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bins open per kind; the one without a column (-1) is always open."""
        return np.append(plant_use, 1.0)[self.bin_column]


def find_knapsacks(model: Model) -> list[Knapsack]:
    """Every row of the model that is a knapsack of whole sizes."""
    needs = csc_array(model.templates.resources[model.pairs.template])
    plant = csc_array(model.plant.matrix)
    found = (_knapsack(model, needs, plant, row) for row in range(len(model.rows)))
    return [knapsack for knapsack in found if knapsack is not None]


def _knapsack(
    model: Model, needs: csc_array, plant: csc_array, row: int
) -> Knapsack | None:
    at = slice(needs.indptr[row], needs.indptr[row + 1])
    pair, size = needs.indices[at].astype(np.int64), needs.data[at]
    at = slice(plant.indptr[row], plant.indptr[row + 1])
    column, value = plant.indices[at].astype(np.int64), plant.data[at]
    rhs = int(model.rows.rhs[row])
    opens = value < 0
    if model.rows.equal[row] or len(pair) < 2 or size.min() < 0:
        return None
    packed = model.rows.names[row].rule == "vehicle_load"
    once = opens.sum() == 1 and model.plant.upper[column[opens]].max() <= 1
    if opens.any() and (rhs != 0 or not (packed or once)):
        return None
    capacity = -value[opens] if opens.any() else np.array([rhs])
    sizes = np.unique(np.concatenate([size, value[~opens]]))
    if capacity.max() > LARGEST_CAPACITY or len(sizes) > MOST_SIZES:
        return None
    return Knapsack(
        row=row,
        pair=pair,
        pair_size=size,
        item=column[~opens],
        item_size=value[~opens],
        bin_column=column[opens] if opens.any() else np.array([-1]),
        capacity=capacity,
        sizes=sizes,
        most=_how_many(model, sizes, (pair, size), (column[~opens], value[~opens])),
    )


def _how_many(
    model: Model,
    sizes: IntArray,
    pairs: tuple[IntArray, IntArray],
    items: tuple[IntArray, IntArray],
) -> IntArray:
    """Units and plant that may be of every size; each given with its own size."""
    at = np.searchsorted(sizes, pairs[1])
    unit = np.unique(at * len(model.units) + model.pairs.unit[pairs[0]])
    most = np.bincount(unit // len(model.units), minlength=len(sizes))
    np.add.at(most, np.searchsorted(sizes, items[1]), model.plant.upper[items[0]])
    return most


class PatternMaker:
    """Separates pattern cuts from LP solutions."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.knapsacks = find_knapsacks(model)

    def violated(
        self, pair_use: NDArray[np.float64], plant_use: NDArray[np.float64]
    ) -> Cuts:
        """Cuts the solution breaks, at most one per knapsack."""
        cuts = no_cuts(self.model)
        rows = []
        for knapsack in self.knapsacks:
            used = knapsack.use(pair_use, plant_use)
            opened = knapsack.open(plant_use)
            if _may_be_cut(knapsack, used, opened):
                alpha = _deepest(knapsack, used, opened)
                if alpha is not None:
                    rows.append((knapsack, *_whole(knapsack, alpha, used)))
        return self._cuts(cuts, rows, pair_use, plant_use)

    def _cuts(
        self,
        none: Cuts,
        rows: list[tuple[Knapsack, IntArray, IntArray]],
        pair_use: NDArray[np.float64],
        plant_use: NDArray[np.float64],
    ) -> Cuts:
        if not rows:
            return none
        model = self.model
        pairs = csr_array((len(rows), len(model.pairs)), dtype=np.int64).tolil()
        plant = csr_array((len(rows), len(model.plant)), dtype=np.int64).tolil()
        rhs = np.zeros(len(rows), np.int64)
        for k, (sack, alpha, beta) in enumerate(rows):
            value = alpha[np.searchsorted(sack.sizes, sack.pair_size)]
            pairs[k, sack.pair] = value
            if len(sack.item):
                plant[k, sack.item] = -alpha[
                    np.searchsorted(sack.sizes, sack.item_size)
                ]
            if sack.bin_column[0] < 0:
                rhs[k] = beta[0]
            else:
                plant[k, sack.bin_column] = beta
        cuts = Cuts(pairs=csr_array(pairs), plant=csr_array(plant), rhs=rhs)
        cuts.pairs.eliminate_zeros()
        cuts.plant.eliminate_zeros()
        depth = cuts.excess(pair_use, plant_use)
        top = np.array([max(1, int(alpha.max())) for _, alpha, _ in rows])
        return cuts.take(np.flatnonzero(depth > VIOLATION * top))


def _may_be_cut(
    sack: Knapsack, used: NDArray[np.float64], opened: NDArray[np.float64]
) -> bool:
    """Whether the row is nearly full, or an item does not fit every bin."""
    if not used.any():
        return False
    full = float(sack.capacity @ opened)
    load = float(sack.sizes @ used)
    odd = float(np.abs(used - np.rint(used)).max()) > 1e-6
    odd = odd or float(np.abs(opened - np.rint(opened)).max()) > 1e-6
    return odd and load > 0.7 * full


def _deepest(
    sack: Knapsack, used: NDArray[np.float64], opened: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Alphas of the deepest cut: max alpha used, sum_v beta_v open_v = 1."""
    live = np.flatnonzero(used > 1e-9)
    weight = np.maximum(opened, 1e-6)
    highs = _pattern_lp(sack, used, weight, live)
    for _ in range(LP_ROUNDS):
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        x = np.array(highs.getSolution().col_value)
        if -highs.getInfo().objective_function_value < 1 + VIOLATION:
            return None
        alpha = np.zeros(len(sack.sizes))
        alpha[live] = x[: len(live)]
        if not _add_patterns(highs, sack, alpha, x[len(live) :], live):
            return alpha
    return None


def _pattern_lp(
    sack: Knapsack,
    used: NDArray[np.float64],
    weight: NDArray[np.float64],
    live: IntArray,
) -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003
    highs.setOptionValue("presolve", "off")
    bins = len(sack.capacity)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(live) + bins, 1
    lp.col_cost_ = np.concatenate([-used[live], np.zeros(bins)])
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.full(lp.num_col_, highspy.kHighsInf)
    lp.row_lower_ = lp.row_upper_ = np.ones(1)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array([0, bins], np.int32)
    lp.a_matrix_.index_ = np.arange(len(live), len(live) + bins, dtype=np.int32)
    lp.a_matrix_.value_ = weight
    highs.passModel(lp)
    for size in live:
        for v, capacity in enumerate(sack.capacity):
            if sack.sizes[size] and capacity // sack.sizes[size]:
                pattern = np.zeros(len(sack.sizes), np.int64)
                pattern[size] = min(capacity // sack.sizes[size], sack.most[size])
                _add_row(highs, pattern[live], len(live) + v)
    for v, pattern in sack.patterns:
        _add_row(highs, pattern[live], len(live) + v)
    return highs


def _add_row(highs: highspy.Highs, counts: IntArray, beta: int) -> None:
    """Alpha counts - beta_v <= 0."""
    index = np.flatnonzero(counts)
    highs.addRow(
        -highspy.kHighsInf,
        0.0,
        len(index) + 1,
        np.append(index, beta).astype(np.int32),
        np.append(counts[index], -1).astype(np.float64),
    )


def _add_patterns(
    highs: highspy.Highs,
    sack: Knapsack,
    alpha: NDArray[np.float64],
    beta: NDArray[np.float64],
    live: IntArray,
) -> bool:
    """Add the pattern worth most per bin where it beats beta; says whether any did."""
    found = False
    for v, capacity in enumerate(sack.capacity.tolist()):
        best, pattern = best_pattern(sack.sizes, alpha, sack.most, capacity)
        if best > beta[v] + 1e-7:
            sack.patterns.append((v, pattern))
            _add_row(highs, pattern[live], len(live) + v)
            found = True
    return found


def _whole(
    sack: Knapsack, alpha: NDArray[np.float64], used: NDArray[np.float64]
) -> tuple[IntArray, IntArray]:
    """Whole alphas near the given ones, lifted for sizes nobody uses; exact betas."""
    whole = _rationalise(alpha)
    order = np.flatnonzero((used <= 1e-9) & (sack.sizes > 0))
    for k in order[::-1]:
        whole[k] = _lift(sack, whole, int(k))
    beta = [
        int(best_values(sack.sizes, whole, sack.most, int(c))[-1])
        for c in sack.capacity
    ]
    return whole, np.array(beta, np.int64)


def _rationalise(alpha: NDArray[np.float64]) -> IntArray:
    """The smallest whole multiple that is nearly proportional."""
    top = float(alpha.max())
    for multiple in range(1, LARGEST_ALPHA + 1):
        scaled = alpha * (multiple / top)
        whole = np.rint(scaled)
        if np.abs(scaled - whole).max() < 1e-5:
            return whole.astype(np.int64)
    return np.floor(alpha * (LARGEST_ALPHA / top) + 1e-6).astype(np.int64)


def _lift(sack: Knapsack, alpha: IntArray, k: int) -> int:
    """The largest alpha for size k that raises no beta."""
    size, lifted = int(sack.sizes[k]), None
    for capacity in sack.capacity.tolist():
        best = best_values(sack.sizes, alpha, sack.most, capacity)
        for count in range(1, min(capacity // size, int(sack.most[k])) + 1):
            room = int(best[capacity] - best[capacity - count * size]) // count
            lifted = room if lifted is None else min(lifted, room)
    return 0 if lifted is None else max(0, lifted)
