"""Handing out what a compact solution counts: appointments and payers to families.

Whoever has what the counts still allow keeps it; what is left goes round in order. So
most columns of a solution stay as they are when a part of it is solved anew.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.domain.errors import InternalError
from movplan.formulation.ragged import expand
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns, Pool, make_columns
from movplan.optimiser.compact import Compact
from movplan.optimiser.solution import Solution

NEW = -1


@dataclass(frozen=True, slots=True)
class Taken:
    """What units on pairs take: an entry of y per slot, of z per charge.

    ``pair`` [journeys] in order; ``slot_of`` and ``charge_of`` say whose journey a slot
    or charge belongs to. Charges with one choice are not listed.
    """

    pair: IntArray
    slot_of: IntArray
    slot: IntArray
    y: IntArray
    charge_of: IntArray
    charge: IntArray
    z: IntArray

    def counts(self, compact: Compact, plant: IntArray) -> IntArray:
        """The compact solution: a value for every column."""
        x = np.zeros(len(compact.model.pairs), np.int64)
        x[self.pair] = 1
        y = np.bincount(self.y, minlength=len(compact.y))
        z = np.bincount(self.z, minlength=len(compact.z))
        return np.concatenate([x, y, z, plant])


def taken_by(compact: Compact, columns: Columns, solution: Solution) -> Taken:
    """What the columns of a solution take."""
    model, used = compact.model, solution.used()
    pair = columns.pair[used]
    slot_of, slot = _under(model.pairs.slot_ptr, pair)
    at, option = _under(model.pairs.option_ptr, slot)
    offered = model.pairs.slot_template[option]
    templates = columns.templates[used].tocoo()
    width = len(model.templates)
    chosen = np.isin(
        slot_of[at] * width + offered, templates.row * width + templates.col
    )
    if not np.array_equal(at[chosen], np.arange(len(slot))):
        raise InternalError("a column takes one template in every slot")
    choices = columns.choices[used].tocoo()
    charge = np.searchsorted(model.templates.choice_ptr, choices.col, "right") - 1
    position = choices.col - model.templates.choice_ptr[charge]
    several = np.flatnonzero(compact.alike.charge[charge] >= 0)
    kind = compact.alike.charge[charge[several]]
    return Taken(
        pair=pair,
        slot_of=slot_of,
        slot=slot,
        y=_entry(compact, slot, offered[chosen]),
        charge_of=choices.row[several].astype(np.int64),
        charge=charge[several],
        z=compact.z.ptr[kind] + position[several],
    )


def hand_out(
    compact: Compact, pool: Pool, solution: Solution, had: Taken, counts: IntArray
) -> Solution:
    """The solution that ``counts`` stand for, as near as can be to what units had."""
    model, alike = compact.model, compact.alike
    x, y_count, z_count, plant = np.split(counts, compact.starts[1:-1])
    pair = np.flatnonzero(x)
    unit = model.pairs.unit[pair]
    slot_of, slot = _under(model.pairs.slot_ptr, pair)
    y_before = _look_up(had.slot, had.y, slot)
    y = _deal(y_before, alike.slot[slot], y_count, compact.y.of)
    template_of = np.concatenate([np.arange(len(pair)), slot_of])
    template = np.concatenate(
        [model.pairs.template[pair], _templates(compact, slot, y)]
    )
    at, charge = _under(model.templates.charge_ptr, template)
    charge_of, several = template_of[at], np.flatnonzero(alike.charge[charge] >= 0)
    width = len(alike.charge)
    had_by = model.pairs.unit[had.pair][had.charge_of] * width + had.charge
    asked = unit[charge_of[several]] * width + charge[several]
    z_before, kind = _look_up(had_by, had.z, asked), alike.charge[charge[several]]
    z = _deal(z_before, kind, z_count, compact.z.of)
    choice = model.templates.choice_ptr[charge]
    choice[several] += z - compact.z.ptr[kind]

    changed = ~np.isin(pair, had.pair)
    changed[slot_of[y != y_before]] = True
    changed[charge_of[several[z != z_before]]] = True
    number = np.cumsum(changed) - 1
    tells, pays = changed[template_of], changed[charge_of]
    made = make_columns(
        model,
        pair[changed],
        number[template_of[tells]],
        template[tells],
        number[charge_of[pays]],
        choice[pays],
    )
    column = np.full(len(model.units), -1, np.int64)
    column[unit] = solution.column[unit]
    column[unit[changed]] = pool.add(made)
    return Solution(column=column, plant=plant)


def _under(ptr: IntArray, which: IntArray) -> tuple[IntArray, IntArray]:
    """What lies under some segments: (position in ``which``, element)."""
    return expand(ptr[which], np.diff(ptr)[which])


def _entry(compact: Compact, slot: IntArray, template: IntArray) -> IntArray:
    """The entry of y for a slot's class and a template's class."""
    alike, y = compact.alike, compact.y
    width = len(alike.template)
    key = alike.slot[slot] * width + alike.template[template]
    return np.searchsorted(y.of * width + y.what, key)


def _templates(compact: Compact, slot: IntArray, y: IntArray) -> IntArray:
    """The first template each slot offers of the class that an entry of y counts."""
    pairs = compact.model.pairs
    at, option = _under(pairs.option_ptr, slot)
    offered = pairs.slot_template[option]
    fits = np.flatnonzero(compact.alike.template[offered] == compact.y.what[y[at]])
    first = np.searchsorted(at[fits], np.arange(len(slot)))
    return offered[fits[first]]


def _look_up(keys: IntArray, values: IntArray, wanted: IntArray) -> IntArray:
    """The value of every wanted key, ``NEW`` where there is none."""
    found = np.full(len(wanted), NEW, np.int64)
    if len(keys):
        order = np.argsort(keys)
        at = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
        known = keys[order[at]] == wanted
        found[known] = values[order[at[known]]]
    return found


def _deal(
    before: IntArray, kind: IntArray, supply: IntArray, kind_of: IntArray
) -> IntArray:
    """An entry for everybody who asks; entries of a class stand together, in order.

    ``before`` is what each had (or ``NEW``) and ``kind`` the class asked for;
    ``supply`` says how often every entry may be taken, all of them by somebody.
    """
    dealt = before.copy()
    order = np.argsort(before, kind="stable")
    first = np.searchsorted(before[order], before[order])
    rank = np.arange(len(order)) - first
    keeps = np.zeros(len(before), np.bool_)
    keeps[order] = (before[order] != NEW) & (rank < supply[before[order]])
    left = supply - np.bincount(before[keeps], minlength=len(supply))
    rest = np.flatnonzero(~keeps)
    rest = rest[np.argsort(kind[rest], kind="stable")]
    free: NDArray[np.int64] = np.repeat(np.arange(len(supply)), left)
    if not np.array_equal(kind_of[free], kind[rest]):
        raise InternalError("counts and those who ask differ")
    dealt[rest] = free
    return dealt


__all__ = ["Taken", "hand_out", "taken_by"]
