"""Garbage is looked for seldom while planning, and as before afterwards."""

import gc

import pytest

from movplan.domain.long_lived import SELDOM, long_lived


@long_lived()
def _fail() -> None:
    raise ValueError(str(gc.get_threshold()))


def test_seldom_meanwhile_and_as_before_afterwards_also_after_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="50000") as raised:
        _fail()
    assert str(raised.value) == str(SELDOM)
    assert gc.get_threshold() == before


def test_what_was_there_before_is_not_looked_at_meanwhile() -> None:
    with long_lived():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


def test_whoever_ends_last_puts_all_back() -> None:
    """Two readings of a service overlap: the one that began first ends first."""
    before = gc.get_threshold()
    first, second = long_lived(), long_lived()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == SELDOM
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before
