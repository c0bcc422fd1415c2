"""Reading options."""

from fractions import Fraction

import pytest
import typer

from movplan.cli.options import parse_gap


@pytest.mark.parametrize("text", ["0.1%", "0.1 %", "0.001", "1/1000"])
def test_a_gap_is_a_share(text):
    assert parse_gap(text) == Fraction(1, 1000)


@pytest.mark.parametrize("text", ["", "little", "-1%", "200%", "1/0"])
def test_what_is_no_share(text):
    with pytest.raises(typer.BadParameter):
        parse_gap(text)


def test_a_wrong_gap_is_bad_input(run, folder):
    ran = run("plan", folder, "--gap", "little")
    assert ran.code == 2
    assert "not a share" in ran.err
