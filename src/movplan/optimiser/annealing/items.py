"""What a walk chooses from, in flat arrays a compiled loop can read.

Everything that uses rows is an **item**: the ways of blocs, then the options of slots,
the choices of charges, the plant. A bloc that travels has a way, and an option or
choice for all that asks for. Ways, options and choices stand in the order of what they
lose at the prices they were built with, so the first is the best in most cases.

Rosters are counted otherwise than in the model: a mission uses an escort of its pool
from the balance it leaves to the one it is back for, and no more may be out than there
are. That is the same (idle escorts are what is left), and needs no equalities.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.rowbook import IntArray


class Items(NamedTuple):
    """Items and who may use what.

    Item i uses ``amount[ptr[i] ..]`` of ``row[ptr[i] ..]`` and is worth ``worth[i]``;
    what it uses is worth ``price[i]`` at the bound's prices.
    Ways of bloc b are the items ``way_ptr[b] ..``; item i (a way or an option) asks for
    the slots ``slot[slot_ptr[i] ..]`` and charges ``charge[charge_ptr[i] ..]``; options
    of slot s are the items ``option_ptr[s] ..``, choices of charge c
    ``choice_ptr[c] ..``; slots from ``first_berth`` on are berths. Plant column p is
    the item ``first_plant + p``, at most ``upper[p]`` times.

    Of row r, plant ``supplier[supplier_ptr[r] ..]`` gives more, plant
    ``holder[holder_ptr[r] ..]`` uses some, and so may the blocs
    ``rider[rider_ptr[q] ..]`` with q = ``ridden[r]``: whoever may ride a convoy may be
    in any of its vehicles. Rows that families only fill (a departure's minimum, a
    level held) may be broken on the way at ``penalty[r]`` a unit; others (penalty 0)
    never.
    """

    ptr: IntArray
    row: IntArray
    amount: IntArray
    worth: IntArray
    price: NDArray[np.float64]
    way_ptr: IntArray
    slot_ptr: IntArray
    slot: IntArray
    charge_ptr: IntArray
    charge: IntArray
    option_ptr: IntArray
    choice_ptr: IntArray
    first_berth: int
    first_plant: int
    upper: IntArray
    supplier_ptr: IntArray
    supplier: IntArray
    holder_ptr: IntArray
    holder: IntArray
    ridden: IntArray
    rider_ptr: IntArray
    rider: IntArray
    penalty: IntArray


class Position(NamedTuple):
    """Where a walk stands.

    Bloc b has the items ``has[b, : number[b]]``, its way first; none if it stays.
    ``left`` [rows] is what is left, ``plant`` [plant] how often each is used,
    ``value`` [1] the worth of all items, ``spent`` [1] their prices, ``broken`` [1] the
    penalties due.
    """

    has: IntArray
    number: IntArray
    left: IntArray
    plant: IntArray
    value: IntArray
    spent: NDArray[np.float64]
    broken: IntArray

    def copy(self) -> "Position":
        """A position that changes by itself."""
        copies: dict[str, Any] = {n: v.copy() for n, v in self._asdict().items()}
        return Position(**copies)


class Trail(NamedTuple):
    """What a step changed, so that it can be undone; and what changed since the best.

    ``size`` holds how many blocs were touched, how many changes of plant were made,
    how many rows are still to be looked at, and which step this is. ``mark`` [blocs] is
    the step that touched a bloc last.
    """

    size: IntArray
    bloc: IntArray
    number: IntArray
    has: IntArray
    plant: IntArray
    change: IntArray
    row: IntArray
    mark: IntArray
