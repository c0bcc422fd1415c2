"""Columns without prices: every pair with its cheapest choices and options."""

import numpy as np

from movplan.formulation.model import Model
from movplan.formulation.ragged import expand, segment_argmin
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns, make_columns


def cheapest_columns(model: Model, pairs: IntArray) -> Columns:
    """Every given pair with its cheapest choices and options (reporting cost)."""
    templates = model.templates
    choice = segment_argmin(templates.choice_cost, templates.choice_ptr)
    cost = np.zeros(len(templates), np.int64)
    owner = np.repeat(np.arange(len(templates)), np.diff(templates.charge_ptr))
    np.add.at(cost, owner, templates.choice_cost[choice])
    option = segment_argmin(cost[model.pairs.slot_template], model.pairs.option_ptr)
    slot_ptr = model.pairs.slot_ptr
    at, slot = expand(slot_ptr[pairs], np.diff(slot_ptr)[pairs])
    chosen = model.pairs.slot_template[option[slot]]
    column = np.concatenate([np.arange(len(pairs)), at])
    template = np.concatenate([model.pairs.template[pairs], chosen])
    charge_ptr = templates.charge_ptr
    of, charge = expand(charge_ptr[template], np.diff(charge_ptr)[template])
    return make_columns(model, pairs, column, template, column[of], choice[charge])
