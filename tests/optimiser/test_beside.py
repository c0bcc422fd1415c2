"""Bound and search at the same time: processes, news, errors, ends."""

import multiprocessing as mp
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from movplan.domain.errors import InternalError
from movplan.optimiser import beside as beside_module
from movplan.optimiser import level as level_module
from movplan.optimiser.beside import Beside, Task, can_copy_processes
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.first_order import FirstOrder
from movplan.optimiser.generate import Generator
from movplan.optimiser.level import ahead_of_its_turn
from movplan.optimiser.master import Held
from movplan.optimiser.progress import Clock, Limits, Progress
from movplan.optimiser.run import Board, Run
from movplan.optimiser.snapshot import Snapshot, root_over, take_snapshot
from movplan.optimiser.solution import nobody
from movplan.optimiser.solve import optimise
from tests.optimiser.generated import empty_pool, mission_model, moved_level

pytestmark = pytest.mark.skipif(
    not can_copy_processes(), reason="processes are copied on Linux only"
)


def _held(pool: BlocPool) -> Held:
    return Held((-(10**9),) * moved_level(pool.model))


def _never() -> bool:
    return False


def _beside(pool: BlocPool) -> Beside:
    clock = Clock(Limits(), _never)
    task = Task(pool, _held(pool), nobody(pool.model), clock, clock.left)
    return Beside(task)


def test_it_tells_no_prices_that_prove_less_than_those_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Prices of the LP, then none at all: what was told first stays."""
    pool = empty_pool(mission_model(60, 3))
    good = FirstOrder(pool, _held(pool)).solve(1e-3, _never)
    assert good is not None
    bad = replace(good, at=replace(good.at, row=100 * good.at.row))

    def tells(*args: Any) -> None:
        assert [args[3](each) for each in (good, bad)] == [True, False]

    monkeypatch.setattr(beside_module, "warm_prices", tells)
    monkeypatch.setattr(beside_module, "beyond_simplex", lambda _: True)
    last = _last(_beside(pool))
    assert (last.root.lp.at.row == good.at.row).all()


@pytest.fixture
def large_news(monkeypatch: pytest.MonkeyPatch) -> Beside:
    """A process that tells nine times of ever better prices, each more than a pipe."""

    def large(_: Any, __: Any, bound: int) -> SimpleNamespace:
        root = SimpleNamespace(bound=SimpleNamespace(value=bound))
        return SimpleNamespace(root=root, size=np.zeros(1_000_000))

    told = mp.get_context("fork").Event()

    def tells(*args: Any) -> None:
        for bound in range(9, 0, -1):
            args[3](bound)
        told.set()

    monkeypatch.setattr(beside_module, "priced_snapshot", large)
    monkeypatch.setattr(beside_module, "warm_prices", tells)
    monkeypatch.setattr(beside_module, "beyond_simplex", lambda _: True)
    beside = _beside(empty_pool(mission_model(60, 3)))
    assert told.wait(60)
    return beside


def test_only_the_last_of_large_news_is_heard(large_news: Beside) -> None:
    heard = large_news.latest()
    assert heard is not None
    assert heard.root.bound.value == 1
    large_news.end()


def test_whoever_is_in_a_hurry_does_not_listen(large_news: Beside) -> None:
    assert large_news.end(listen=False) is None
    assert not mp.active_children()


def _last(beside: Beside) -> Snapshot:
    last = None
    while not beside.over:
        last = beside.latest() or last
        time.sleep(0.01)
    assert last is not None
    return last


def test_the_other_process_ends_with_the_bound_found_in_turn() -> None:
    pool = empty_pool(mission_model(60, 3))
    beside = _beside(pool)
    last = _last(beside)
    beside.end()
    alone = empty_pool(pool.model)
    generator = Generator(
        pool.model, alone, _held(pool), _never, start=nobody(pool.model)
    )
    assert last.root.bound.value == generator.run().bound.value
    assert not mp.active_children()


def test_a_snapshot_means_the_same_over_another_pool() -> None:
    pool = empty_pool(mission_model(60, 3))
    generator = Generator(
        pool.model, pool, _held(pool), _never, start=nobody(pool.model)
    )
    root = generator.run()
    other = empty_pool(pool.model)
    over = root_over(other, take_snapshot(pool, root.bound, root.lp, root.cuts))
    use = other.rows[: len(over.lp.columns)].T @ over.lp.columns
    assert np.allclose(use, pool.rows[: len(root.lp.columns)].T @ root.lp.columns)
    travelling = root.lp.bloc_price > 1e-3
    price = over.lp.bloc_price
    assert np.allclose(price[travelling], root.lp.bloc_price[travelling], rtol=1e-3)


def test_an_error_over_there_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("no such price")

    monkeypatch.setattr(beside_module, "warm_prices", broken)
    beside = _beside(empty_pool(mission_model(60, 3)))
    with pytest.raises(InternalError, match="no such price"):
        _last(beside)


def test_a_killed_process_is_over_and_what_it_told_stays_good() -> None:
    pool = empty_pool(mission_model(60, 3))
    beside = _beside(pool)
    (child,) = mp.active_children()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    beside.latest()
    assert beside.over


def test_left_alone_it_ends_though_its_solver_does_not_look_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A process whose parent was killed does not go on with gigabytes of its own."""
    monkeypatch.setattr(beside_module, "warm_prices", lambda *_: time.sleep(60))
    told, tell = mp.get_context("fork").Pipe(duplex=False)

    def search() -> None:
        _beside(empty_pool(mission_model(60, 3)))
        (child,) = mp.active_children()
        tell.send(child.pid)
        time.sleep(60)

    searching = mp.get_context("fork").Process(target=search)
    searching.start()
    child = told.recv()
    searching.kill()
    searching.join()
    due = time.monotonic() + 30
    while _is_running(child):
        assert time.monotonic() < due, "it is still there"
        time.sleep(0.05)


