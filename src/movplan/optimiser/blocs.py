"""Blocs: units that travel all or none, priced as one.

Outbound and return of a family, and families that travel together, are tied by equality
rows (``round_trip``, ``travels_with``). Those rows make the LP weak and whole-number
search hard, so a bloc is decided as one: per part it rides one set of departures, and
on that set every unit takes its best pair. A bloc is worth

    max(0, sum_parts max_sets sum_units max_pairs value),

which keeps every tied row by construction, so those rows need no price.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from movplan.domain.words import Part
from movplan.formulation.model import Model
from movplan.formulation.ragged import segment_argmin, under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.least_use import LeastUse, least, total
from movplan.optimiser.plant_index import PlantIndex
from movplan.optimiser.pricing import Pricing
from movplan.optimiser.rosters import Rosters

Values = NDArray[Any]
TIES = frozenset({"round_trip", "travels_with"})


@dataclass(frozen=True, slots=True)
class BlocValues:
    """Best values of entries (unit on a set), sets, parts, and blocs."""

    entry: Values
    cell: Values
    part: Values
    bloc: Values


class Blocs:
    """The blocs of a model, as nested segments: blocs > parts > sets > units > pairs.

    ``pair`` holds the live pairs; ``entry_ptr``, ``cell_ptr``, ``part_ptr`` and
    ``bloc_ptr`` point from each layer into the one below; ``ids`` are the blocs alive.
    """

    def __init__(self, model: Model) -> None:
        names = model.rows.names
        self.tied = np.array([name.rule in TIES for name in names], np.bool_)
        self.of_unit = _bloc_of_unit(model, self.tied)
        self.count = int(self.of_unit.max(initial=-1)) + 1
        self.of_pair = self.of_unit[model.pairs.unit]
        self.rosters = Rosters(model)
        self.plant = PlantIndex(model)
        self._model = model
        self._build(model)

    @cached_property
    def pricing(self) -> Pricing:
        """Prices the model's pairs; what is the same is found when first asked."""
        return Pricing(self._model)

    def _build(self, model: Model) -> None:
        unit = model.pairs.unit
        returning = np.array([p is Part.RETURN for p in model.units.parts], np.int64)
        rides = _ride_sets(model)
        part = self.of_unit * 2 + returning
        live = np.lexsort((np.arange(len(unit)), unit, rides, part[unit]))
        live = _complete_cells(live, part, unit, rides)
        live = _fitting_cells(model, live, part[unit[live]], unit[live], rides[live])
        live = _complete_blocs(live, self.of_unit, part, unit)
        self.pair = live
        key = np.stack([part[unit[live]] // 2, part[unit[live]], rides[live]])
        new_bloc = _changes(key[0])
        new_part = new_bloc | _changes(key[1])
        new_cell = new_part | _changes(key[2])
        new_entry = new_cell | _changes(unit[live])
        self.entry_ptr = _starts(new_entry, len(live))
        self.cell_ptr = _starts(new_cell[new_entry], len(self.entry_ptr) - 1)
        self.part_ptr = _starts(new_part[new_cell], len(self.cell_ptr) - 1)
        self.bloc_ptr = _starts(new_bloc[new_part], len(self.part_ptr) - 1)
        self.ids = key[0][new_bloc]

    def values(self, pair_value: Values) -> BlocValues:
        """Best values layer by layer."""
        if not len(self.pair):
            none = pair_value[:0]
            return BlocValues(none, none, none, none)
        entry = np.maximum.reduceat(pair_value[self.pair], self.entry_ptr[:-1])
        cell = np.add.reduceat(entry, self.cell_ptr[:-1])
        part = np.maximum.reduceat(cell, self.part_ptr[:-1])
        bloc = np.add.reduceat(part, self.bloc_ptr[:-1])
        return BlocValues(entry, cell, part, bloc)

    def best(self, pair_value: Values) -> Values:
        """Worth of every bloc, at least 0 (staying is always possible)."""
        best = np.zeros(self.count, pair_value.dtype)
        best[self.ids] = np.maximum(self.values(pair_value).bloc, 0)
        return best

    def loss(self, pair_value: Values) -> tuple[IntArray, Values]:
        """Live pairs, and what a bloc loses if it has to use each."""
        found = self.values(pair_value)
        entry = np.repeat(np.arange(len(found.entry)), np.diff(self.entry_ptr))
        cell = np.repeat(np.arange(len(found.cell)), np.diff(self.cell_ptr))[entry]
        part = np.repeat(np.arange(len(found.part)), np.diff(self.part_ptr))[cell]
        bloc = np.repeat(np.arange(len(found.bloc)), np.diff(self.bloc_ptr))[part]
        within = (found.part[part] - found.cell[cell]) + (
            found.entry[entry] - pair_value[self.pair]
        )
        loss: Values = np.maximum(-found.bloc, 0)[bloc] + within
        return self.pair, loss

    def choose(self, pair_value: Values, count: int) -> list["Chosen"]:
        """The ``count`` best ways of every bloc: part by part its k-th best set."""
        if not len(self.pair):
            return []
        found = self.values(pair_value)
        sizes = np.diff(self.part_ptr)
        part_of = np.repeat(np.arange(len(sizes)), sizes)
        order = np.lexsort((-found.cell, part_of))
        best_pair = self.pair[segment_argmin(-pair_value[self.pair], self.entry_ptr)]
        most = np.maximum.reduceat(sizes, self.bloc_ptr[:-1])
        chosen = []
        for k in range(count):
            cell = order[self.part_ptr[:-1] + np.minimum(k, sizes - 1)]
            worth = np.add.reduceat(found.cell[cell], self.bloc_ptr[:-1])
            chosen.append(
                Chosen(self, np.flatnonzero(most > k), cell, worth, best_pair)
            )
        return chosen


@dataclass(frozen=True, slots=True)
class Chosen:
    """One way per bloc: ``position`` in ``Blocs.ids``, the set of each part, worth."""

    blocs: Blocs
    position: IntArray
    cell: IntArray
    worth: Values
    best_pair: IntArray

    def pairs(self, position: IntArray) -> tuple[IntArray, IntArray]:
        """(index into ``position``, pair) of everything these blocs ride."""
        owner, part = under(self.blocs.bloc_ptr, position)
        at, entry = under(self.blocs.cell_ptr, self.cell[part])
        return owner[at], self.best_pair[entry]


def _bloc_of_unit(model: Model, tied: NDArray[np.bool_]) -> IntArray:
    """Connected components of units that share a tied row."""
    journeys = model.templates.resources[model.pairs.template].tocsc()
    touched = coo_array(journeys[:, np.flatnonzero(tied)])
    size = (len(model.units), int(tied.sum()))
    unit = model.pairs.unit[touched.row]
    incidence = csr_array((np.ones(len(unit), np.int64), (unit, touched.col)), size)
    _, label = connected_components(incidence @ incidence.T, directed=False)
    return np.asarray(label, np.int64)


def _ride_sets(model: Model) -> IntArray:
    """Number of the set of departures every pair rides."""
    sets: dict[bytes, int] = {}
    itineraries, first, inverse = np.unique(
        model.pairs.itinerary, return_index=True, return_inverse=True
    )
    of_itinerary = np.zeros(len(itineraries), np.int64)
    indptr, indices = model.pair_departures.indptr, model.pair_departures.indices
    for k, pair in enumerate(first.tolist()):
        ridden = np.sort(indices[indptr[pair] : indptr[pair + 1]]).astype(np.int64)
        of_itinerary[k] = sets.setdefault(ridden.tobytes(), len(sets))
    return of_itinerary[inverse]


def _complete_cells(
    live: IntArray, part: IntArray, unit: IntArray, rides: IntArray
) -> IntArray:
    """Pairs on sets that every unit of the bloc's part can ride."""
    needed = np.bincount(part)
    group = part[unit[live]]
    new_cell = _changes(group) | _changes(rides[live])
    new_entry = new_cell | _changes(unit[live])
    cell = np.cumsum(new_cell) - 1
    have = np.bincount(cell[new_entry]) if len(live) else np.zeros(0, np.int64)
    complete: IntArray = live[have[cell] == needed[group]]
    return complete


def _fitting_cells(
    model: Model, live: IntArray, part: IntArray, unit: IntArray, rides: IntArray
) -> IntArray:
    """Pairs on sets that the bloc's part fits on; a unit by itself was screened."""
    new_cell = _changes(part) | _changes(rides)
    new_entry = new_cell | _changes(unit)
    cell = np.cumsum(new_cell) - 1
    together = np.bincount(cell[new_entry])[cell] > 1 if len(live) else new_cell
    if not together.any():
        return live
    least_use = LeastUse(model)
    entry = _starts(new_entry[together], int(together.sum()))
    units = least(least_use.of_pairs(live[together]), entry)
    sets = total(units, _starts(new_cell[together & new_entry], len(entry) - 1))
    full = np.unique(cell[together])[least_use.exceeds(sets)]
    fitting: IntArray = live[~np.isin(cell, full)]
    return fitting


def _complete_blocs(
    live: IntArray, bloc: IntArray, part: IntArray, unit: IntArray
) -> IntArray:
    """Pairs of blocs all of whose parts can travel."""
    asked = np.bincount(np.unique(part) // 2, minlength=int(bloc.max(initial=0)) + 1)
    there = np.unique(part[unit[live]]) // 2
    have = np.bincount(there, minlength=len(asked))
    complete: IntArray = live[(have == asked)[bloc[unit[live]]]]
    return complete


def _changes(key: IntArray) -> NDArray[np.bool_]:
    """Where a sorted key begins anew."""
    new = np.ones(len(key), np.bool_)
    new[1:] = key[1:] != key[:-1]
    return new


def _starts(new: NDArray[np.bool_], count: int) -> IntArray:
    return np.append(np.flatnonzero(new), count)
