"""Pricing one of each sort is pricing everything, one by one."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.pricing import Multipliers, Pricing
from movplan.optimiser.same import Same
from tests.optimiser.generated import mission_model

Numbers = NDArray[Any]
FAMILIES, SEED = 40, 2


def one_by_one(model: Model, at: Multipliers) -> tuple[list[Any], IntArray, IntArray]:
    """Pair values, best choices and best options as the formulas say them."""
    templates, pairs = model.templates, model.pairs
    cost = sum(
        weight
        for weight, level in zip(at.level, model.levels, strict=True)
        if level.counts_cost
    )
    choice = templates.draws @ at.row + templates.choice_cost * cost
    best_choice = first_least(choice, templates.choice_ptr)
    template = templates.resources @ at.row + templates.cost * cost
    for t, (a, b) in enumerate(segments(templates.charge_ptr)):
        template[t] += choice[best_choice[a:b]].sum()
    offered = template[pairs.slot_template]
    best_option = first_least(offered, pairs.option_ptr)
    value = []
    for p, (a, b) in enumerate(segments(pairs.slot_ptr)):
        worth = sum(
            weight * level.pair_value[p]
            for weight, level in zip(at.level, model.levels, strict=True)
        )
        attended = offered[best_option[a:b]].sum()
        value.append(worth - template[pairs.template[p]] - attended)
    return value, best_choice, best_option


def segments(ptr: IntArray) -> list[tuple[int, int]]:
    """(first, end) of every segment."""
    return list(zip(ptr[:-1].tolist(), ptr[1:].tolist(), strict=True))


def first_least(values: Numbers, ptr: IntArray) -> IntArray:
    """Where the first smallest value of every segment stands."""
    return np.array([a + int(np.argmin(values[a:b])) for a, b in segments(ptr)])


def whole(rng: np.random.Generator, size: int) -> Numbers:
    """Few different prices, so that many choices cost the same."""
    return rng.integers(-2, 3, size)


def floating(rng: np.random.Generator, size: int) -> Numbers:
    """Prices of which no two are the same."""
    return rng.normal(0, 1, size)


@pytest.mark.parametrize("drawn", [whole, floating])
@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_pairs_are_priced_as_if_one_by_one(
    drawn: Callable[[np.random.Generator, int], Numbers], seed: int
) -> None:
    """The same values, and among equals the first choice and the first option."""
    model = mission_model(FAMILIES, SEED)
    rng = np.random.default_rng(seed)
    row, level = drawn(rng, len(model.rows)), abs(drawn(rng, len(model.levels)))
    at = Multipliers(row=row, cut=row[:0], level=level)
    value, choice, option = one_by_one(model, at)
    priced = Pricing(model).price(no_cuts(model), at)
    np.testing.assert_allclose(priced.pair_value, value, rtol=1e-12, atol=1e-9)
    charges, slots = np.arange(len(choice)), np.arange(len(option))
    assert (priced.best_choice(charges) == choice).all()
    assert (priced.best_option(slots) == option).all()


def test_there_is_less_to_price_than_there_is() -> None:
    """Forty families already: a sort stands for many charges and slots."""
    model = mission_model(FAMILIES, SEED)
    same = Same.of(model)
    assert 5 * len(same.charge) < len(same.charge.of)
    assert len(same.slot) < len(same.slot.of)
