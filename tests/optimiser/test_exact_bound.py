"""The bound against exhaustive search, at any prices and any scale of money."""

from typing import cast

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from movplan.formulation.model import Model
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.bound import exact_bound
from movplan.optimiser.columns import Pool
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.generate import Generator
from movplan.optimiser.links import LinkMaker
from movplan.optimiser.master import Held
from movplan.optimiser.patterns import PatternMaker
from movplan.optimiser.pricing import Multipliers
from movplan.optimiser.solution import nobody
from movplan.screening.result import Screening
from tests.optimiser.tiny import best_by_trying, random_data, tiny_model

SEEDS = st.integers(0, 10_000)


def _model(seed: int, scale: int = 1) -> tuple[Model, int]:
    data = random_data(seed, scale=scale, vehicles=2)
    return tiny_model(data, cast(Screening, None)), best_by_trying(data)[0]


@settings(max_examples=40, deadline=None)
@given(SEEDS, SEEDS, st.sampled_from([1, 1_000, 10**9]))
def test_any_prices_give_a_true_bound(seed: int, prices: int, scale: int) -> None:
    model, best = _model(seed, scale)
    rng = np.random.default_rng(prices)
    at = Multipliers(
        row=rng.normal(0, 10, len(model.rows)) * rng.integers(0, 2, len(model.rows)),
        cut=np.zeros(0),
        level=np.array([1.0, 0.0]),
    )
    bound = exact_bound(model, Blocs(model), no_cuts(model), Held(()), at)
    assert bound.value >= best


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.sampled_from([1, 10**9]))
def test_the_generated_bound_is_true_and_near_the_lp(seed: int, scale: int) -> None:
    model, best = _model(seed, scale)
    pool = BlocPool(model, Blocs(model), Pool(model))
    generator = Generator(model, pool, Held(()), lambda: False, start=nobody(model))
    root = generator.run()
    assert root.bound.value >= best
    # Values move in tens, so a bound rounded down is below LP + 10.
    assert root.bound.value <= root.lp.value + 10


@settings(max_examples=25, deadline=None)
@given(SEEDS, SEEDS)
def test_cuts_keep_every_best_plan(seed: int, use: int) -> None:
    # Whatever LP solution they are cut from, the bound with them stays true.
    model, best = _model(seed)
    rng = np.random.default_rng(use)
    pairs, plant = rng.random(len(model.pairs)), rng.random(len(model.plant))
    linker = LinkMaker(model)
    cuts = linker.make(linker.violated(pairs, plant * 0))
    cuts = cuts.join(PatternMaker(model).violated(pairs, plant))
    at = Multipliers(
        row=rng.random(len(model.rows)) * 10,
        cut=rng.random(len(cuts)) * 10,
        level=np.array([1.0, 0.0]),
    )
    bound = exact_bound(model, Blocs(model), cuts, Held(()), at)
    assert bound.value >= best
