"""What is the same to the last entry: charges, templates and slots priced as one.

Two charges are the same when the same lines, in the same order, may pay the same for
them; two templates when they use and cost the same and have the same charges in the
same order; two slots when they offer the same templates in the same order. Whatever
prices there are, one of each is priced (10,000 families: 2.5 million charges of 4,800
sorts, 181,000 slots of 20,000), and the first of several cheapest is the first of all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.formulation.model import Model
from movplan.formulation.ragged import number_segments, under, unique_rows
from movplan.formulation.rowbook import IntArray

Sorts = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The sort of every thing, and the first thing of every sort."""

    of: Sorts
    first: IntArray

    @classmethod
    def by(cls, number: IntArray) -> "Sorted":
        """From numbers 0 .. n - 1, each of which occurs."""
        first = np.zeros(int(number.max(initial=-1)) + 1, np.int64)
        first[number[::-1]] = np.arange(len(number))[::-1]  # what is written last stays
        return cls(number.astype(np.int32), first)

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Same:
    """Sorts of charges and slots, and of what makes a template.

    ``charges`` and ``uses`` [templates] are sorts of lists of charges and of rows of
    resources; a template is one of each and a cost.
    """

    charge: Sorted
    charges: Sorted
    uses: Sorted
    template: Sorted
    slot: Sorted

    @classmethod
    def of(cls, model: Model) -> "Same":
        """Find what is the same."""
        templates, pairs = model.templates, model.pairs
        charge = _charges(model)
        charges = number_segments(charge, templates.charge_ptr)
        uses = _rows(templates.resources)
        template = unique_rows(uses, templates.cost, charges)[1]
        slot = number_segments(template[pairs.slot_template], pairs.option_ptr)
        return cls(*map(Sorted.by, (charge, charges, uses, template, slot)))

    def listed(self, model: Model) -> tuple[IntArray, IntArray]:
        """Charges of every sort of list: (sort of list, sort of charge)."""
        of, charge = under(model.templates.charge_ptr, self.charges.first)
        return of, self.charge.of[charge].astype(np.int64)

    def offered(self, model: Model) -> tuple[IntArray, IntArray]:
        """Templates every sort of slot offers: (sort of slot, sort of template)."""
        of, option = under(model.pairs.option_ptr, self.slot.first)
        template = self.template.of[model.pairs.slot_template[option]]
        return of, template.astype(np.int64)


def _charges(model: Model) -> IntArray:
    """Charges numbered by the draws and costs of their choices, in order."""
    templates = model.templates
    _, choice = unique_rows(_rows(templates.draws), templates.choice_cost)
    return number_segments(choice, templates.choice_ptr)


def _rows(matrix: csr_array) -> IntArray:
    """A number for every row; the same for the same."""
    plain = csr_array(matrix, copy=True)
    plain.sum_duplicates()
    plain.eliminate_zeros()
    entries = unique_rows(plain.indices.astype(np.int64), plain.data)[1]
    return number_segments(entries, plain.indptr.astype(np.int64))
