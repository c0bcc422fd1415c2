"""Items from the compact model, at some prices."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from movplan.formulation.ragged import segment_min
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.annealing.berths import Berths
from movplan.optimiser.annealing.items import Items
from movplan.optimiser.annealing.sparse import (
    ends,
    listed,
    padded,
    padded_left,
    plain,
    positive,
    summed,
    where,
)
from movplan.optimiser.annealing.ways import Ways
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.cuts import Cuts
from movplan.optimiser.master import Held
from movplan.optimiser.pricing import Multipliers

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
        self._ridden = np.append(np.arange(len(room)), self.berths.row)
        self._room = np.append(room, np.zeros(bins, np.int64))
        x, y, z, plant = np.split(
            np.arange(self.compact.starts[-1]), self.compact.starts[1:-1]
        )
        self._x, self._y, self._z = (padded(self._uses[k], bins) for k in (x, y, z))
        vehicles = self._uses[plant][self.berths.plant]
        self._plant = csr_array(hstack([vehicles, self.berths.supplies], format="csr"))
        slots, charges = _asks(pool)
        journeys = len(x)
        self._slots = csr_array(
            hstack([slots[:journeys], self.berths.asks], format="csr")
        )
        self._x_charges, self._y_charges = charges[:journeys], charges[journeys:]

    def stock(self, ways: Ways, cuts: Cuts, at: Multipliers) -> Stock:
        """All items of some ways, options and choices in order of price."""
        option, choice = self._in_order_of(at)
        rows = self._rows(ways, option, choice)
        matrix, first = plain(vstack(rows, format="csr")), ends(rows)
        slots, charges = self._asked(ways, option)
        worth = self._each(self.compact.values[self.held.level], ways, option, choice)
        price = self._each(self._compact_price(cuts, at), ways, option, choice)
        riders = self._riders(ways, rows[0], slots, charges)
        supplies = csr_array(matrix[first[3] :].T)
        compact, berths = self.compact, self.berths
        items = Items(
            ptr=matrix.indptr.astype(np.int64),
            row=matrix.indices.astype(np.int64),
            amount=matrix.data,
            worth=worth,
            price=price,
            way_ptr=self._way_ptr(ways),
            **listed("slot", slots),
            **listed("charge", charges),
            option_ptr=first[0]
            + np.append(compact.y.ptr[:-1], len(option) + berths.ptr),
            choice_ptr=first[2] + compact.z.ptr,
            first_berth=len(compact.y.ptr) - 1,
            first_plant=int(first[3]),
            upper=berths.upper,
            **where("supplier", supplies, supplies.data < 0),
            **where("holder", supplies, supplies.data > 0),
            ridden=self._ridden,
            **where("rider", riders, riders.data > 0),
            penalty=self._penalty(matrix[: first[3]], worth),
        )
        known = np.append(option, np.full(berths.uses.shape[0], -1))
        return Stock(items, ways, known, choice, berths.plant, self._room)

    def _row_price(self, at: Multipliers) -> NDArray[np.float64]:
        """Price of every row of the model; tied rows are kept by the ways of blocs."""
        return np.where(self.pool.blocs.tied, 0.0, at.row)

    def _compact_price(self, cuts: Cuts, at: Multipliers) -> NDArray[np.float64]:
        """What every compact column uses is worth: rows, cuts and levels held."""
        compact, model = self.compact, self.pool.model
        row = self._row_price(at)
        price: NDArray[np.float64] = compact.matrix[:, : len(row)] @ row
        for weight, value in zip(
            at.level[: self.held.level], compact.values, strict=False
        ):
            price -= weight * value
        price[: len(model.pairs)] += cuts.pair_price(at.cut)
        price[compact.starts[3] :] -= cuts.plant_price(at.cut)
        return price

    def _in_order_of(self, at: Multipliers) -> tuple[IntArray, IntArray]:
        """Entries of y and z, those of a class the cheapest first."""
        compact = self.compact
        row_price = self._row_price(at)
        price = np.zeros(len(self._room))
        price[: len(row_price)] = np.maximum(row_price, 0.0)
        paid = self._z @ price
        cheapest = segment_min(paid, compact.z.ptr)
        asked = self._y @ price + self._y_charges @ cheapest
        return np.lexsort((asked, compact.y.of)), np.lexsort((paid, compact.z.of))

    def _rows(self, ways: Ways, option: IntArray, choice: IntArray) -> list[csr_array]:
        """What ways, options, berths, choices and plant use."""
        berth = padded_left(self.berths.uses, len(self._room))
        taken, paid = self._y[option], self._z[choice]
        return [csr_array(ways.rides @ self._x), taken, berth, paid, self._plant]

    def _asked(self, ways: Ways, option: IntArray) -> tuple[csr_array, csr_array]:
        """Slots that ways ask for; charges that ways and options do, berths none."""
        shape = (self.berths.uses.shape[0], self._y_charges.shape[1])
        none = csr_array(shape, dtype=np.int64)
        asked = [ways.rides @ self._x_charges, self._y_charges[option], none]
        slots = csr_array(ways.rides @ self._slots)
        return slots, csr_array(vstack(asked, format="csr"))

    def _each(
        self, column: NDArray[Any], ways: Ways, option: IntArray, choice: IntArray
    ) -> NDArray[Any]:
        """A figure of every compact column, item by item; berths have none."""
        x, y, z, plant = np.split(column, self.compact.starts[1:-1])
        berth = np.zeros(self.berths.uses.shape[0], column.dtype)
        rides = ways.rides @ x
        return np.concatenate(
            [rides, y[option], berth, z[choice], plant[self.berths.plant]]
        )

    def _way_ptr(self, ways: Ways) -> IntArray:
        """Where the ways of every bloc begin, and the last one ends."""
        return np.searchsorted(ways.bloc, np.arange(self.pool.blocs.count + 1))

    def _riders(
        self, ways: Ways, rows: csr_array, slots: csr_array, charges: csr_array
    ) -> csr_array:
        """Where blocs may use rows: [rows x blocs], more than 0; bins left out."""
        compact, ptr = self.compact, self._way_ptr(ways)
        pays = summed(compact.z.ptr) @ positive(self._z)
        own = positive(self._y) + positive(self._y_charges) @ pays
        takes = summed(compact.y.ptr) @ own
        asked = summed(ptr) @ positive(slots[:, : takes.shape[0]])
        charged = summed(ptr) @ positive(charges[: len(ways.bloc)])
        used = summed(ptr) @ positive(rows) + asked @ takes + charged @ pays
        return csr_array(used.T)

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
        asked = positive(self._plant).sum(axis=0) > 0
        each = np.where(asked, each, HELD_PENALTY * each)
        filled = np.where((fills > 0) & (used == 0), np.maximum(each, 1.0), 0.0)
        return np.rint(filled).astype(np.int64)


def _uses(pool: BlocPool, held: Held) -> tuple[csr_array, IntArray]:
    """What compact columns use of every row and held level, and what there is of it.

    Tied rows are kept by the ways of blocs, and rosters counted by who is out.
    """
    model, compact = pool.model, pool.compact
    looked_at = ~(pool.blocs.tied | model.rows.equal)
    found = csr_array(compact.matrix[:, : len(model.rows)])
    found = csr_array(found.multiply(looked_at.astype(np.int64)))
    mission, row, there = pool.blocs.rosters.out()
    entries = (np.ones(len(row), np.int64), (compact.starts[3] + mission, row))
    out = csr_array(entries, shape=found.shape)
    levels = csr_array(-compact.values[: held.level].T)
    room = np.where(looked_at, model.rows.rhs, 0)
    room[pool.blocs.rosters.rows] = there
    kept = -np.array(held.values, np.int64)
    uses = csr_array(hstack([found + out, levels], format="csr"))
    return uses, np.concatenate([room, kept])


def _asks(pool: BlocPool) -> tuple[csr_array, csr_array]:
    """Slots and charges that x and y ask for: [x and y entries x classes]."""
    compact, model = pool.compact, pool.model
    first = len(model.rows) + len(model.units)
    asks = csr_array(-compact.matrix[: compact.starts[2], first:])
    slots = len(compact.alike.slot_of)
    return csr_array(asks[:, :slots]), csr_array(asks[:, slots:])
