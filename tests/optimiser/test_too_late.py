"""Levels that count many and have no time to begin are left as they are."""

import pytest

from movplan.optimiser import level
from movplan.optimiser.beside import can_copy_processes
from movplan.optimiser.master import ANYTHING
from movplan.optimiser.progress import Clock, Limits
from movplan.optimiser.run import Board, Run, as_it_is, nothing_plain
from movplan.optimiser.snapshot import free_root
from movplan.optimiser.solution import nobody
from tests.optimiser.generated import empty_pool, mission_model, moved_level


def run_with(seconds: float) -> Run:
    """A run with so many seconds left."""
    clock = Clock(Limits(time_limit_s=seconds), lambda: False)
    clock.share(1.0)
    return Run(clock, lambda _: None, Board(), as_it_is, as_it_is, nothing_plain)


def test_a_level_without_time_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def begin(*_: object) -> None:
        begun.append("search")
        raise InterruptedError

    monkeypatch.setattr(level, "_in_turn", begin)
    monkeypatch.setattr(level, "_at_the_same_time", begin)
    model = mission_model(60, 3)
    pool, best = empty_pool(model), nobody(model)
    held = (ANYTHING,) * moved_level(model)
    late = run_with(0.5 * level.BEGINS_S * pool.blocs.count)
    state = level.solve_level(model, pool, best, held, late)
    assert not begun
    assert late.clock.cut
    assert state.best is best
    assert state.bound == free_root(pool, state.held).bound.value
    with pytest.raises(InterruptedError):
        level.solve_level(model, pool, best, held, run_with(60.0))


@pytest.mark.skipif(not can_copy_processes(), reason="copies processes")
def test_nor_is_it_bounded_ahead_of_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(level, "BESIDE_BLOCS", 1)
    pool = empty_pool(mission_model(60, 3))
    late = run_with(0.5 * level.BEGINS_S * pool.blocs.count)
    assert level.ahead_of_its_turn(pool, late) is None
    ahead = level.ahead_of_its_turn(pool, run_with(60.0))
    assert ahead is not None
    ahead[1].end()
