"""Families with a way in a scarce row: one that could not hold all who may want it.

Scarce: sum over units of their largest use of the row > its right-hand side + what
vehicles, escorts and departures could add at most. Money is looked at by itself.
"""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
from scipy.sparse import coo_array, csr_array

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.planning.binding import rule_of


def bound_by_scarcity(model: Model) -> dict[str, set[str]]:
    """Families by rule of the scarce rows they may use."""
    wanted = largest_use(model)
    most = np.asarray(wanted.sum(axis=0)).ravel()
    scarce = (most > model.rows.rhs + most_added(model)) & ~model.rows.equal
    scarce &= np.array([n.rule != "budget_ceiling" for n in model.rows.names], np.bool_)
    found: dict[str, set[str]] = defaultdict(set)
    units = model.units
    entries = wanted.tocoo()
    for unit, row in zip(entries.row.tolist(), entries.col.tolist(), strict=True):
        if scarce[row]:
            name = units.family_ids[units.family[unit]]
            found[rule_of(model.rows.names[row])].add(name)
    return found


Grouped = Callable[[csr_array, IntArray], csr_array]


def largest_use(model: Model) -> csr_array:
    """The most of each row a unit may use on any of its ways: [units x rows]."""
    return _use(model, largest_of)


def smallest_use(model: Model) -> csr_array:
    """What a unit uses of each row at least, whatever its way: [units x rows]."""
    return _use(model, smallest_of)


def _use(model: Model, best_of: Grouped) -> csr_array:
    templates, pairs = model.templates, model.pairs
    per_charge = best_of(templates.draws, templates.choice_ptr)
    per_template = templates.resources + sums_of(per_charge, templates.charge_ptr)
    options = csr_array(per_template)[pairs.slot_template]
    per_slot = best_of(csr_array(options), pairs.option_ptr)
    per_pair = csr_array(per_template)[pairs.template] + sums_of(
        per_slot, pairs.slot_ptr
    )
    return best_of(csr_array(per_pair), pairs.unit_ptr)


def most_added(model: Model) -> IntArray:
    """What plant columns add to each row when all are at their upper bounds."""
    plant = model.plant
    gives = plant.matrix.multiply(plant.matrix < 0).T @ plant.upper
    return np.asarray(-gives, np.int64)


def sums_of(matrix: csr_array, ptr: IntArray) -> csr_array:
    """Sums of groups of rows: group k is rows ptr[k] .. ptr[k + 1]."""
    groups, members = len(ptr) - 1, matrix.shape[0]
    member = csr_array(
        (np.ones(members, np.int64), np.arange(members), ptr), shape=(groups, members)
    )
    return csr_array(member @ matrix)


def largest_of(matrix: csr_array, ptr: IntArray) -> csr_array:
    """Largest entry, at least 0, of groups of rows per column."""
    return _grouped(
        matrix, ptr, lambda data, starts, _: np.maximum.reduceat(data, starts)
    )


def smallest_of(matrix: csr_array, ptr: IntArray) -> csr_array:
    """Smallest entry, at least 0, of groups of rows per column."""

    def smallest(data: IntArray, starts: IntArray, sizes: IntArray) -> IntArray:
        # an entry that a row of the group lacks is 0
        lacking = np.diff(np.append(starts, len(data))) < sizes
        found: IntArray = np.where(lacking, 0, np.minimum.reduceat(data, starts))
        return found

    return _grouped(matrix, ptr, smallest)


def _grouped(
    matrix: csr_array,
    ptr: IntArray,
    best: Callable[[IntArray, IntArray, IntArray], IntArray],
) -> csr_array:
    """``best`` of the entries of each group and column, told the group's size."""
    entries = csr_array(matrix).tocoo()
    counts = np.diff(ptr)
    group = np.repeat(np.arange(len(counts)), counts)[entries.row]
    order = np.lexsort((entries.col, group))
    group, column, data = group[order], entries.col[order], entries.data[order]
    shape = (len(counts), matrix.shape[1])
    if not len(data):
        return csr_array(shape, dtype=np.int64)
    new = np.ones(len(data), np.bool_)
    new[1:] = (group[1:] != group[:-1]) | (column[1:] != column[:-1])
    starts = np.flatnonzero(new)
    kept = np.maximum(best(data, starts, counts[group[starts]]), 0)
    found = csr_array(coo_array((kept, (group[starts], column[starts])), shape))
    found.eliminate_zeros()
    return found
