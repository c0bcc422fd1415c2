"""The first large level begins from a plain solution, with whoever travels so far."""

from dataclasses import dataclass

import numpy as np

from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.progress import Clock, Limits, Progress
from movplan.optimiser.solution import Solution, nobody
from movplan.optimiser.solve import Optimised, Planner, optimise
from movplan.planning.in_force import plain_solution
from tests.optimiser.generated import mission_model, moved_level
from tests.optimiser.on_the_way import DATA, on_the_way

MODEL = mission_model(60, 3)
MOVED = moved_level(MODEL)


@dataclass
class Stopper:
    """Stops a run when its first large level is being bounded."""

    pressed: bool = False

    def watch(self, step: Progress) -> None:
        """Press when the level's bound has begun."""
        moved = MODEL.levels[MOVED].level.name
        self.pressed = self.pressed or (step.stage, step.level) == ("bound", moved)

    def run(self, planner: Planner) -> Optimised:
        """Optimise until pressed."""
        return optimise(
            MODEL, Clock(Limits(), lambda: self.pressed), self.watch, planner
        )


def test_whoever_stops_the_bound_has_the_plain_solution() -> None:
    values: list[int] = []

    def plain(pool: BlocPool, so_far: Solution) -> Solution:
        made = plain_solution(MODEL, pool.pool, so_far)
        values.append(made.value(MODEL, pool.pool.columns, MOVED))
        return made

    with_it = Stopper().run(Planner(plain=plain)).outcomes[MOVED].value
    without = Stopper().run(Planner()).outcomes[MOVED].value
    assert with_it == values[0] > 2 * without


def test_whoever_travels_already_travels_as_before() -> None:
    # Three families want the one seat of convoy 2; all count the same.
    state = on_the_way(DATA, 4)
    so_far = state.best.with_plant(np.array([0, 0, 1]))
    model, pool = state.model, state.pool
    assert _seated(plain_solution(model, pool, nobody(model))) == [0, 1, 2]
    after = plain_solution(model, pool, so_far)
    assert _seated(after) == [0, 1, 4]
    assert pool.columns.pair[after.column[4]] == pool.columns.pair[so_far.column[4]]


def _seated(solution: Solution) -> list[int]:
    return np.flatnonzero(solution.column >= 0).tolist()
