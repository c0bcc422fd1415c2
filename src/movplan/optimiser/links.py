"""Links: a unit is served only if what serves it is there. Added when cut off.

A *service* is a departure that somebody must run or hire vehicles for, or an escort
cover row that shared missions fill. Link (u, s): sum of u's columns that use s <= sum
of the plant columns that provide s. Implied for whole numbers; in the LP they forbid a
third of a nurse for a whole patient and a tenth of a charter for a family.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from movplan.formulation.model import Model
from movplan.formulation.ragged import expand
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.cuts import Cuts


class LinkMaker:
    """Knows which plant columns provide each service, and builds links on demand."""

    def __init__(self, model: Model) -> None:
        self.model = model
        used, self.provided = _services(model)
        self.width = used.shape[1]
        coo = used.tocoo()
        key = model.pairs.unit[coo.row] * self.width + coo.col
        order = np.argsort(key, kind="stable")
        self._pair, self._key = coo.row[order].astype(np.int64), key[order]

    def make(self, keys: IntArray) -> Cuts:
        """Links for keys ``unit * services + service``."""
        first = np.searchsorted(self._key, keys, side="left")
        last = np.searchsorted(self._key, keys, side="right")
        owner, position = expand(first, last - first)
        pair = self._pair[position]
        shape = (len(keys), len(self.model.pairs))
        ones = np.ones(len(pair), np.int64)
        return Cuts(
            pairs=csr_array((ones, (owner, pair)), shape=shape),
            plant=csr_array(self.provided[keys % self.width]),
            rhs=np.zeros(len(keys), np.int64),
        )

    def violated(
        self, pair_use: NDArray[np.float64], plant_use: NDArray[np.float64]
    ) -> IntArray:
        """Keys of links an LP solution breaks by over a thousandth, worst first."""
        if not len(self._key):
            return np.zeros(0, np.int64)
        keys, start = np.unique(self._key, return_index=True)
        used = np.add.reduceat(pair_use[self._pair], start)
        allowed = self.provided @ plant_use
        excess = used - allowed[keys % self.width]
        broken = np.flatnonzero(excess > 1e-3)
        worst: IntArray = keys[broken[np.argsort(-excess[broken], kind="stable")]]
        return worst


def _services(model: Model) -> tuple[csr_array, csr_array]:
    """Who uses and who provides every service: [pairs x s], [s x plant], both 0/1."""
    runs = _running_columns(model)
    linkable = np.flatnonzero(np.diff(runs.indptr))
    covers = np.array(
        [
            k
            for k, name in enumerate(model.rows.names)
            if name.rule == "escort_cover" and "/shared/" in name.detail
        ],
        np.int64,
    )
    needs = model.templates.resources[model.pairs.template].tocsc()[:, covers]
    fills = model.plant.matrix.tocsc()[:, covers].T
    rides = model.pair_departures.tocsc()[:, linkable]
    used = csr_array(hstack([rides, needs.astype(np.bool_)], format="csr"))
    filled = csr_array(abs(fills)).sign()
    provided = vstack([runs[linkable], filled], format="csr")
    return used, csr_array(provided, dtype=np.int64)


def _running_columns(model: Model) -> csr_array:
    """Plant columns that sum to at least 1 if anybody rides: [departures x plant]."""
    index = {departure: k for k, departure in enumerate(model.departure_ids)}
    row, column = [], []
    for k, name in enumerate(model.plant.names):
        hires = name.kind == "hire" and name.subject not in model.run_column
        if name.kind == "run" or hires:
            row.append(index[name.subject])
            column.append(k)
    shape = (len(index), len(model.plant))
    return csr_array((np.ones(len(row), np.int64), (row, column)), shape=shape)
