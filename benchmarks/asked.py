"""How often slots and charges of a class can be asked for at most: tight bounds."""

import numpy as np
from scipy.sparse import coo_array, csr_array

from benchmarks.alike import Classes
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray

Entries = tuple[IntArray, IntArray, IntArray]


def template_charges(model: Model, classes: Classes) -> csr_array:
    """Charges with several choices of every template: [templates x charge classes]."""
    templates = model.templates
    owner = np.repeat(np.arange(len(templates)), np.diff(templates.charge_ptr))
    several = np.flatnonzero(np.diff(templates.choice_ptr) > 1)
    ones = np.ones(len(several), np.int64)
    at = (owner[several], classes.charge_class[several])
    shape = (len(templates), len(classes.charge_of_class))
    return csr_array((ones, at), shape=shape)


def most_asked(model: Model, classes: Classes) -> tuple[IntArray, IntArray]:
    """Largest use of every slot class and of every charge class.

    Of a unit the pair that asks most counts, of a slot the option that asks most.
    """
    pairs = model.pairs
    slot_pair = np.repeat(np.arange(len(pairs)), np.diff(pairs.slot_ptr))
    ones = np.ones(len(slot_pair), np.int64)
    slots = _reduce(slot_pair, classes.slot_class, ones, np.add)
    asks = template_charges(model, classes)
    option_slot = np.repeat(
        np.arange(len(pairs.option_ptr) - 1), np.diff(pairs.option_ptr)
    )
    by_slot = _reduce(*_entries(asks[pairs.slot_template], option_slot), np.maximum)
    own = _entries(asks[pairs.template], np.arange(len(pairs)))
    pair = np.concatenate([own[0], slot_pair[by_slot[0]]])
    charge = np.concatenate([own[1], by_slot[1]])
    count = np.concatenate([own[2], by_slot[2]])
    charges = _reduce(pair, charge, count, np.add)
    return (
        _over_units(model, classes, slots, len(classes.slot_of_class)),
        _over_units(model, classes, charges, len(classes.charge_of_class)),
    )


def _over_units(model: Model, classes: Classes, asked: Entries, size: int) -> IntArray:
    """Sum over unit classes of their size times what their most asking pair asks."""
    pair, item, count = asked
    unit = classes.unit_class[model.pairs.unit[pair]]
    unit, item, count = _reduce(unit, item, count, np.maximum)
    total = np.zeros(size, np.int64)
    np.add.at(total, item, count * classes.unit_size[unit])
    return total


def _entries(matrix: csr_array, owner: IntArray) -> Entries:
    coo = coo_array(matrix)
    return owner[coo.row], coo.col.astype(np.int64), coo.data


def _reduce(
    first: IntArray, second: IntArray, value: IntArray, how: np.ufunc
) -> Entries:
    """Values of the same two keys reduced to one."""
    if not len(first):
        return first, second, value
    order = np.lexsort((second, first))
    first, second, value = first[order], second[order], value[order]
    new = np.r_[True, (first[1:] != first[:-1]) | (second[1:] != second[:-1])]
    starts = np.flatnonzero(new)
    return first[starts], second[starts], how.reduceat(value, starts)
