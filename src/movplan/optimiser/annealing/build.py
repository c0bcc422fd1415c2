"""Items from the compact model, at some prices."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from movplan.formulation.ragged import pointers, segment_min
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.annealing.berths import Berths
from movplan.optimiser.annealing.items import Items
from movplan.optimiser.annealing.ways import Ways
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.master import Held

# What it costs to break a row that no plant asks to be filled (a level held, a minimum
# of persons), against what it takes to fill it: doing without plant does not mend it.
HELD_PENALTY = 1_000


@dataclass(frozen=True, slots=True)
class Stock:
    """The items of a walk, and what they stand for.

    ``option`` and ``choice`` are the entries of y and z (``compact.py``) of the items
    from ``first_option`` and ``first_choice`` on, -1 for berths; ``plant`` the plant
    columns from ``items.first_plant`` on. ``room`` [rows] is what there is of each.
    """

    items: Items
    ways: Ways
    option: IntArray
    choice: IntArray
    plant: IntArray
    room: IntArray

    @property
    def first_option(self) -> int:
        """The first item that is an option."""
        return len(self.ways.bloc)

    @property
    def first_choice(self) -> int:
        """The first item that is a choice."""
        return self.first_option + len(self.option)


class Stocker:
    """Makes items of a pool's compact model for a level, at any prices.

    Rows are those of the model, then those of levels held, then the bins of vehicles.
    ``_uses`` [columns x rows] is what compact columns use of them.
    """

    def __init__(self, pool: BlocPool, held: Held) -> None:
        self.pool, self.held, self.compact = pool, held, pool.compact
        self.berths = Berths.of(self.compact)
        self._uses, room = _uses(pool, held)
        bins = self.berths.supplies.shape[1]
        self._room = np.append(room, np.zeros(bins, np.int64))
        x, y, z, plant = np.split(
            np.arange(self.compact.starts[-1]), self.compact.starts[1:-1]
        )
        self._x, self._y, self._z = (_padded(self._uses[k], bins) for k in (x, y, z))
        vehicles = self._uses[plant][self.berths.plant]
        self._plant = csr_array(hstack([vehicles, self.berths.supplies], format="csr"))
        slots, charges = _asks(pool)
        journeys = len(x)
        self._slots = csr_array(
            hstack([slots[:journeys], self.berths.asks], format="csr")
        )
        self._x_charges, self._y_charges = charges[:journeys], charges[journeys:]

    def stock(self, ways: Ways, row_price: NDArray[np.float64]) -> Stock:
        """All items of some ways, options and choices in order of price."""
        compact, berths = self.compact, self.berths
        price = np.zeros(len(self._room))
        price[: len(row_price)] = np.maximum(row_price, 0.0)
        paid = self._z @ price
        choice = np.lexsort((paid, compact.z.of))
        cheapest = segment_min(paid, compact.z.ptr)
        option = np.lexsort(
            (self._y @ price + self._y_charges @ cheapest, compact.y.of)
        )
        berth = _padded_left(berths.uses, len(self._room))
        rows = [
            ways.rides @ self._x,
            self._y[option],
            berth,
            self._z[choice],
            self._plant,
        ]
        matrix = _plain(vstack(rows, format="csr"))
        slots = csr_array(ways.rides @ self._slots)
        none = csr_array((berth.shape[0], self._y_charges.shape[1]), dtype=np.int64)
        asked = [ways.rides @ self._x_charges, self._y_charges[option], none]
        charges = csr_array(vstack(asked, format="csr"))
        values = np.split(compact.values[self.held.level], compact.starts[1:-1])
        worth = [
            ways.rides @ values[0],
            values[1][option],
            np.zeros(berth.shape[0], np.int64),
            values[2][choice],
            values[3][berths.plant],
        ]
        first = np.cumsum([row.shape[0] for row in rows])
        supplies = csr_array(matrix[first[3] :].T)
        riders = self._riders(ways, matrix[: first[0]], slots, charges)
        blocs = self.pool.blocs.count
        way_ptr = np.searchsorted(ways.bloc, np.arange(blocs + 1))
        fillers = csr_array(_summed(way_ptr) @ _positive(-matrix[: first[0]])).T.tocsr()
        options = np.append(compact.y.ptr[:-1], len(option) + berths.ptr)
        items = Items(
            ptr=matrix.indptr.astype(np.int64),
            row=matrix.indices.astype(np.int64),
            amount=matrix.data,
            worth=np.concatenate(worth),
            way_ptr=way_ptr,
            **_listed("slot", slots),
            **_listed("charge", charges),
            option_ptr=first[0] + options,
            choice_ptr=first[2] + compact.z.ptr,
            first_berth=len(compact.y.ptr) - 1,
            first_plant=int(first[3]),
            upper=berths.upper,
            **_where("supplier", supplies, supplies.data < 0),
            **_where("holder", supplies, supplies.data > 0),
            **_where("rider", riders, riders.data > 0),
            **_where("filler", fillers, fillers.data > 0),
            penalty=self._penalty(matrix[: first[3]], np.concatenate(worth)),
        )
        known = np.append(option, np.full(berth.shape[0], -1))
        return Stock(items, ways, known, choice, berths.plant, self._room)

    def _riders(
        self, ways: Ways, rows: csr_array, slots: csr_array, charges: csr_array
    ) -> csr_array:
        """Where blocs may use rows: [rows x blocs], more than 0."""
        compact, berths = self.compact, self.berths
        pays = _summed(compact.z.ptr) @ _positive(self._z)
        own = _positive(self._y) + _positive(self._y_charges) @ pays
        rides = _positive(_padded_left(berths.uses, len(self._room)))
        takes = vstack([_summed(compact.y.ptr) @ own, _summed(berths.ptr) @ rides])
        used = _positive(rows) + _positive(slots) @ takes
        used = used + _positive(charges[: len(ways.bloc)]) @ pays
        ptr = np.searchsorted(ways.bloc, np.arange(self.pool.blocs.count + 1))
        return csr_array((_summed(ptr) @ used).T)

    def _penalty(self, rows: csr_array, worth: IntArray) -> IntArray:
        """What a unit broken costs of rows that families fill and none uses.

        That is what those are worth who fill it, per unit.
        """
        coo, width = rows.tocoo(), rows.shape[1]
        fills = np.bincount(coo.col, np.maximum(-coo.data, 0), minlength=width)
        used = np.bincount(coo.col, np.maximum(coo.data, 0), minlength=width)
        mine = coo.data < 0
        value = np.abs(worth[coo.row[mine]]).astype(np.float64)
        valued = np.bincount(coo.col[mine], value, minlength=width)
        each = np.maximum(valued, 1) / np.maximum(fills, 1)
        asked = _positive(self._plant).sum(axis=0) > 0
        each = np.where(asked, each, HELD_PENALTY * each)
        filled = np.where((fills > 0) & (used == 0), np.maximum(each, 1.0), 0.0)
        return np.rint(filled).astype(np.int64)


def _uses(pool: BlocPool, held: Held) -> tuple[csr_array, IntArray]:
    """What compact columns use of every row and held level, and what there is of it.

    Tied rows are kept by the ways of blocs, and rosters counted by who is out.
    """
    model, compact = pool.model, pool.compact
    looked_at = ~(pool.blocs.tied | model.rows.equal)
    plain = csr_array(compact.matrix[:, : len(model.rows)])
    plain = csr_array(plain.multiply(looked_at.astype(np.int64)))
    mission, row, there = pool.blocs.rosters.out()
    entries = (np.ones(len(row), np.int64), (compact.starts[3] + mission, row))
    out = csr_array(entries, shape=plain.shape)
    levels = csr_array(-compact.values[: held.level].T)
    room = np.where(looked_at, model.rows.rhs, 0)
    room[pool.blocs.rosters.rows] = there
    kept = -np.array(held.values, np.int64)
    uses = csr_array(hstack([plain + out, levels], format="csr"))
    return uses, np.concatenate([room, kept])


def _asks(pool: BlocPool) -> tuple[csr_array, csr_array]:
    """Slots and charges that x and y ask for: [x and y entries x classes]."""
    compact, model = pool.compact, pool.model
    first = len(model.rows) + len(model.units)
    asks = csr_array(-compact.matrix[: compact.starts[2], first:])
    slots = len(compact.alike.slot_of)
    return csr_array(asks[:, :slots]), csr_array(asks[:, slots:])


def _padded(matrix: csr_array, more: int) -> csr_array:
    """With so many empty columns more."""
    shape = (matrix.shape[0], matrix.shape[1] + more)
    return csr_array((matrix.data, matrix.indices, matrix.indptr), shape=shape)


def _padded_left(matrix: csr_array, width: int) -> csr_array:
    """The last columns of a wider matrix."""
    at = matrix.indices + (width - matrix.shape[1])
    shape = (matrix.shape[0], width)
    return csr_array((matrix.data, at, matrix.indptr), shape=shape)


def _plain(matrix: csr_array) -> csr_array:
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix


def _positive(matrix: csr_array) -> csr_array:
    """1 where a matrix is positive."""
    plain = csr_array(matrix, copy=True)
    plain.data = (plain.data > 0).astype(np.float64)
    plain.eliminate_zeros()
    return plain


def _summed(ptr: IntArray) -> csr_array:
    """The sum over every segment: [segments x elements]."""
    count = int(ptr[-1])
    ones = np.ones(count)
    return csr_array((ones, np.arange(count), ptr), shape=(len(ptr) - 1, count))


def _listed(name: str, counts: csr_array) -> dict[str, IntArray]:
    """Rows of counts as ragged lists, each column as often as it counts."""
    counts = _plain(counts)
    owner = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    times = counts.data.astype(np.int64)
    sizes = np.bincount(np.repeat(owner, times), minlength=counts.shape[0])
    listed = np.repeat(counts.indices, times).astype(np.int64)
    return {f"{name}_ptr": pointers(sizes), name: listed}


def _where(
    name: str, matrix: csr_array, mask: NDArray[np.bool_]
) -> dict[str, IntArray]:
    """Columns of the entries chosen, row by row."""
    owner = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    sizes = np.bincount(owner[mask], minlength=matrix.shape[0])
    return {f"{name}_ptr": pointers(sizes), name: matrix.indices[mask].astype(np.int64)}
