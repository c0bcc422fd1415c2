"""Which units, pairs, slots and charges the full model tells apart."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.alike import Alike
from movplan.optimiser.same import Same


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes with a member standing for each.

    ``pair_class`` [pairs], ``unit_class`` [units], ``slot_class`` [slots];
    ``charge_class`` [charges], -1 for charges with one choice. ``unit_size`` counts the
    units of a class, ``pair_size`` those that could take a pair of a class.
    """

    unit_class: IntArray
    unit_size: IntArray
    pair_class: IntArray
    pair_of_class: IntArray
    pair_size: IntArray
    slot_class: IntArray
    slot_of_class: IntArray
    charge_class: IntArray
    charge_of_class: IntArray
    template_class: IntArray


def apart(model: Model) -> Classes:
    """Everything told apart."""
    pairs = np.arange(len(model.pairs))
    units, slots = np.arange(len(model.units)), np.arange(_num_slots(model))
    several = np.flatnonzero(np.diff(model.templates.choice_ptr) > 1)
    charge = np.full(len(model.templates.choice_ptr) - 1, -1, np.int64)
    charge[several] = np.arange(len(several))
    return Classes(
        unit_class=units,
        unit_size=np.ones(len(units), np.int64),
        pair_class=pairs,
        pair_of_class=pairs,
        pair_size=np.ones(len(pairs), np.int64),
        slot_class=slots,
        slot_of_class=slots,
        charge_class=charge,
        charge_of_class=several,
        template_class=np.arange(len(model.templates)),
    )


def alike(model: Model) -> Classes:
    """Charges, templates and slots as the search counts them; units by their pairs."""
    found = Alike.of(model, Same.of(model))
    pair = _pair_signatures(model, found.template, found.slot)
    ptr = model.pairs.unit_ptr
    by_unit = [
        tuple(sorted(pair[ptr[u] : ptr[u + 1]].tolist())) for u in range(len(ptr) - 1)
    ]
    unit, _ = _number(by_unit)
    both = unit[model.pairs.unit] * (int(pair.max(initial=0)) + 1) + pair
    _, first, pair_class = np.unique(both, return_index=True, return_inverse=True)
    unit_size = np.bincount(unit, minlength=1)
    return Classes(
        unit_class=unit,
        unit_size=unit_size,
        pair_class=pair_class,
        pair_of_class=first,
        pair_size=unit_size[unit[model.pairs.unit[first]]],
        slot_class=found.slot,
        slot_of_class=found.slot_of,
        charge_class=found.charge,
        charge_of_class=found.charge_of,
        template_class=found.template,
    )


def _num_slots(model: Model) -> int:
    return len(model.pairs.option_ptr) - 1


def _pair_signatures(model: Model, template: IntArray, slot: IntArray) -> IntArray:
    ptr = model.pairs.slot_ptr.tolist()
    values = np.array([level.pair_value for level in model.levels]).T.tolist()
    journey = template[model.pairs.template].tolist()
    keys = [
        (journey[p], *values[p], -1, *sorted(slot[ptr[p] : ptr[p + 1]].tolist()))
        for p in range(len(model.pairs))
    ]
    return _number(keys)[0]


def _number(keys: Sequence[Hashable]) -> tuple[IntArray, IntArray]:
    """Number keys in order of first use; and where each was first used."""
    index: dict[Hashable, int] = {}
    first: list[int] = []
    found = np.zeros(len(keys), np.int64)
    for k, key in enumerate(keys):
        number = index.setdefault(key, len(index))
        if number == len(first):
            first.append(k)
        found[k] = number
    return found, np.array(first, np.int64)
