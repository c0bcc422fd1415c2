"""The ways of a family left out: every itinerary with sessions that go together.

The cheapest sessions of two steps may be out of order, or too many nights at a place
together. That is no reason to stay at home while others would do: of the choices of
sessions in order, such an itinerary is tried with the one nearest to having room.
"""

from itertools import islice, product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.formulation.model import Model
from movplan.formulation.ragged import expand, pointers, segment_argmin, under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.cheapest import Cheapest
from movplan.optimiser.columns import Columns, make_columns
from movplan.planning.full import Full

# Rules with rows of one family's own: which of its sessions go together.
TOGETHER = frozenset({"step_order", "stay_limit"})
MOST_CHOICES = 500


class Ways:
    """Columns of units, one per itinerary, with the cheapest lines for its charges."""

    def __init__(self, model: Model, full: Full) -> None:
        self._model, self._full = model, full
        self._cheapest = Cheapest(model)
        templates = model.templates
        self._line = segment_argmin(templates.choice_cost, templates.choice_ptr)
        own = [k for k, name in enumerate(model.rows.names) if name.rule in TOGETHER]
        self._rhs = model.rows.rhs[own]
        self._uses = csr_array(templates.resources[:, own])

    def of(self, units: IntArray) -> Columns:
        """Itineraries of units in order, with the cheapest sessions, or with some."""
        ptr = self._model.pairs.unit_ptr
        _, pairs = expand(ptr[units], ptr[units + 1] - ptr[units])
        found = self._cheapest.columns(pairs)
        clashing = np.flatnonzero(self._clash(found.templates))
        if not len(clashing):
            return found
        instead = pairs[clashing]
        in_order = self._columns(instead, [self._in_order(p) for p in instead.tolist()])
        which = np.arange(len(pairs))
        which[clashing] = len(pairs) + np.arange(len(clashing))
        return found.join(in_order).take(which)

    def _in_order(self, pair: int) -> list[int]:
        """The templates of the choice of sessions that breaks fewest other rows."""
        pairs = self._model.pairs
        slots = [
            pairs.slot_template[pairs.option_ptr[s] : pairs.option_ptr[s + 1]].tolist()
            for s in range(pairs.slot_ptr[pair], pairs.slot_ptr[pair + 1])
        ]
        journey = int(pairs.template[pair])
        choices = [[journey, *some] for some in islice(product(*slots), MOST_CHOICES)]
        columns = self._columns(np.full(len(choices), pair, np.int64), choices)
        broken = self._full.broken(columns).count
        order = np.lexsort((broken, self._clash(columns.templates)))
        return choices[int(order[0])]

    def _clash(self, templates: csr_array) -> NDArray[np.bool_]:
        """Whose sessions do not go together."""
        taken = csr_array(templates @ self._uses)
        over = pointers((taken.data > self._rhs[taken.indices]).astype(np.int64))
        return np.diff(over[taken.indptr]) > 0

    def _columns(self, pairs: IntArray, used: list[list[int]]) -> Columns:
        charge_ptr = self._model.templates.charge_ptr
        owner = np.repeat(np.arange(len(used)), [len(some) for some in used])
        template = np.array([t for some in used for t in some], np.int64)
        at, charge = under(charge_ptr, template)
        lines = self._line[charge]
        return make_columns(self._model, pairs, owner, template, owner[at], lines)
