"""What a bloc uses at least, however it goes: ways no row has room for are none.

Families that travel together may each fit a flight that has no room for all. The LP
splits such a bloc over several departures, as no row forbids half of it; taken as a
whole it fits none of them. So a set of departures on which a bloc uses more of a row
than there can ever be is left out before anything is priced.

Least uses add up over the templates of a pair, the pairs of a set and the parts of a
bloc, and are minima over choices, options, pairs and sets.
"""

import numpy as np
from scipy.sparse import csr_array

from movplan.formulation.model import Model
from movplan.formulation.ragged import pointers, under
from movplan.formulation.rowbook import IntArray


class LeastUse:
    """Least uses [.. x rows] of the rows nothing gives back to but the plant.

    ``room`` [rows] is what they hold with as much plant as there may be.
    """

    def __init__(self, model: Model) -> None:
        lowest = [m.min(axis=0).toarray().ravel() for m in _used_by_templates(model)]
        self.rows = np.flatnonzero(np.all([low >= 0 for low in lowest], axis=0))
        given = csr_array(model.plant.matrix[:, self.rows]).minimum(0)
        self.room: IntArray = model.rows.rhs[self.rows] - given.T @ model.plant.upper
        self._model = model

    def of_pairs(self, which: IntArray) -> csr_array:
        """What some pairs use at least."""
        pairs = self._model.pairs
        slots = np.diff(pairs.slot_ptr)[which]
        slot = under(pairs.slot_ptr, which)[1]
        options = np.diff(pairs.option_ptr)[slot]
        option = under(pairs.option_ptr, slot)[1]
        used = np.concatenate([pairs.template[which], pairs.slot_template[option]])
        templates, at = np.unique(used, return_inverse=True)
        each = self._of_templates(templates)
        offered = each[at[len(which) :]]
        attended = total(least(offered, pointers(options)), pointers(slots))
        return csr_array(each[at[: len(which)]] + attended)

    def _of_templates(self, which: IntArray) -> csr_array:
        """What templates use at least, whoever pays their charges."""
        templates = self._model.templates
        charges = np.diff(templates.charge_ptr)[which]
        charge = under(templates.charge_ptr, which)[1]
        choices = np.diff(templates.choice_ptr)[charge]
        choice = under(templates.choice_ptr, charge)[1]
        paid = least(templates.draws[choice][:, self.rows], pointers(choices))
        own = templates.resources[which][:, self.rows]
        return csr_array(own + total(paid, pointers(charges)))

    def exceeds(self, use: csr_array) -> IntArray:
        """Which of some uses no row has room for."""
        coo = use.tocoo()
        over: IntArray = np.unique(coo.row[coo.data > self.room[coo.col]])
        return over


def _used_by_templates(model: Model) -> list[csr_array]:
    return [csr_array(model.templates.resources), csr_array(model.templates.draws)]


def total(matrix: csr_array, ptr: IntArray) -> csr_array:
    """Sum of every segment of rows."""
    count = len(ptr) - 1
    owner = np.repeat(np.arange(count), np.diff(ptr))
    entries = (np.ones(len(owner), np.int64), (owner, np.arange(len(owner))))
    return csr_array(csr_array(entries, shape=(count, len(owner))) @ matrix)


def least(matrix: csr_array, ptr: IntArray) -> csr_array:
    """Least of every segment of rows, column by column; nothing may be negative."""
    count, width = len(ptr) - 1, matrix.shape[1]
    coo = matrix.tocoo()
    owner = np.repeat(np.arange(count), np.diff(ptr))
    filled = coo.data > 0
    key = owner[coo.row[filled]] * width + coo.col[filled]
    order = np.argsort(key, kind="stable")
    key, value = key[order], coo.data[filled][order]
    start = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else key
    found, value = key[start], np.minimum.reduceat(value, start) if len(key) else value
    everywhere = np.diff(np.append(start, len(key))) == np.diff(ptr)[found // width]
    at = found[everywhere]
    return csr_array((value[everywhere], (at // width, at % width)), (count, width))
