"""Reading options."""

from fractions import Fraction

import pytest
import typer

from movplan.cli.options import parse_gap, time_limit_over_zero


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


@pytest.mark.parametrize("seconds", ["0", "-1", "nan"])
@pytest.mark.parametrize("again", [False, True])
def test_no_time_at_all_is_bad_input(run, folder, seconds, again):
    planning = ("replan", folder, "--from", folder) if again else ("plan", folder)
    ran = run(*planning, "--time-limit", seconds)
    assert ran.code == 2
    assert "more than 0 seconds" in " ".join(ran.err.replace("│", " ").split())


@pytest.mark.parametrize("seconds", [None, 0.5, 60.0])
def test_some_time_or_none_said(seconds):
    assert time_limit_over_zero(seconds) == seconds
