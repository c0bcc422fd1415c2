"""Limits and clocks."""

import time

import pytest

from movplan.optimiser.progress import Clock, Limits


def _clock(limits: Limits) -> Clock:
    return Clock(limits, lambda: False)


def test_a_limit_counts_from_when_the_command_began() -> None:
    began = time.monotonic() - 8.0
    clock = _clock(Limits(time_limit_s=10, began=began))
    clock.reserve(1.0)
    clock.share(0.5)
    left = clock.left()
    assert clock.elapsed() >= 8.0
    assert left is not None
    assert left == pytest.approx(0.5, abs=0.2)


def test_without_a_beginning_it_counts_from_now() -> None:
    clock = _clock(Limits(time_limit_s=10))
    clock.share(1.0)
    assert clock.left() == pytest.approx(10, abs=0.2)


def test_time_used_up_before_planning_stops_at_once_and_says_it_cut() -> None:
    clock = _clock(Limits(time_limit_s=1, began=time.monotonic() - 5))
    clock.share(1.0)
    assert clock.stop()
    assert clock.cut
