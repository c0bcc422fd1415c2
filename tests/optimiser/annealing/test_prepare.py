"""Walks are compiled ahead, and a run with a clock does not wait for that."""

import threading
from pathlib import Path

import pytest

from movplan.optimiser import rounds
from movplan.optimiser.annealing import prepare
from movplan.optimiser.progress import Clock, Limits
from tests.optimiser.annealed import annealed
from tests.optimiser.on_the_way import DATA, on_the_way


def test_what_was_compiled_is_known_to_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = tmp_path / "walk.done"
    monkeypatch.setattr(prepare, "_done", lambda: mark)
    assert not prepare.is_prepared()
    prepare.prepare()
    assert prepare.is_prepared()


def test_where_nothing_is_kept_nothing_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepare, "_done", lambda: None)
    assert prepare.is_prepared()


def test_with_a_clock_a_walk_waits_until_it_is_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(rounds, "is_prepared", lambda: False)
    monkeypatch.setattr(rounds, "prepare_beside", lambda: asked.append("compile"))
    state = on_the_way(DATA, 0)
    clock = Clock(Limits(time_limit_s=60.0), lambda: False)
    clock.share(1.0)
    search = rounds.Rounds(state, clock, large=True)
    assert search.run() == 0
    assert asked == ["compile"]
    assert search.turn == 1  # parts go on
    assert annealed(state).value > 30  # without a clock it compiles and walks


def test_what_another_process_is_compiling_is_not_taken_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two commands on a new machine: the second waits, and finds all done."""
    kept, mark = tmp_path / "anneal.anneal-1.py311.nbi", tmp_path / "walk.done"
    monkeypatch.setattr(prepare, "_done", lambda: mark)
    second = threading.Thread(target=prepare.prepare)
    with prepare.alone(tmp_path / "walk.lock"):
        kept.touch()
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive()
        mark.touch()
    second.join()
    assert kept.exists()


def test_what_older_sources_compiled_to_is_forgotten(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Numba would go on calling it where only what it calls has changed."""
    old = tmp_path / "anneal.anneal-1.py311.nbi"
    other = tmp_path / "elsewhere.some-1.py311.nbi"
    mark = tmp_path / "walk.done"
    monkeypatch.setattr(prepare, "_done", lambda: mark)
    for file in (old, other):
        file.touch()
    prepare.prepare()
    assert not old.exists()
    assert other.exists()
    old.touch()
    prepare.prepare()
    assert old.exists()
