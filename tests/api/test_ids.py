"""Ids are in the order they were made, also within a millisecond."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from movplan_api.ids import new_id


def test_many_at_once_are_different_and_in_order() -> None:
    made = [new_id("pln") for _ in range(5_000)]
    assert made == sorted(set(made))
    assert {len(each) for each in made} == {len("pln_") + 26}


def test_a_clock_that_goes_back_does_not_disturb_the_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = new_id("pln")
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert first < new_id("pln") < new_id("pln")


def test_threads_never_make_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id("pln"), range(4_000)))
    assert len(set(made)) == 4_000
