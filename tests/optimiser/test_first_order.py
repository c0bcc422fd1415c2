"""First prices: loosely solved, they prove a bound near the LP's, and what to use."""

import numpy as np
import pytest

from movplan.optimiser import first_order as first_order_module
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.bound import exact_bound, free_rows
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.first_order import FirstOrder, FirstPrices
from movplan.optimiser.generate import Generator, Root
from movplan.optimiser.master import ANYTHING, Held
from movplan.optimiser.solution import nobody
from movplan.optimiser.warm import start_from, warm_prices
from tests.optimiser.generated import empty_pool, mission_model, moved_level

TOLERANCE = 1e-4


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def pool() -> BlocPool:
    return empty_pool(mission_model(60, 3))


@pytest.fixture(scope="module")
def held(pool: BlocPool) -> Held:
    return Held((ANYTHING,) * moved_level(pool.model))


@pytest.fixture(scope="module")
def root(pool: BlocPool, held: Held) -> Root:
    model = pool.model
    mine = empty_pool(model)
    return Generator(model, mine, held, never, start=nobody(model)).uncut()


@pytest.fixture(scope="module")
def found(pool: BlocPool, held: Held) -> FirstPrices:
    priced = FirstOrder(pool, held).solve(TOLERANCE, never)
    assert priced is not None
    return priced


def proved(pool: BlocPool, held: Held, priced: FirstPrices) -> int:
    cuts = no_cuts(pool.model)
    return exact_bound(pool.model, pool.blocs, cuts, held, priced.at).value


def test_cut_short_at_once_it_has_prices_of_no_use(
    pool: BlocPool, held: Held, root: Root
) -> None:
    first_order = FirstOrder(pool, held)
    found = first_order.solve(1e-9, never, seconds=1e-9)
    assert found is not None
    assert proved(pool, held, found) >= root.bound.value
    assert first_order.solve(1e-9, lambda: True, seconds=60.0) is None


def test_what_the_most_iterations_lead_to_is_kept(
    pool: BlocPool, held: Held, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_order_module, "MOST_ITERATIONS", 500)
    found = FirstOrder(pool, held).solve(1e-12, never)
    assert found is not None
    assert root.bound.value <= proved(pool, held, found) <= 1.05 * root.bound.value


def test_no_better_prices_than_those_before_are_not_taken(
    pool: BlocPool, held: Held
) -> None:
    """Whoever is told says so."""
    told: list[FirstPrices] = []

    def only_the_first(found: FirstPrices) -> bool:
        told.append(found)
        return len(told) == 1

    assert warm_prices(pool, held, never, only_the_first) is told[0]
    assert len(told) == 2


def test_its_prices_prove_a_bound_near_the_lp(
    pool: BlocPool, held: Held, root: Root, found: FirstPrices
) -> None:
    free = FirstPrices(free_rows(pool.model, held.level), found.use)
    bound = proved(pool, held, found)
    # The compact model lets no bloc ride what it does not fit on as a whole.
    assert bound <= 1.02 * root.bound.value < proved(pool, held, free)


def test_what_it_uses_nearly_keeps_the_rows(pool: BlocPool, found: FirstPrices) -> None:
    units = np.bincount(pool.model.pairs.unit, found.use.pairs)
    assert units.max() <= 1.01
    assert units.sum() > 1
    assert (found.use.plant <= pool.model.plant.upper + 0.01).all()
    assert (found.use.plant >= -0.01).all()


def test_it_is_worth_about_what_its_prices_prove(
    pool: BlocPool, held: Held, found: FirstPrices
) -> None:
    level = pool.model.levels[held.level]
    worth = level.pair_value @ found.use.pairs + level.plant_value @ found.use.plant
    assert worth == pytest.approx(proved(pool, held, found), rel=0.03)


def test_a_level_that_is_held_is_a_row(pool: BlocPool, root: Root) -> None:
    """What moves the most persons costs more than moving nobody."""
    k, model = moved_level(pool.model), pool.model
    cost = next(j for j, lv in enumerate(model.levels) if lv.counts_cost)
    most = root.bound.value // 2
    values = [ANYTHING] * cost
    values[k] = most
    dear = FirstOrder(pool, Held(tuple(values))).solve(TOLERANCE, never)
    free = FirstOrder(pool, Held((ANYTHING,) * cost)).solve(TOLERANCE, never)
    assert dear is not None
    assert free is not None
    moved = model.levels[k].pair_value
    assert moved @ dear.use.pairs >= 0.99 * most > moved @ free.use.pairs
    assert dear.at.level[k] > 0


def test_tied_rows_have_no_price(pool: BlocPool, found: FirstPrices) -> None:
    assert (found.at.row[pool.blocs.tied] == 0).all()
    free = ~pool.model.rows.equal
    assert (found.at.row[free] >= 0).all()


def test_stopped_it_has_none(pool: BlocPool, held: Held) -> None:
    assert FirstOrder(pool, held).solve(1e-12, lambda: True) is None


def test_it_finds_the_same_again(
    pool: BlocPool, held: Held, found: FirstPrices
) -> None:
    again = FirstOrder(pool, held).solve(TOLERANCE, never)
    assert again is not None
    assert (again.at.row == found.at.row).all()
    assert (again.use.pairs == found.use.pairs).all()


def test_first_prices_come_nearer_step_by_step(pool: BlocPool, held: Held) -> None:
    told: list[FirstPrices] = []
    last = warm_prices(pool, held, never, lambda each: told.append(each) is None)
    assert len(told) == 2
    assert last is told[-1]
    assert proved(pool, held, told[1]) < proved(pool, held, told[0])


def test_nobody_is_told_of_prices_when_stopped(pool: BlocPool, held: Held) -> None:
    told: list[FirstPrices] = []
    found = warm_prices(
        pool, held, lambda: True, lambda each: told.append(each) is None
    )
    assert not told
    assert not found.at.row.any()


def test_column_generation_cut_at_once_keeps_what_they_prove(
    pool: BlocPool, held: Held, found: FirstPrices
) -> None:
    mine = empty_pool(pool.model)
    stopped = Generator(pool.model, mine, held, lambda: True, start=nobody(pool.model))
    start_from(stopped, found)
    assert stopped.run().bound.value <= proved(pool, held, found)
