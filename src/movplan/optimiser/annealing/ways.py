"""The ways of every bloc: the sets of departures it may ride, part by part.

On a set that several units ride together, every unit takes its best pair; a unit by
itself has a way per pair. A bloc that goes and comes back has its best ways of either,
each with each.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from movplan.formulation.ragged import expand, pointers, segment_argmin, segment_sum
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.blocs import Blocs

# Ways of a bloc that only goes; of each part of one that comes back as well.
MOST_WAYS, MOST_EACH = 100, 10


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways with their ``bloc``, sorted by it, best first; ``rides`` [ways x pairs]."""

    bloc: IntArray
    rides: csr_array

    def find(self, others: "Ways") -> IntArray:
        """Which of these every other way is; how many these are, if none of them."""
        size = np.diff(others.rides.indptr)
        shared = csr_array(self.rides @ others.rides.T).tocoo()
        pairs = np.diff(self.rides.indptr)[shared.row]
        same = (shared.data == size[shared.col]) & (shared.data == pairs)
        same &= self.bloc[shared.row] == others.bloc[shared.col]
        found = np.full(len(others.bloc), len(self.bloc))
        np.minimum.at(found, shared.col[same], shared.row[same])
        return found


def find_ways(
    blocs: Blocs, pair_value: NDArray[np.float64], own: "Ways | None" = None
) -> Ways:
    """The best ways at some value of pairs, and those of ``own`` as well."""
    part, value, rides = _one_way(blocs, pair_value)
    count = len(blocs.part_ptr) - 1
    parts = np.diff(blocs.bloc_ptr)
    several = np.repeat(parts > 1, parts)
    order = np.lexsort((-value, part))
    ptr = pointers(np.bincount(part, minlength=count))
    rank = np.arange(len(order)) - ptr[part[order]]
    order = order[rank < np.where(several, MOST_EACH, MOST_WAYS)[part[order]]]
    part, value, rides = part[order], value[order], csr_array(rides[order])
    ptr = pointers(np.bincount(part, minlength=count))
    bloc_of_part = np.repeat(blocs.ids, parts)
    alone = np.flatnonzero(~several[part])
    ways = [Ways(bloc_of_part[part[alone]], csr_array(rides[alone]))]
    worth = [value[alone]]
    goes = blocs.bloc_ptr[:-1][parts > 1]
    there = np.flatnonzero(np.isin(part, goes))
    back = part[there] + 1
    of, returns = expand(ptr[back], ptr[back + 1] - ptr[back])
    both = csr_array(rides[there[of]] + rides[returns])
    ways.append(Ways(bloc_of_part[part[there[of]]], both))
    worth.append(value[there[of]] + value[returns])
    if own is not None:
        ways.append(own)
        worth.append(own.rides @ pair_value)
    return _sorted(ways, np.concatenate(worth))


def _sorted(ways: list[Ways], worth: NDArray[np.float64]) -> Ways:
    bloc = np.concatenate([each.bloc for each in ways])
    rides = csr_array(vstack([each.rides for each in ways], format="csr"))
    order = np.lexsort((-worth, bloc))
    return Ways(bloc[order], csr_array(rides[order]))


def _one_way(
    blocs: Blocs, pair_value: NDArray[np.float64]
) -> tuple[IntArray, NDArray[np.float64], csr_array]:
    """Ways of every part: the part, what it is worth, and its pairs."""
    units = np.diff(blocs.cell_ptr)
    part_of_cell = np.repeat(
        np.arange(len(blocs.part_ptr) - 1), np.diff(blocs.part_ptr)
    )
    cell_of_entry = np.repeat(np.arange(len(units)), units)
    best = blocs.pair[segment_argmin(-pair_value[blocs.pair], blocs.entry_ptr)]
    alone = units[cell_of_entry] == 1
    single = np.flatnonzero(alone)
    of, at = expand(blocs.entry_ptr[single], np.diff(blocs.entry_ptr)[single])
    pair = blocs.pair[at]
    part = part_of_cell[cell_of_entry[single[of]]]
    together = np.flatnonzero(units > 1)
    owner, entry = expand(blocs.cell_ptr[together], units[together])
    row = np.concatenate([np.arange(len(pair)), len(pair) + owner])
    ridden = np.concatenate([pair, best[entry]])
    size = (len(pair) + len(together), len(pair_value))
    rides = csr_array((np.ones(len(row), np.int64), (row, ridden)), shape=size)
    shared = segment_sum(pair_value[best[entry]], pointers(units[together]))
    return (
        np.concatenate([part, part_of_cell[together]]),
        np.concatenate([pair_value[pair], shared]),
        rides,
    )
