"""What share of the time a level may take."""

import pytest

from movplan.optimiser import what_counts
from movplan.optimiser.what_counts import FIRST_SHARE, counts_few, share_of_time
from tests.optimiser.generated import mission_model, moved_level


def test_levels_of_few_families_may_take_half_and_the_first_large_one_most() -> None:
    model = mission_model(120, 3)
    moved, last = moved_level(model), len(model.levels) - 1
    few = [k for k in range(len(model.levels)) if counts_few(model, k)]
    assert few == list(range(moved))
    assert all(share_of_time(model, k) >= 0.5 for k in few)
    assert share_of_time(model, moved) == FIRST_SHARE
    assert share_of_time(model, last) == 1.0


def test_they_have_an_equal_share_where_families_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = mission_model(120, 3)
    monkeypatch.setattr(what_counts, "VAST_UNITS", 100)
    levels = len(model.levels)
    for k in range(moved_level(model)):
        assert share_of_time(model, k) == 1 / (levels - k)
    assert share_of_time(model, moved_level(model)) == FIRST_SHARE
