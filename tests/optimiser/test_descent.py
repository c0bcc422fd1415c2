"""Prices by descent: the Lagrangian is the bound's, its slope is one, it goes down."""

import numpy as np
import pytest

from movplan.optimiser import warm
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.bound import exact_bound, exact_total
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.descent import Descent
from movplan.optimiser.first_order import FirstPrices
from movplan.optimiser.generate import Generator
from movplan.optimiser.lagrangian import FloatArray, Lagrangian
from movplan.optimiser.master import Held
from movplan.optimiser.solution import nobody
from tests.optimiser.generated import empty_pool, mission_model, moved_level


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def pool() -> BlocPool:
    return empty_pool(mission_model(60, 3))


def held_at(pool: BlocPool, k: int) -> Held:
    """What nobody travelling reaches on the levels before k."""
    model = pool.model
    none = nobody(model)
    return Held(tuple(none.value(model, pool.pool.columns, j) for j in range(k)))


@pytest.fixture
def by_descent(pool: BlocPool, monkeypatch: pytest.MonkeyPatch) -> Held:
    """What is held at the level of most, whose prices come by descent."""
    monkeypatch.setattr(warm, "MOST_BLOCS", 1)
    return held_at(pool, moved_level(pool.model))


def prices(lagrangian: Lagrangian, seed: int) -> FloatArray:
    """Prices somewhere, of the sign every row asks for."""
    rng = np.random.default_rng(seed)
    size = len(lagrangian.rhs)
    some = rng.exponential(20.0, size) * lagrangian.scale * (rng.random(size) < 0.3)
    return np.where(lagrangian.moving, some, 0.0)


@pytest.mark.parametrize("later", [0, 1, 2])
@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_lagrangian_of_the_bound(
    pool: BlocPool, later: int, seed: int
) -> None:
    """Classes change nothing: level by level the value is that of all pairs priced."""
    held = held_at(pool, moved_level(pool.model) + later)
    lagrangian = Lagrangian(pool, held)
    price = prices(lagrangian, seed)
    total, whole, denominator = exact_total(
        pool.model,
        pool.blocs,
        no_cuts(pool.model),
        held,
        lagrangian.multipliers(price),
    )
    rounded = np.concatenate([whole.row, whole.level[: held.level]]) / denominator
    value = lagrangian.evaluate(rounded).value
    assert value == pytest.approx(total / denominator, rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_left_of_rows_is_a_slope(pool: BlocPool, seed: int) -> None:
    """L(q) >= L(p) + (rhs - use at p) (q - p) for any prices p and q: L is convex."""
    lagrangian = Lagrangian(pool, held_at(pool, moved_level(pool.model)))
    p, q = prices(lagrangian, seed), prices(lagrangian, seed + 100)
    here, there = lagrangian.evaluate(p), lagrangian.evaluate(q)
    slope = np.where(lagrangian.moving, lagrangian.rhs - here.use, 0.0)
    least = here.value + float(slope @ (q - p))
    assert there.value >= least - 1e-6 * abs(least)


def test_it_goes_down_to_near_the_lp(pool: BlocPool) -> None:
    held = held_at(pool, moved_level(pool.model))
    root = Generator(
        pool.model, empty_pool(pool.model), held, never, start=nobody(pool.model)
    ).run()
    descent = Descent.from_nothing(Lagrangian(pool, held))
    values = [descent.value]
    for _ in range(4):
        descent.run(50, never)
        values.append(descent.value)
    assert values == sorted(values, reverse=True)
    assert values[-1] <= 1.1 * root.bound.value < values[0]


def test_its_prices_prove_a_bound(pool: BlocPool, by_descent: Held) -> None:
    """With more blocs than simplex can do, prices come by descent."""
    told: list[FirstPrices] = []
    found = warm.warm_prices(
        pool, by_descent, never, lambda each: told.append(each) is None
    )
    cuts = no_cuts(pool.model)
    bound = exact_bound(pool.model, pool.blocs, cuts, by_descent, found.at)
    root = Generator(
        pool.model, empty_pool(pool.model), by_descent, never, start=nobody(pool.model)
    ).run()
    assert root.lp.value - 1e-6 <= bound.value
    assert len(told) > 1


@pytest.mark.parametrize("left", [3_600.0, 1e-3, None])
def test_first_order_steps_follow_if_there_is_time(
    left: float | None, pool: BlocPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They end nearer to the LP than descent, which tells its prices as it goes."""
    monkeypatch.setattr(warm, "MOST_BLOCS", 1)
    held, cuts = held_at(pool, moved_level(pool.model)), no_cuts(pool.model)
    told: list[FirstPrices] = []
    warm.warm_prices(
        pool, held, never, lambda each: told.append(each) is None, lambda: left
    )
    model, blocs = pool.model, pool.blocs
    bounds = [exact_bound(model, blocs, cuts, held, each.at).value for each in told]
    if left == 3_600.0:
        assert len(bounds) == warm.STEPS // warm.SOON + 1
        assert bounds == sorted(bounds, reverse=True)
    else:
        assert len(bounds) > warm.STEPS // warm.SOON + 1


def test_descent_goes_on_where_first_order_steps_prove_less(
    pool: BlocPool, by_descent: Held
) -> None:
    told: list[FirstPrices] = []

    first = warm.STEPS // warm.SOON

    def all_but_first_order(found: FirstPrices) -> bool:
        told.append(found)
        return len(told) != first + 1

    found = warm.warm_prices(
        pool, by_descent, never, all_but_first_order, lambda: 3_600.0
    )
    assert len(told) > first + 2
    assert found.at is not told[first].at
    assert (found.at.row == told[-1].at.row).all()


def test_what_is_used_on_average_is_what_ways_use(pool: BlocPool) -> None:
    """Nobody travels more than once, and rows are used by those who do."""
    held = held_at(pool, moved_level(pool.model))
    descent = Descent.from_nothing(Lagrangian(pool, held))
    descent.run(100, never)
    units = np.bincount(pool.model.pairs.unit, descent.pairs)
    assert 0 < units.max() <= 1 + 1e-9
    assert (descent.plant <= pool.model.plant.upper + 1e-9).all()


def test_stopped_at_once_it_has_no_prices_of_its_own(
    pool: BlocPool, by_descent: Held
) -> None:
    """But rosters: theirs follow from the others, whatever these are."""
    priced = np.flatnonzero(warm.warm_prices(pool, by_descent, lambda: True).at.row)
    assert np.isin(priced, pool.blocs.rosters.rows).all()
