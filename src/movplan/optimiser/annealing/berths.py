"""Berths: in which vehicle of a convoy a unit rides.

The rows of ``vehicle_load`` add up the places of all vehicles; no family is split over
two. So whoever rides a convoy of several vehicles has a slot more, whose options are
the vehicles, each with rows of its own (a *bin* row per row of the convoy). Escorts are
not put into bins: the convoy's rows count them, and finishing seats them.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from movplan.formulation.model import Model
from movplan.formulation.ragged import (
    expand,
    number_segments,
    pointers,
    under,
    unique_rows,
)
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.compact import Compact

PACKED = "vehicle_load"


@dataclass(frozen=True, slots=True)
class Berths:
    """``plant`` columns but idle escorts, every vehicle of its own, and ``upper``.

    ``supplies`` [plant x bins] is what vehicles give (negative), ``asks`` [pairs x
    slots] who needs a berth, ``uses`` [options x bins] what its options take; options
    of slot s are ``ptr[s] .. ptr[s + 1]``. ``row`` [bins] is the row of the convoy that
    a bin has a vehicle's share of.
    """

    plant: IntArray
    upper: IntArray
    supplies: csr_array
    asks: csr_array
    uses: csr_array
    ptr: IntArray
    row: IntArray

    @classmethod
    def of(cls, compact: Compact) -> "Berths":
        """Find the berths of a model."""
        model = compact.model
        names = model.rows.names
        rows = np.flatnonzero([name.rule == PACKED for name in names])
        subjects = [names[row].subject for row in rows.tolist()]
        convoy = np.unique(subjects, return_inverse=True)[1]
        gives = csr_array(-model.plant.matrix[:, rows])
        gives.data = np.maximum(gives.data, 0)
        gives.eliminate_zeros()
        plant, upper, vehicle = _each_by_itself(model, gives, convoy)
        capacity = csr_array(gives[plant[vehicle]])
        bins = int(capacity.nnz)
        asks, load, of = _loads(compact, rows, convoy, capacity)
        uses, ptr = _options(load, of, capacity, convoy)
        gives_bin = np.repeat(vehicle, np.diff(capacity.indptr))
        room = np.negative(capacity.data, dtype=np.int64)
        entries = (room, (gives_bin, np.arange(bins)))
        supplies = csr_array(entries, shape=(len(plant), bins))
        row = rows[capacity.indices]
        return cls(plant, upper, supplies, asks, uses, ptr, row)


def _each_by_itself(
    model: Model, gives: csr_array, convoy: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Plant columns with their upper, vehicles one by one, and which these are.

    A convoy of one vehicle needs no bins: its rows are that vehicle's.
    """
    kinds = np.array([name.kind for name in model.plant.names])
    plant = np.flatnonzero(kinds != "idle")
    owner = np.full(len(model.plant), -1, np.int64)
    coo = gives.tocoo()
    owner[coo.row] = convoy[coo.col]
    hired = np.flatnonzero(owner >= 0)
    count = np.bincount(owner[hired], model.plant.upper[hired])
    several = np.zeros(len(model.plant), np.bool_)
    several[hired] = count[owner[hired]] > 1
    times = np.where(several[plant], model.plant.upper[plant], 1)
    each = np.repeat(plant, times)
    upper = np.where(several[each], 1, model.plant.upper[each])
    return each, upper, np.flatnonzero(several[each])


def _loads(
    compact: Compact, rows: IntArray, convoy: IntArray, capacity: csr_array
) -> tuple[csr_array, csr_array, IntArray]:
    """Slots of pairs, what a unit in each takes [slots x rows], and whose slots."""
    journeys = len(compact.model.pairs)
    packed = np.zeros(len(rows), np.bool_)
    packed[np.isin(convoy, convoy[np.unique(capacity.indices)])] = True
    uses = csr_array(compact.matrix[:journeys][:, rows]).tocoo()
    mine = packed[uses.col] & (uses.data > 0)
    pair, row, amount = uses.row[mine], uses.col[mine], uses.data[mine]
    order = np.lexsort((row, convoy[row], pair))
    pair, row, amount = pair[order], row[order], amount[order]
    groups, number = unique_rows(pair.astype(np.int64), convoy[row])
    ptr = pointers(np.bincount(number, minlength=len(groups)))
    load = unique_rows(row.astype(np.int64), amount)[1]
    slot = number_segments(load, ptr)
    count = int(slot.max(initial=-1)) + 1
    ones = np.ones(len(groups), np.int64)
    asks = csr_array((ones, (groups[:, 0], slot)), shape=(journeys, count))
    first = np.zeros(count, np.int64)
    first[slot] = np.arange(len(slot))
    owner, at = under(ptr, first)
    loads = csr_array((amount[at], (owner, row[at])), shape=(count, len(rows)))
    return asks, loads, groups[first, 1]


def _options(
    load: csr_array, convoy_of: IntArray, capacity: csr_array, convoy: IntArray
) -> tuple[csr_array, IntArray]:
    """Every vehicle of the convoy that has room for a slot's load."""
    if not capacity.nnz:
        nothing = csr_array((0, 0), dtype=np.int64)
        return nothing, np.zeros(load.shape[0] + 1, np.int64)
    mine = convoy[capacity.indices[capacity.indptr[:-1]]]
    order = np.argsort(mine, kind="stable")
    ends = np.searchsorted(mine[order], [convoy_of, convoy_of + 1])
    slot, at = expand(ends[0], ends[1] - ends[0])
    vehicle = order[at]
    option, entry = under(load.indptr.astype(np.int64), slot)
    row, amount = load.indices[entry], load.data[entry]
    position = csr_array(
        (np.arange(1, capacity.nnz + 1), capacity.indices, capacity.indptr),
        shape=capacity.shape,
    )
    bins = np.asarray(position[vehicle[option], row]).ravel() - 1
    room = np.append(capacity.data, 0)[bins]
    fits = np.bincount(option, amount > room, minlength=len(slot)) == 0
    kept = np.cumsum(fits) - 1
    good = fits[option]
    entries = (amount[good], (kept[option[good]], bins[good]))
    shape = (int(fits.sum()), capacity.nnz)
    uses = csr_array(entries, shape=shape, dtype=np.int64)
    return uses, pointers(np.bincount(slot[fits], minlength=load.shape[0]))
