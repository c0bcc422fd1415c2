"""The proven bound: a Lagrangian evaluated in exact integers.

For any multipliers (rows <= and cuts at prices >= 0, equalities at any price, held
levels at prices >= 0) every plan's value is at most

    sum_r price_r rhs_r + sum_cuts price_c rhs_c - sum_held price_j held_j
      + sum_blocs max(0, best reduced value) + sum_plant max(0, upper x reduced value).

Prices are rounded to integers over a power of two, so nothing floats: whatever solver
the prices came from, the bound holds. Tied rows are kept inside blocs and cost nothing;
roster rows get their best prices, given those of the other rows (``rosters.py``).
"""

from dataclasses import dataclass, replace

import numpy as np

from movplan.formulation.model import Model
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.cuts import Cuts
from movplan.optimiser.master import Held
from movplan.optimiser.pricing import Multipliers, Pricing, price_plant

HEADROOM_BITS = 56


@dataclass(frozen=True, slots=True)
class Bound:
    """A proven internal bound with the integer multipliers that prove it."""

    value: int
    at: Multipliers
    denominator: int


def exact_bound(
    model: Model, blocs: Blocs, cuts: Cuts, held: Held, floats: Multipliers
) -> Bound:
    """Round multipliers over the largest safe denominator and evaluate the bound."""
    total, at, denominator = exact_total(model, blocs, cuts, held, floats)
    step = value_step(model, held.level)
    value = total // denominator // step * step
    return Bound(value=value, at=at, denominator=denominator)


def free_rows(model: Model, k: int) -> Multipliers:
    """Prices of 0 for everything, level k counted: the bound that needs no search."""
    level = np.zeros(len(model.levels))
    level[k] = 1.0
    return Multipliers(row=np.zeros(len(model.rows)), cut=np.zeros(0), level=level)


def exact_total(
    model: Model, blocs: Blocs, cuts: Cuts, held: Held, floats: Multipliers
) -> tuple[int, Multipliers, int]:
    """The Lagrangian as an integer over a denominator, and the integer multipliers."""
    bits = _denominator_bits(blocs.pricing, cuts, floats)
    bits = max(0, bits - blocs.rosters.longest.bit_length())
    at = round_multipliers(model, floats, bits)
    at = replace(at, row=np.where(blocs.tied, 0, at.row))
    at = blocs.rosters.settle(cuts, at)
    pairs = blocs.pricing.price(cuts, at)
    plant = price_plant(model, cuts, at)
    best = blocs.best(pairs.pair_value)
    total = sum(int(v) for v in best)
    total += sum(
        int(upper) * int(value)
        for upper, value in zip(model.plant.upper, plant, strict=True)
        if value > 0
    )
    total += sum(
        int(price) * int(rhs)
        for price, rhs in zip(at.row, model.rows.rhs, strict=True)
        if price
    )
    total += sum(
        int(price) * int(rhs)
        for price, rhs in zip(at.cut, cuts.rhs, strict=True)
        if price
    )
    total -= sum(int(at.level[k]) * value for k, value in enumerate(held.values))
    return total, at, 1 << bits


def value_step(model: Model, k: int) -> int:
    """Greatest common divisor of a level's values: its value moves in such steps."""
    level = model.levels[k]
    if level.counts_cost:
        return 1
    step = int(np.gcd.reduce(np.abs(level.pair_value), initial=0))
    step = int(np.gcd(step, np.gcd.reduce(np.abs(level.plant_value), initial=0)))
    return max(1, step)


def round_multipliers(model: Model, floats: Multipliers, bits: int) -> Multipliers:
    """Integers over 2**bits, of the sign the row asks for."""
    scale = float(1 << bits)
    row = np.rint(floats.row * scale).astype(np.int64)
    return Multipliers(
        row=np.where(model.rows.equal, row, np.maximum(row, 0)),
        cut=np.maximum(np.rint(floats.cut * scale), 0).astype(np.int64),
        level=np.maximum(np.rint(floats.level * scale), 0).astype(np.int64),
    )


def _denominator_bits(pricing: Pricing, cuts: Cuts, floats: Multipliers) -> int:
    """Bits so that no sum over a pair or plant column leaves 64-bit integers."""
    model, row = pricing.model, np.abs(floats.row)
    draws = np.asarray(abs(pricing.draws) @ row)
    resources = np.asarray(abs(pricing.resources) @ row)
    cost = max(
        (
            float(weight)
            for weight, level in zip(floats.level, model.levels, strict=True)
            if level.counts_cost
        ),
        default=0.0,
    )
    worst = float(resources.max(initial=0.0))
    worst += 64 * float(draws.max(initial=0.0))
    worst += 64 * cost * float(np.abs(pricing.choice_cost).max(initial=0))
    worst += cost * float(np.abs(pricing.cost).max(initial=0))
    for weight, level in zip(floats.level, model.levels, strict=True):
        worst += float(weight) * float(np.abs(level.pair_value).max(initial=0))
        worst += float(weight) * float(np.abs(level.plant_value).max(initial=0))
    plant = np.asarray(abs(model.plant.matrix) @ row)
    worst += float(plant.max(initial=0.0))
    cut = np.abs(floats.cut)
    worst += float(np.asarray(abs(cuts.pairs).T @ cut).max(initial=0.0))
    worst += float(np.asarray(abs(cuts.plant).T @ cut).max(initial=0.0))
    largest = max(worst, float(row.max(initial=0.0)), 1.0)
    return max(0, HEADROOM_BITS - int(np.ceil(np.log2(largest + 1))) - 1)
