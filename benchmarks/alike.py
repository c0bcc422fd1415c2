"""Which units, pairs, slots and charges the full model tells apart."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray


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
    """Charges by their choices, slots by their options, units by their pairs."""
    charge, charge_of = _charge_classes(model)
    template = _template_classes(model, charge)
    slot, slot_of = _slot_classes(model, template)
    pair = _pair_signatures(model, template, slot)
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
        slot_class=slot,
        slot_of_class=slot_of,
        charge_class=charge,
        charge_of_class=charge_of,
        template_class=template,
    )


def _num_slots(model: Model) -> int:
    return len(model.pairs.option_ptr) - 1


def _charge_classes(model: Model) -> tuple[IntArray, IntArray]:
    """Charges with several choices whose choices draw and cost the same."""
    templates = model.templates
    choice = _row_keys(templates.draws, templates.choice_cost)
    ptr = templates.choice_ptr
    several = np.flatnonzero(np.diff(ptr) > 1)
    keys = [tuple(choice[ptr[c] : ptr[c + 1]].tolist()) for c in several.tolist()]
    numbers, first = _number(keys)
    classes = np.full(len(ptr) - 1, -1, np.int64)
    classes[several] = numbers
    return classes, several[first]


def _template_classes(model: Model, charge_class: IntArray) -> IntArray:
    """Templates with the same resources, cost and charges."""
    templates = model.templates
    resources = _row_keys(templates.resources, templates.cost).tolist()
    choice = _row_keys(templates.draws, templates.choice_cost)
    single = choice[templates.choice_ptr[:-1]] if len(choice) else choice
    charge = np.where(charge_class >= 0, charge_class, -1 - single).tolist()
    ptr = templates.charge_ptr.tolist()
    keys = [
        (resources[t], *sorted(charge[ptr[t] : ptr[t + 1]]))
        for t in range(len(templates))
    ]
    return _number(keys)[0]


def _slot_classes(model: Model, template: IntArray) -> tuple[IntArray, IntArray]:
    option = template[model.pairs.slot_template]
    ptr = model.pairs.option_ptr.tolist()
    keys = [
        tuple(sorted(option[ptr[s] : ptr[s + 1]].tolist())) for s in range(len(ptr) - 1)
    ]
    return _number(keys)


def _pair_signatures(model: Model, template: IntArray, slot: IntArray) -> IntArray:
    ptr = model.pairs.slot_ptr.tolist()
    values = np.array([level.pair_value for level in model.levels]).T.tolist()
    journey = template[model.pairs.template].tolist()
    keys = [
        (journey[p], *values[p], -1, *sorted(slot[ptr[p] : ptr[p + 1]].tolist()))
        for p in range(len(model.pairs))
    ]
    return _number(keys)[0]


def _row_keys(matrix: csr_array, cost: IntArray) -> IntArray:
    """A number for every row of a matrix with its cost; the same for the same."""
    matrix = csr_array(matrix)
    matrix.sort_indices()
    matrix.eliminate_zeros()
    ptr, indices, data = matrix.indptr, matrix.indices.astype(np.int64), matrix.data
    keys = [
        (
            indices[ptr[k] : ptr[k + 1]].tobytes(),
            data[ptr[k] : ptr[k + 1]].tobytes(),
            c,
        )
        for k, c in enumerate(cost.tolist())
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
