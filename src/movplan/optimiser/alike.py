"""What a model need not tell apart: alike charges, appointments and slots of them.

Two charges are alike when the same lines may pay the same for them; two templates when
they use and cost the same and have alike charges; two slots when they offer alike
templates. How often each option of a class is taken is then all that rows see: who of
those alike takes which can be handed out afterwards (``hand_out.py``). Unlike what is
the same (``same.py``), what is alike may stand in any order.
"""

from dataclasses import dataclass

import numpy as np

from movplan.formulation.model import Model
from movplan.formulation.ragged import number_segments, pointers, unique_rows
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.same import Same


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
    def of(cls, model: Model, same: Same) -> "Alike":
        """Find what is alike, among one of each sort of what is the same."""
        template = _template_classes(model, same)
        slot, slot_of = _slot_classes(model, same, template)
        charge, charge_of = _charge_classes(model, same)
        return cls(template, slot, slot_of, charge, charge_of)


def _template_classes(model: Model, same: Same) -> IntArray:
    """Templates by resources, cost and charges in any order."""
    lists = _numbered_sets(*same.listed(model), len(same.charges))
    one = same.template.first
    uses = same.uses.of[one].astype(np.int64)
    told = unique_rows(uses, model.templates.cost[one], lists[same.charges.of[one]])
    return told[1][same.template.of]


def _slot_classes(
    model: Model, same: Same, template: IntArray
) -> tuple[IntArray, IntArray]:
    """Slots by the classes of the templates they offer, in any order."""
    of, sort = same.offered(model)
    offered = template[same.template.first[sort]]
    number = _numbered_sets(of, offered, len(same.slot))[same.slot.of]
    return number, np.unique(number, return_index=True)[1]


def _charge_classes(model: Model, same: Same) -> tuple[IntArray, IntArray]:
    """Charges with several choices, numbered."""
    one = same.charge.first
    several = np.diff(model.templates.choice_ptr)[one] > 1
    number = np.where(several, np.cumsum(several) - 1, -1)
    return number[same.charge.of], one[several]


def _numbered_sets(of: IntArray, values: IntArray, count: int) -> IntArray:
    """A number for every of ``count`` segments; the same for the same in any order."""
    ptr = pointers(np.bincount(of, minlength=count))
    return number_segments(values[np.lexsort((values, of))], ptr)
