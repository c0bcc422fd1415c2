"""Handing out what a compact solution counts: appointments and payers to families.

Whoever has what the counts still allow keeps it; what is left goes round in order. So
most columns of a solution stay as they are when a part of it is solved anew.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.domain.errors import InternalError
from movplan.formulation.model import Model
from movplan.formulation.ragged import under
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
    slot_of, slot = under(model.pairs.slot_ptr, pair)
    template = _attended(model, pair, slot_of, slot, columns.templates[used])
    choices = columns.choices[used].tocoo()
    row, choice = (np.repeat(each, choices.data) for each in (choices.row, choices.col))
    charge = np.searchsorted(model.templates.choice_ptr, choice, "right") - 1
    position = choice - model.templates.choice_ptr[charge]
    several = np.flatnonzero(compact.alike.charge[charge] >= 0)
    kind = compact.alike.charge[charge[several]]
    return Taken(
        pair=pair,
        slot_of=slot_of,
        slot=slot,
        y=_entry(compact, slot, template),
        charge_of=row[several].astype(np.int64),
        charge=charge[several],
        z=compact.z.ptr[kind] + position[several],
    )


def _attended(
    model: Model, pair: IntArray, slot_of: IntArray, slot: IntArray, has: csr_array
) -> IntArray:
    """The template every slot takes, of those a journey has.

    Two slots of a family may offer the same (two languages, one session for both), so
    what a journey has may fit them in one way only.
    """
    at, option = under(model.pairs.option_ptr, slot)
    offered = model.pairs.slot_template[option]
    of, width = slot_of[at], len(model.templates)
    entries = has.tocoo()
    fits = np.isin(of * width + offered, entries.row * width + entries.col)
    found, ways = np.full(len(slot), NEW), np.bincount(at[fits], minlength=len(slot))
    found[at[fits]] = offered[fits]
    for journey in np.unique(slot_of[ways != 1]).tolist():
        row = has[[journey]].tocoo()
        left = Counter(dict(zip(row.col.tolist(), row.data.tolist(), strict=True)))
        left[int(model.pairs.template[pair[journey]])] -= 1
        mine = np.flatnonzero(slot_of == journey)
        found[mine] = _told_apart([offered[at == k].tolist() for k in mine], left)
    return found


def _told_apart(offers: list[list[int]], left: Counter[int]) -> list[int]:
    """One of what is left for every offer, so that all get one."""
    for taken in product(*([o for o in offer if left[o] > 0] for offer in offers)):
        if Counter(taken) <= left:
            return list(taken)
    raise InternalError("a column takes one template in every slot")


def hand_out(
    compact: Compact, pool: Pool, solution: Solution, had: Taken, counts: IntArray
) -> Solution:
    """The solution that ``counts`` stand for, as near as can be to what units had."""
    x, y, z, plant = np.split(counts, compact.starts[1:-1])
    pair = np.flatnonzero(x)
    templates = _deal_templates(compact, had, pair, y)
    choices = _deal_choices(compact, had, pair, templates, z)
    changed = ~np.isin(pair, had.pair)
    changed[templates.changed] = True
    changed[choices.changed] = True
    unit = compact.model.pairs.unit[pair]
    column = np.full(len(compact.model.units), -1, np.int64)
    column[unit] = solution.column[unit]
    made = _columns(compact, pair, changed, templates, choices)
    column[unit[changed]] = pool.add(made)
    return Solution(column=column, plant=plant)


@dataclass(frozen=True, slots=True)
class _Dealt:
    """Whose journey gets what, and the journeys that get another thing than before."""

    of: IntArray
    what: IntArray
    changed: IntArray


def _deal_templates(
    compact: Compact, had: Taken, pair: IntArray, supply: IntArray
) -> _Dealt:
    """The templates of every journey: its own, and one for every slot."""
    model = compact.model
    slot_of, slot = under(model.pairs.slot_ptr, pair)
    before = _look_up(had.slot, had.y, slot)
    y = _deal(before, compact.alike.slot[slot], supply, compact.y.of)
    own = model.pairs.template[pair]
    return _Dealt(
        of=np.concatenate([np.arange(len(pair)), slot_of]),
        what=np.concatenate([own, _templates(compact, slot, y)]),
        changed=slot_of[y != before],
    )


def _deal_choices(
    compact: Compact, had: Taken, pair: IntArray, templates: _Dealt, supply: IntArray
) -> _Dealt:
    """A choice for every charge of the templates."""
    model, alike = compact.model, compact.alike
    at, charge = under(model.templates.charge_ptr, templates.what)
    of, several = templates.of[at], np.flatnonzero(alike.charge[charge] >= 0)
    unit, width = model.pairs.unit, len(alike.charge)
    had_by = unit[had.pair][had.charge_of] * width + had.charge
    asked = unit[pair][of[several]] * width + charge[several]
    before, kind = _look_up(had_by, had.z, asked), alike.charge[charge[several]]
    z = _deal(before, kind, supply, compact.z.of)
    choice = model.templates.choice_ptr[charge]
    choice[several] += z - compact.z.ptr[kind]
    return _Dealt(of=of, what=choice, changed=of[several[z != before]])


def _columns(
    compact: Compact,
    pair: IntArray,
    changed: NDArray[np.bool_],
    templates: _Dealt,
    choices: _Dealt,
) -> Columns:
    """Columns of the journeys that changed."""
    number = np.cumsum(changed) - 1
    tells, pays = changed[templates.of], changed[choices.of]
    return make_columns(
        compact.model,
        pair[changed],
        number[templates.of[tells]],
        templates.what[tells],
        number[choices.of[pays]],
        choices.what[pays],
    )


def _entry(compact: Compact, slot: IntArray, template: IntArray) -> IntArray:
    """The entry of y for a slot's class and a template's class."""
    alike, y = compact.alike, compact.y
    width = len(alike.template)
    key = alike.slot[slot] * width + alike.template[template]
    return np.searchsorted(y.of * width + y.what, key)


def _templates(compact: Compact, slot: IntArray, y: IntArray) -> IntArray:
    """The first template each slot offers of the class that an entry of y counts."""
    pairs = compact.model.pairs
    at, option = under(pairs.option_ptr, slot)
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
