"""Exchanges between who travels and who stays, on what already runs."""

from dataclasses import replace

import numpy as np
import pytest

from movplan.domain.scenario import Scenario
from movplan.optimiser.exchange import exchange
from movplan.optimiser.generate import Generator
from movplan.optimiser.improve import WAYS_PER_BLOC
from movplan.optimiser.master import Held
from movplan.optimiser.solution import Solution, nobody
from movplan.optimiser.state import LevelState
from movplan.screening import screen
from tests.checks.world import SCENARIO
from tests.optimiser.generated import empty_pool, mission_model, moved_level
from tests.optimiser.tiny import Data, tiny_model

# Family 0 (three persons) may take convoy 0 or 1, family 1 (four) convoy 0 only. One
# bus of four goes on convoy 0, one of three on convoy 1; the others have no bus.
DATA = Data(
    sizes=(3, 4, 1, 1, 1),
    weights=(30, 40, 10, 10, 10),
    convoys=((0, 1), (0,), (2,), (2,), (2,)),
    draws=((1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1)),
    vehicle_seats=(4, 3, 1),
    vehicle_price=(1, 1, 1),
    budget=(10, 10),
    tied=False,
    vehicles=1,
)
BUSES = np.array([1, 1, 0])


def never() -> bool:
    return False


def on_the_way(data: Data, *families: int, scenario: Scenario = SCENARIO) -> LevelState:
    """Some families on convoy 0, all ways known."""
    model = tiny_model(data, screen(scenario))
    pool = empty_pool(model)
    held = Held(())
    root = Generator(model, pool, held, never, start=nobody(model)).run()
    state = LevelState(model, pool, held, root, nobody(model), root.bound.value)
    state.enrich(WAYS_PER_BLOC)
    column = np.full(len(model.units), -1, np.int64)
    for family in families:
        first = model.pairs.unit_ptr[family]
        column[family] = np.flatnonzero(state.pool.columns.pair == first)[0]
    state.best = Solution(column, BUSES)
    return state


def travelling(state: LevelState) -> list[int]:
    return np.flatnonzero(state.best.column >= 0).tolist()


def test_whoever_can_go_otherwise_makes_way() -> None:
    state = on_the_way(DATA, 0)
    assert state.value == 30
    assert exchange(state, never)
    assert travelling(state) == [0, 1]
    assert state.value == 70


def test_whoever_is_worth_less_stays() -> None:
    only_one_way = replace(DATA, convoys=((0,), (0,), (2,), (2,), (2,)))
    only_one_way = replace(only_one_way, draws=DATA.draws[:5])
    state = on_the_way(only_one_way, 0)
    assert exchange(state, never)
    assert travelling(state) == [1]
    worth_more = replace(only_one_way, weights=(50, 40, 10, 10, 10))
    state = on_the_way(worth_more, 0)
    assert not exchange(state, never)
    assert travelling(state) == [0]


def test_money_counts_as_seats_do() -> None:
    # buses cost line 0 two of ten; who is on the way pays one, the other asks for nine
    dear = replace(DATA, draws=(*DATA.draws[:2], (9, 9), *DATA.draws[3:]))
    dear = replace(dear, budget=(10, 8))
    state = on_the_way(dear, 0)
    assert not exchange(state, never)
    assert state.value == 30


def test_what_cannot_be_finished_is_not_taken() -> None:
    state = on_the_way(DATA, 0)
    state.mend = lambda found: found if found.column[1] < 0 else None
    assert not exchange(state, never)
    assert travelling(state) == [0]


@pytest.mark.parametrize("seed", [3, 4])
def test_a_mission_keeps_all_rows_and_loses_nothing(seed: int) -> None:
    model = mission_model(60, seed)
    pool = empty_pool(model)
    held = Held((-(10**9),) * moved_level(model))
    root = Generator(model, pool, held, never, start=nobody(model)).run()
    state = LevelState(model, pool, held, root, nobody(model), root.bound.value)
    state.enrich(WAYS_PER_BLOC)
    # everything runs that may: an exchange fills it from nothing
    state.best = state.best.with_plant(_all_that_may_run(state))
    exchange(state, never)
    assert state.value > 0
    used = state.best.usage(model, state.pool.columns)
    rows = model.rows
    assert np.where(rows.equal, used == rows.rhs, used <= rows.rhs).all()


def _all_that_may_run(state: LevelState) -> np.ndarray:
    """One of every run and hire, as far as the rows allow, in order."""
    plant = state.best.plant.copy()
    for k, name in enumerate(state.model.plant.names):
        if name.kind in ("run", "hire"):
            more = plant.copy()
            more[k] = 1
            used = state.best.with_plant(more).usage(state.model, state.pool.columns)
            if (used <= state.model.rows.rhs).all():
                plant = more
    return plant
