"""The Lagrangian of a level at any prices of rows, over the compact model.

    L(price) = price rhs + sum blocs max(0, best reduced value)
               + sum plant max(0, upper x reduced value)

and what the best ways use of every row: rhs less that use is a subgradient. Choosing is
done once per class: the cheapest payer, with these the cheapest appointment, with these
the best pair. Ten thousand families take 0.09 s.
Floats are good enough here: what prices prove is evaluated in integers (``bound.py``).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from movplan.formulation.ragged import segment_argmin
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.master import Held, level_scale, row_scale
from movplan.optimiser.pricing import Multipliers

FloatArray = NDArray[np.float64]
WORTH = 1e-9


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The Lagrangian's value, what is used of every row, and of pairs and plant."""

    value: float
    use: FloatArray
    pairs: FloatArray
    plant: FloatArray


class Lagrangian:
    """Rows of the model, then a row per held level: -value <= -held.

    ``rhs``, ``equal``, ``scale`` and ``moving`` [rows and levels]: rows that are not
    moving have no price of their own, being tied, or rosters, whose best prices follow
    from the others (``rosters.py``).
    """

    def __init__(self, pool: BlocPool, held: Held) -> None:
        model, compact, k = pool.model, pool.compact, held.level
        self.model, self.blocs, self.level = model, pool.blocs, k
        self._compact, self._cuts = compact, no_cuts(model)
        self._values = compact.values[k].astype(np.float64)
        rows, units = len(model.rows), len(model.units)
        levels = csr_array(-compact.values[:k].T)
        matrix = hstack([compact.matrix[:, :rows], levels], format="csr")
        matrix.eliminate_zeros()
        self._matrix = _in_floats(matrix)
        asks = -compact.matrix[: compact.starts[3], rows + units :]
        slots = len(compact.alike.slot_of)
        self._slots = _in_floats(asks[: compact.starts[1], :slots])
        self._charges = _in_floats(asks[: compact.starts[2], slots:])
        kept = -np.array(held.values, np.int64)
        self.rhs = np.concatenate([model.rows.rhs, kept]).astype(np.float64)
        self.equal = np.concatenate([model.rows.equal, np.zeros(k, np.bool_)])
        scales = [level_scale(model, j) for j in range(k)]
        self.scale = np.concatenate([row_scale(model), scales])
        self.moving = np.ones(len(self.rhs), np.bool_)
        self.moving[:rows] = ~pool.blocs.tied
        self.moving[pool.blocs.rosters.rows] = False
        kinds = np.array([name.kind for name in model.plant.names])
        self._rostered = np.isin(kinds, ["mission", "idle"])

    def multipliers(self, price: FloatArray) -> Multipliers:
        """Prices as multipliers of rows and levels, rosters at their best."""
        rows = len(self.model.rows)
        level = np.zeros(len(self.model.levels))
        level[: self.level] = price[rows:]
        level[self.level] = 1.0
        row = np.where(self.moving[:rows], price[:rows], 0.0)
        at = Multipliers(row=row, cut=np.zeros(0), level=level)
        return self.blocs.rosters.settle(self._cuts, at)

    def evaluate(self, price: FloatArray) -> Evaluated:
        """The Lagrangian at some prices."""
        at, compact = self.multipliers(price), self._compact
        settled = np.concatenate([at.row, at.level[: self.level]])
        reduced = self._values - self._matrix @ settled
        x, y, z, plant = np.split(reduced, compact.starts[1:-1])
        payer = segment_argmin(-z, compact.z.ptr)
        y = y + self._charges[len(x) :] @ z[payer]
        option = segment_argmin(-y, compact.y.ptr)
        x = x + self._charges[: len(x)] @ z[payer] + self._slots @ y[option]
        worth, pairs = self._best_ways(x)
        used = np.zeros(len(reduced))
        used[pairs] = 1.0
        y0, z0, plant0 = compact.starts[1:-1]
        used[y0 + option] = self._slots.T @ used[:y0]
        used[z0 + payer] = self._charges.T @ used[:z0]
        upper = self.model.plant.upper
        sent = self.blocs.rosters.sent(at, plant)
        run = np.where(plant > WORTH, upper, 0)
        used[plant0:] = np.where(self._rostered, sent, run)
        opened = float(upper @ np.where(self._rostered, 0.0, np.maximum(plant, 0.0)))
        return Evaluated(
            value=worth + opened + float(settled @ self.rhs),
            use=np.asarray(self._matrix.T @ used),
            pairs=used[:y0],
            plant=used[plant0:],
        )

    def _best_ways(self, pair_value: FloatArray) -> tuple[float, NDArray[np.int64]]:
        """What blocs are worth together, and the pairs that those worth it ride."""
        chosen = self.blocs.choose(pair_value, 1)
        if not chosen:
            return 0.0, np.zeros(0, np.int64)
        good = chosen[0].worth > 0
        pairs = chosen[0].pairs(chosen[0].position[good])[1]
        return float(chosen[0].worth[good].sum()), pairs


def _in_floats(matrix: csr_array) -> csr_array:
    """The same matrix for products with prices: whole numbers are cast every time."""
    return csr_array(matrix.astype(np.float64))
