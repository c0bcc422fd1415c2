"""Pricing: the best way for every unit to travel, given what every row's unit is worth.

For multipliers ``row_price`` and level weights ``w`` the reduced value of a pair is

    sum_l w_l value_l - sum_slots min_options (template price)

where the price of a template is its resources at row prices plus, charge by charge,
the cheapest of its choices. All of it is array code over the whole model, exact when
the prices are integers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.ragged import segment_argmin, segment_min, segment_sum
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.cuts import Cuts

Prices = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Prices of rows and cuts, and weights of levels; floats, or integers over a
    common denominator for exact work.

    ``level[l]`` is the weight of level l: 1 (or the denominator) for the one being
    solved, the multiplier of its held row for an earlier one, 0 for the rest.
    """

    row: Prices
    cut: Prices
    level: Prices


@dataclass(frozen=True, slots=True)
class Priced:
    """Reduced value per pair, with the cheapest choice per charge and option per slot.

    ``best_choice`` [charges] and ``best_option`` [slots] are positions in the model's
    choice and slot-template arrays.
    """

    pair_value: Prices
    template_price: Prices
    best_choice: IntArray
    best_option: IntArray


def price_pairs(model: Model, cuts: Cuts, at: Multipliers) -> Priced:
    """Price every pair of the model."""
    templates, pairs = model.templates, model.pairs
    cost_weight = _cost_weight(model, at)
    choice = templates.draws @ at.row + templates.choice_cost * cost_weight
    cheapest = segment_min(choice, templates.choice_ptr)
    charges = segment_sum(cheapest, templates.charge_ptr)
    template = templates.resources @ at.row + templates.cost * cost_weight + charges
    option = template[pairs.slot_template]
    slots = segment_sum(segment_min(option, pairs.option_ptr), pairs.slot_ptr)
    value = _level_value(model, at) - template[pairs.template] - slots
    value = value - cuts.pair_price(at.cut)
    return Priced(
        pair_value=value,
        template_price=template,
        best_choice=segment_argmin(choice, templates.choice_ptr),
        best_option=segment_argmin(option, pairs.option_ptr),
    )


def price_plant(model: Model, cuts: Cuts, at: Multipliers) -> Prices:
    """Reduced value of every plant column."""
    value = sum(
        weight * level.plant_value
        for weight, level in zip(at.level, model.levels, strict=True)
    )
    priced: Prices = value - model.plant.matrix @ at.row + cuts.plant_price(at.cut)
    return priced


def unit_best(model: Model, pair_value: Prices) -> Prices:
    """Largest reduced value of every unit, at least 0 (staying is always possible)."""
    best = np.zeros(len(model.units), pair_value.dtype)
    ptr = model.pairs.unit_ptr
    filled = np.flatnonzero(ptr[1:] > ptr[:-1])
    if len(filled):
        best[filled] = np.maximum.reduceat(pair_value, ptr[filled])
    return np.maximum(best, 0)


def _cost_weight(model: Model, at: Multipliers) -> Any:  # noqa: ANN401 -- int or float
    weights = (
        weight
        for weight, level in zip(at.level, model.levels, strict=True)
        if level.counts_cost
    )
    return sum(weights, start=at.level.dtype.type(0))


def _level_value(model: Model, at: Multipliers) -> Prices:
    value = np.zeros(len(model.pairs), at.level.dtype)
    for weight, level in zip(at.level, model.levels, strict=True):
        if weight:
            value = value + weight * level.pair_value
    return value
