"""A tiny level with some families on the way, all ways known."""

import numpy as np

from movplan.domain.scenario import Scenario
from movplan.optimiser.generate import Generator
from movplan.optimiser.improve import WAYS_PER_BLOC
from movplan.optimiser.master import Held
from movplan.optimiser.solution import Solution, nobody
from movplan.optimiser.state import LevelState
from movplan.screening import screen
from tests.checks.world import SCENARIO
from tests.optimiser.generated import empty_pool
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


def on_the_way(data: Data, *families: int, scenario: Scenario = SCENARIO) -> LevelState:
    """Some families on convoy 0, all ways known."""
    model = tiny_model(data, screen(scenario))
    pool = empty_pool(model)
    held = Held(())
    root = Generator(model, pool, held, lambda: False, start=nobody(model)).run()
    state = LevelState(model, pool, held, root, nobody(model), root.bound.value)
    state.enrich(WAYS_PER_BLOC)
    column = np.full(len(model.units), -1, np.int64)
    for family in families:
        first = model.pairs.unit_ptr[family]
        column[family] = np.flatnonzero(state.pool.columns.pair == first)[0]
    state.best = Solution(column, BUSES)
    return state
