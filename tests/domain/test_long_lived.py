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