def _is_running(pid: int) -> bool:
    """Whether a process is there that is more than a name in the table."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_a_level_raced_is_a_plan_and_says_it_is_not_repeatable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(level_module, "BESIDE_BLOCS", 1)
    model = mission_model(60, 3)
    steps: list[Progress] = []
    clock = Clock(Limits(time_limit_s=8), _never)
    found = optimise(model, clock, steps.append)
    used = found.solution.usage(model, found.pool.columns)
    kept = np.where(model.rows.equal, used == model.rows.rhs, used <= model.rows.rhs)
    outcome = found.outcomes[moved_level(model)]
    assert kept.all()
    assert 0 < outcome.value <= outcome.bound
    assert not found.repeatable
    assert not mp.active_children()
    values = [s.value for s in steps if s.level == "moved" and s.value is not None]
    assert values == sorted(values)


def test_a_level_bounded_ahead_of_its_turn_has_a_bound_that_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is held while it is bounded; what comes out is no less than the best."""
    monkeypatch.setattr(level_module, "BESIDE_BLOCS", 1)
    pool = empty_pool(mission_model(60, 3))
    run = Run(Clock(Limits(time_limit_s=30), _never), lambda _: None, Board())
    found = ahead_of_its_turn(pool, run)
    assert found is not None
    k, ahead = found
    assert k == moved_level(pool.model)
    last = _last(ahead)
    generator = Generator(
        pool.model,
        empty_pool(pool.model),
        _held(pool),
        _never,
        start=nobody(pool.model),
    )
    assert last.root.bound.value == generator.run().bound.value
    ahead.end()
    assert ahead.end() is None
    assert not mp.active_children()


def test_without_a_clock_nothing_is_bounded_ahead() -> None:
    pool = empty_pool(mission_model(60, 3))
    run = Run(Clock(Limits(effort=1), _never), lambda _: None, Board())
    assert ahead_of_its_turn(pool, run) is None
