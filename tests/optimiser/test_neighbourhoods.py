"""Every named neighbourhood gives units to decide again, of about the size asked."""

import numpy as np
import pytest

from movplan.optimiser.bound import exact_total
from movplan.optimiser.fill import fill
from movplan.optimiser.generate import Generator
from movplan.optimiser.improve import WAYS_PER_BLOC
from movplan.optimiser.master import Held
from movplan.optimiser.neighbourhoods import KINDS
from movplan.optimiser.neighbourhoods.loss import loss
from movplan.optimiser.neighbourhoods.slack import slack
from movplan.optimiser.pricing import price_plant
from movplan.optimiser.solution import Solution, nobody
from movplan.optimiser.state import LevelState
from tests.optimiser.annealed import annealed
from tests.optimiser.generated import empty_pool, mission_model, moved_level


@pytest.fixture(scope="module")
def state() -> LevelState:
    """A level bounded, with a plan."""
    model = mission_model(60, 3)
    pool = empty_pool(model)
    held = Held((-(10**9),) * moved_level(model))
    root = Generator(model, pool, held, lambda: False, start=nobody(model)).run()
    bound = root.bound.value
    found = LevelState(model, pool, held, root, nobody(model), bound)
    found.enrich(WAYS_PER_BLOC)
    annealed(found)
    assert found.value > 0
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [5, 20, 10_000])
def test_units_are_in_order_once_each_and_not_too_many(
    state: LevelState, kind: str, size: int
) -> None:
    units = KINDS[kind](state, np.random.default_rng(size), size)
    assert 0 < len(units) <= size
    assert (np.diff(units) > 0).all()
    assert units[0] >= 0
    assert units[-1] < len(state.model.units)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_chance_gives_the_same_units(state: LevelState, kind: str) -> None:
    one, two = (KINDS[kind](state, np.random.default_rng(7), 15) for _ in range(2))
    assert np.array_equal(one, two)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_travelling_is_no_trouble(state: LevelState, kind: str) -> None:
    model = state.model
    empty = LevelState(
        model, state.blocs, state.held, state.root, nobody(model), state.bound
    )
    assert len(KINDS[kind](empty, np.random.default_rng(1), 10))


def test_losses_of_rows_columns_and_plant_add_up_to_the_gap(state: LevelState) -> None:
    # Over the bound's denominator, to the last unit: bound - value is what rows and
    # cuts leave at their prices, what held levels have over, what blocs lose against
    # their best way and plant against its best value.
    model, pool, cuts = state.model, state.blocs, state.root.cuts
    total, at, scale = exact_total(
        model, pool.blocs, cuts, state.held, state.root.lp.at
    )
    used = pool.of_solution(state.best)
    plant = state.best.plant
    rows = at.row @ (model.rows.rhs - state.best.usage(model, state.pool.columns))
    aboard = np.asarray(pool.pairs[used].sum(axis=0)).ravel()
    cut = at.cut @ (cuts.rhs - cuts.pairs @ aboard + cuts.plant @ plant)
    held = sum(
        int(at.level[k]) * (state.best.value(model, state.pool.columns, k) - value)
        for k, value in enumerate(state.held.values)
    )
    reduced = at.level @ pool.values[:, used] - pool.rows[used] @ at.row
    reduced -= pool.pairs[used] @ (cuts.pairs.T @ at.cut)
    best = pool.blocs.best(pool.blocs.pricing.price(cuts, at).pair_value)
    blocs = int(best.sum()) - int(reduced.sum())
    assert (best[pool.bloc[used]] >= reduced).all()
    priced = price_plant(model, cuts, at)
    most = np.maximum(model.plant.upper * priced, 0)
    assert (most >= plant * priced).all()
    lost = int(rows) + int(cut) + held + blocs + int((most - plant * priced).sum())
    assert lost == total - scale * state.value
    assert lost > 0


def test_slack_and_loss_look_where_the_plan_falls_short(state: LevelState) -> None:
    # A plan that takes one family off: that family is among those drawn.
    column = state.best.column.copy()
    travelling = np.flatnonzero(column >= 0)
    model = state.model
    bloc = state.blocs.blocs.of_unit[travelling[0]]
    off = np.flatnonzero(state.blocs.blocs.of_unit == bloc)
    column[off] = -1
    smaller = LevelState(
        model,
        state.blocs,
        state.held,
        state.root,
        Solution(column, state.best.plant),
        state.bound,
    )
    drawn = set[int]()
    for seed in range(20):
        for kind in (loss, slack):
            drawn |= set(kind(smaller, np.random.default_rng(seed), 20).tolist())
    assert set(off.tolist()) <= drawn


def test_filling_takes_a_family_back_that_still_fits(state: LevelState) -> None:
    column = state.best.column.copy()
    unit = int(np.flatnonzero(column >= 0)[0])
    bloc = state.blocs.blocs.of_unit[unit]
    column[state.blocs.blocs.of_unit == bloc] = -1
    smaller = Solution(column, state.best.plant)
    thinner = LevelState(
        state.model, state.blocs, state.held, state.root, smaller, state.bound
    )
    lost = state.value - thinner.value
    assert fill(thinner)
    assert thinner.value >= state.value - lost + 1
    used = thinner.best.usage(state.model, state.pool.columns)
    rows = state.model.rows
    assert np.where(rows.equal, used == rows.rhs, used <= rows.rhs).all()
    assert not fill(thinner)
