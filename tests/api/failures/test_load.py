"""Two hundred plans of twenty clients: all done, none twice, by both workers."""

import pytest

from benchmarks.service.load import live_under_solves, load
from benchmarks.service.probe import Times

PLANS = 200


@pytest.mark.slow
def test_none_is_lost_and_none_done_twice(running):
    """The same order each time: each plan is the same to the byte."""
    found = load(running, plans=PLANS, clients=20)
    assert (found.plans, found.completed, found.begun_again) == (PLANS, PLANS, 0)
    assert found.different_plans == 1
    assert len(found.by_worker) == 2, "two workers share a queue"
    assert min(found.by_worker) >= PLANS // 10
    assert found.live.p99_ms < 100


@pytest.mark.slow
def test_it_lives_while_two_big_plans_are_solved(running):
    assert live_under_solves(running, solves=2, seconds=20).p99_ms < 100


def test_quantiles():
    """Of 1..100 ms: the 50th, 95th, 99th and last."""
    times = Times.of([number / 1000 for number in range(1, 101)])
    assert (times.p50_ms, times.p95_ms, times.p99_ms, times.worst_ms) == (
        50,
        95,
        99,
        100,
    )
