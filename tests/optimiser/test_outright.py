"""Levels that count few families, solved outright over a few ways."""

import numpy as np
import pytest

from movplan.optimiser.generate import Generator
from movplan.optimiser.master import Held
from movplan.optimiser.outright import solve_outright
from movplan.optimiser.progress import Clock, Limits
from movplan.optimiser.solution import Solution, nobody
from movplan.optimiser.state import LevelState
from tests.optimiser.annealed import annealed
from tests.optimiser.generated import empty_pool, mission_model

ANYTHING = -(10**9)


def _never() -> bool:
    return False


@pytest.fixture
def state() -> LevelState:
    """The level of emergencies, bounded without a cut; nobody travels yet."""
    model = mission_model(60, 1)
    emergency = [level.level.name for level in model.levels].index("emergency")
    pool, held = empty_pool(model), Held((ANYTHING,) * emergency)
    generator = Generator(model, pool, held, _never, start=nobody(model))
    root = generator.uncut()
    assert not len(root.cuts)
    return LevelState(model, pool, held, root, nobody(model), root.bound.value)


def _clock() -> Clock:
    return Clock(Limits(effort=1), _never)


def test_the_bound_is_reached_without_cuts(state: LevelState) -> None:
    assert state.value < state.bound
    solve_outright(state, _clock())
    assert state.proved


def test_walks_reach_it_too_where_families_are_too_many(state: LevelState) -> None:
    assert annealed(state).value == state.bound


@pytest.mark.parametrize("held", [False, True])
def test_whoever_cannot_be_finished_goes_another_way(
    state: LevelState, monkeypatch: pytest.MonkeyPatch, *, held: bool
) -> None:
    """What cannot be finished is a way, not a family: it still travels.

    Also where a level that is held counts it, and no plan without it is taken.
    """
    model, pool = state.model, state.pool
    solve_outright(state, _clock())
    worth = model.levels[state.k].pair_value
    ways = np.bincount(model.pairs.unit, minlength=len(model.units))
    riding = pool.columns.pair[state.best.used()]
    alone = np.bincount(state.blocs.blocs.of_unit)[state.blocs.blocs.of_pair] == 1
    counted = [p for p in riding if worth[p] and alone[p]]
    pair = max(counted, key=lambda p: ways[model.pairs.unit[p]])
    unit = int(model.pairs.unit[pair])

    def mend(found: Solution) -> Solution:
        if pool.columns.pair[found.column[unit]] != pair:
            return found
        column = found.column.copy()
        column[unit] = -1
        return Solution(column, found.plant)

    if held:
        keeps_it = lambda _, found: bool(found.column[unit] >= 0)  # noqa: E731
        monkeypatch.setattr(LevelState, "_keeps_held", keeps_it)
    again = LevelState(
        model,
        state.blocs,
        state.held,
        state.root,
        nobody(model),
        state.bound,
        mend=mend,
    )
    solve_outright(again, _clock())
    assert again.proved
    assert pool.columns.pair[again.best.column[unit]] != pair
