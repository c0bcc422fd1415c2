"""Columns without prices: every pair with its cheapest choices and options."""

import numpy as np

from movplan.formulation.model import Model
from movplan.formulation.ragged import segment_argmin, under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns, make_columns


class Cheapest:
    """The cheapest choice of every charge and option of every slot, found once."""

    def __init__(self, model: Model) -> None:
        self.model = model
        templates = model.templates
        self._choice = segment_argmin(templates.choice_cost, templates.choice_ptr)
        cost = np.zeros(len(templates), np.int64)
        owner = np.repeat(np.arange(len(templates)), np.diff(templates.charge_ptr))
        np.add.at(cost, owner, templates.choice_cost[self._choice])
        pairs = model.pairs
        self._option = segment_argmin(cost[pairs.slot_template], pairs.option_ptr)

    def columns(self, pairs: IntArray) -> Columns:
        """Every given pair, as cheap as it can be in reporting cost."""
        model, charge_ptr = self.model, self.model.templates.charge_ptr
        slot_ptr = model.pairs.slot_ptr
        at, slot = under(slot_ptr, pairs)
        chosen = model.pairs.slot_template[self._option[slot]]
        column = np.concatenate([np.arange(len(pairs)), at])
        template = np.concatenate([model.pairs.template[pairs], chosen])
        of, charge = under(charge_ptr, template)
        return make_columns(
            model, pairs, column, template, column[of], self._choice[charge]
        )
