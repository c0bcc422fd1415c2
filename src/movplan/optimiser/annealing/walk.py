"""A walk from a solution: items at the prices known, a position, the best of it."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from movplan.formulation.ragged import pointers, segment_min
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.annealing.anneal import (
    anneal,
    board,
    embark,
    keep_only,
    restore_rows,
)
from movplan.optimiser.annealing.build import Stock
from movplan.optimiser.annealing.items import Items, Position, Trail
from movplan.optimiser.annealing.sparse import positive
from movplan.optimiser.annealing.ways import Ways
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.counted_parts import Basis
from movplan.optimiser.hand_out import hand_out
from movplan.optimiser.solution import Solution, settle_idle
from movplan.optimiser.use import Use

# Blocs and plant a step may touch, and rows it may still have to look at.
MOST_BLOCS, MOST_PLANT, MOST_ROWS = 96, 96, 4096
# A way that is used; what is added to the use of plant before it is rounded down.
LEAST_USE, ROUNDED_UP = 1e-4, (0.3, 0.7)
# Less than any solution is worth.
NOTHING = np.iinfo(np.int64).min


def ways_of(pool: BlocPool, solution: Solution) -> Ways:
    """The way of every bloc that travels."""
    used = solution.used()
    pair = pool.pool.columns.pair[used]
    bloc, owner = np.unique(
        pool.blocs.of_unit[pool.model.pairs.unit[pair]], return_inverse=True
    )
    entries = (np.ones(len(pair), np.int64), (owner, pair))
    return Ways(bloc, csr_array(entries, shape=(len(bloc), len(pool.model.pairs))))


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk that has begun: ``at`` where it stands, ``best`` the best it came by."""

    stock: Stock
    basis: Basis
    at: Position
    best: Position
    trail: Trail
    changed: Trail

    @classmethod
    def from_solution(cls, stock: Stock, basis: Basis) -> "Walk":
        """Begin where a solution is; its ways are among those of the stock."""
        return cls._from(stock, basis, _position(stock, basis))

    @classmethod
    def from_use(
        cls,
        stock: Stock,
        basis: Basis,
        use: Use,
        kept: IntArray,
        rng: np.random.Generator,
    ) -> "Walk":
        """Begin where rounding leads: its plant, and the ways it uses most.

        Blocs that are ``kept`` do what they do in the basis.
        """
        items, ways, at = stock.items, stock.ways, _position(stock, basis)
        stays = np.zeros(len(at.number), np.int64)
        stays[kept] = 1
        keep_only(items, at, stays)
        rounded = np.floor(use.plant + rng.uniform(*ROUNDED_UP, len(use.plant)))
        wanted = _each_plant(stock, rounded.astype(np.int64))
        pairs = ways.rides.indptr.astype(np.int64)
        used = segment_min(use.pairs[ways.rides.indices], pairs)
        way = np.flatnonzero(used > LEAST_USE)
        way = way[np.argsort(-used[way] * rng.random(len(way)))]
        embark(items, at, wanted, ways.bloc[way], way, int(rng.integers(1 << 31)))
        return cls._from(stock, basis, at)

    @classmethod
    def _from(cls, stock: Stock, basis: Basis, at: Position) -> "Walk":
        blocs, most = at.has.shape
        trail = trail_of(MOST_BLOCS, most, blocs)
        best = at.copy()
        if at.broken[0] > 0:
            best.value[0] = NOTHING
        return cls(stock, basis, at, best, trail, trail_of(blocs, 0, blocs))

    def run(
        self, *, seed: int, steps: int, heat: float, share: float, thrift: float = 0.0
    ) -> None:
        """Walk on for so many steps."""
        places = self.at, self.best, self.trail, self.changed
        anneal(self.stock.items, *places, seed, steps, heat, share, thrift)

    def repaired(self, seed: int = 0) -> Position:
        """Where it stands with nothing broken, if that is better than the best."""
        at = self.at.copy()
        blocs, most = at.has.shape
        everything = trail_of(blocs, most, blocs, plant=MOST_PLANT + len(at.plant))
        whole = restore_rows(self.stock.items, at, everything, seed)
        return at if whole and at.value[0] > self.best.value[0] else self.best

    def solution(self, of: Position) -> Solution:
        """A position as a solution."""
        compact, pool = self.basis.compact, self.basis.pool
        counts = self._counts(of)
        found = hand_out(
            compact, pool.pool, self.basis.solution, self.basis.taken, counts
        )
        return Solution(found.column, found.plant)

    def _counts(self, of: Position) -> IntArray:
        stock, compact = self.stock, self.basis.compact
        x, y, z, plant = np.split(
            np.zeros(compact.starts[-1], np.int64), compact.starts[1:-1]
        )
        has, count = of.has, of.number
        item = has[np.arange(has.shape[1]) < count[:, None]]
        times = np.bincount(item, minlength=stock.items.first_plant)
        first, second = stock.first_option, stock.first_choice
        x += stock.ways.rides.T @ times[:first]
        known = stock.option >= 0
        y[stock.option[known]] = times[first:second][known]
        z[stock.choice] = times[second:]
        np.add.at(plant, stock.plant, of.plant)
        plant = settle_idle(self.basis.pool.model, plant)
        return np.concatenate([x, y, z, plant])


