"""What a model need not tell apart: alike charges, appointments and slots of them.

Two charges are alike when the same lines may pay the same for them; two templates when
they use and cost the same and have alike charges; two slots when they offer alike
templates. How often each option of a class is taken is then all that rows see: who of
those alike takes which can be handed out afterwards (``hand_out.py``).
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from movplan.formulation.model import Model
from movplan.formulation.ragged import number_segments, unique_rows
from movplan.formulation.rowbook import IntArray


@dataclass(frozen=True, slots=True)
class Alike:
    """Class of every template, slot and charge; ``slot_of`` and ``charge_of`` a member
    of each class. Charges with one choice have no class (-1): they stand in their
    template.
    """

    template: IntArray
    slot: IntArray
    slot_of: IntArray
    charge: IntArray
    charge_of: IntArray

    @classmethod
    def of(cls, model: Model) -> "Alike":
        """Find what is alike."""
        kind = _charge_kinds(model)
        template = _template_classes(model, kind)
        slot, slot_of = _slot_classes(model, template)
        several = np.flatnonzero(np.diff(model.templates.choice_ptr) > 1)
        _, first, inverse = np.unique(
            kind[several], return_index=True, return_inverse=True
        )
        charge = np.full(len(kind), -1, np.int64)
        charge[several] = inverse
        return cls(template, slot, slot_of, charge, several[first])


def _charge_kinds(model: Model) -> IntArray:
    """Charges by the draws and costs of their choices, in order."""
    templates = model.templates
    _, choice = unique_rows(_row_kinds(templates.draws), templates.choice_cost)
    return number_segments(choice, templates.choice_ptr)


def _template_classes(model: Model, kind: IntArray) -> IntArray:
    """Templates by resources, cost and charges in any order."""
    templates = model.templates
    charges = number_segments(
        _sorted_within(kind, templates.charge_ptr), templates.charge_ptr
    )
    return unique_rows(_row_kinds(templates.resources), templates.cost, charges)[1]


def _slot_classes(model: Model, template: IntArray) -> tuple[IntArray, IntArray]:
    """Slots by the classes of the templates they offer, in any order."""
    ptr = model.pairs.option_ptr
    offered = _sorted_within(template[model.pairs.slot_template], ptr)
    number = number_segments(offered, ptr)
    first = np.unique(number, return_index=True)[1]
    return number, first


def _row_kinds(matrix: csr_array) -> IntArray:
    """A number for every row; the same for the same."""
    plain = csr_array(matrix, copy=True)
    plain.sum_duplicates()
    plain.eliminate_zeros()
    entries = unique_rows(plain.indices.astype(np.int64), plain.data)[1]
    return number_segments(entries, plain.indptr.astype(np.int64))


def _sorted_within(values: IntArray, ptr: IntArray) -> IntArray:
    """Every segment in order."""
    owner = np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))
    return values[np.lexsort((values, owner))]