def _position(stock: Stock, basis: Basis) -> Position:
    """The position of a solution, less plant that levels held forbid.

    What is owed to a minimum is: families have to fill it again.
    """
    items, pool = stock.items, basis.pool
    bloc, item = _items_of(stock, basis)
    order = np.lexsort((item, bloc))
    bloc, item = bloc[order], item[order]
    count = np.bincount(bloc, minlength=pool.blocs.count)
    has = np.zeros((pool.blocs.count, _most_items(items)), np.int64)
    has[bloc, np.arange(len(bloc)) - pointers(count)[bloc]] = item
    plant = _each_plant(stock, basis.solution.plant)
    times = np.bincount(item, minlength=len(items.worth))
    times[items.first_plant :] = plant
    uses = csr_array(
        (items.amount, items.row, items.ptr), shape=(len(items.worth), len(stock.room))
    )
    left = stock.room - uses.T @ times
    of_plant, over = uses[items.first_plant :], (items.penalty == 0) & (left < 0)
    forbidden = np.unique(positive(of_plant[:, over]).nonzero()[0])
    left += of_plant[forbidden].T @ plant[forbidden]
    times[items.first_plant + forbidden] = plant[forbidden] = 0
    broken = items.penalty @ np.maximum(-left, 0)
    at = Position(
        has=has,
        number=count,
        left=left,
        plant=plant,
        value=np.array([items.worth @ times]),
        spent=np.array([items.price @ times]),
        broken=np.array([broken]),
    )
    board(items, at, np.argsort(-_persons(basis), kind="stable"))
    return at


def _each_plant(stock: Stock, plant_use: IntArray) -> IntArray:
    """How often every plant item is used: of vehicles alike the first so many."""
    used, plant = plant_use[stock.plant], stock.plant
    first = np.searchsorted(plant, plant)
    rank = np.arange(len(plant)) - first
    return np.clip(used - rank, 0, stock.items.upper)


def _persons(basis: Basis) -> IntArray:
    """Persons of every bloc."""
    units, blocs = basis.pool.model.units, basis.pool.blocs
    return np.bincount(blocs.of_unit, units.persons, minlength=blocs.count)


def _items_of(stock: Stock, basis: Basis) -> tuple[IntArray, IntArray]:
    """(bloc, item) of everything a solution's travellers have; ways come first."""
    pool, taken = basis.pool, basis.taken
    of = pool.blocs.of_unit[pool.model.pairs.unit[taken.pair]]
    own = ways_of(pool, basis.solution)
    way = stock.ways.find(own)
    known = np.flatnonzero(stock.option >= 0)
    option = np.argsort(stock.option[known])[taken.y] + stock.first_option
    choice = np.argsort(stock.choice)[taken.z] + stock.first_choice
    return (
        np.concatenate([own.bloc, of[taken.slot_of], of[taken.charge_of]]),
        np.concatenate([way, option, choice]),
    )


def _most_items(items: Items) -> int:
    """No bloc has more items than this."""
    ways = int(items.way_ptr[-1])
    slots = np.diff(items.slot_ptr)
    charges = np.diff(items.charge_ptr)
    most = int(charges[ways:].max(initial=0))
    asked = 1 + slots * (1 + most) + charges[:ways]
    return int(asked.max(initial=1))


def trail_of(blocs: int, most: int, everybody: int, plant: int = MOST_PLANT) -> Trail:
    """A trail with room for so many blocs of ``most`` items each, of all there are."""
    return Trail(
        size=np.zeros(4, np.int64),
        bloc=np.zeros(blocs, np.int64),
        number=np.zeros(blocs, np.int64),
        has=np.zeros((blocs, most), np.int64),
        plant=np.zeros(plant, np.int64),
        change=np.zeros(plant, np.int64),
        row=np.zeros(MOST_ROWS, np.int64),
        mark=np.zeros(everybody, np.int64),
    )
