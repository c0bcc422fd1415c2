"""How amounts, dates, gaps and bars are written."""

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from movplan.domain.words import Measure
from movplan.reports import text


@pytest.mark.parametrize(
    ("cents", "currency", "words"),
    [
        (1_234_560, "USD", "USD 12,345.60"),
        (-5, "EUR", "EUR -0.05"),
        (1_234, "JPY", "JPY 1,234"),
        (1_234, "KWD", "KWD 1.234"),
        (250_000_000, "IRR", "IRR 2,500,000.00"),
    ],
)
def test_money_has_the_digits_of_its_currency(cents, currency, words):
    assert text.money(cents, currency) == words


def test_dates_carry_their_weekday():
    assert text.day(date(2026, 5, 12)) == "Tue 12 May 2026"


def test_times_are_local_to_their_place():
    tehran = timezone(timedelta(hours=3, minutes=30))
    assert text.moment(datetime(2026, 5, 12, 1, 5, tzinfo=tehran)) == "Tue 12 May 01:05"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Fraction(0), "0.000 %"),
        (Fraction(1, 10**9), "0.001 %"),  # not nothing, so not shown as nothing
        (Fraction(1, 1000), "0.100 %"),
        (Fraction(1001, 10**6), "0.101 %"),  # 0.1001 % rounds up
        (Fraction(1, 3), "33.334 %"),
    ],
)
def test_gaps_are_rounded_up(gap, words):
    assert text.gap_percent(gap) == words


def test_a_share_is_all_only_when_it_is_all():
    assert text.percent(999, 1000) == "99 %"
    assert text.percent(1000, 1000) == "100 %"
    assert text.percent(0, 0) == "-"


@pytest.mark.parametrize(
    ("part", "whole", "filled"),
    [(0, 10, 0), (5, 10, 10), (10, 10, 20), (12, 10, 20), (3, 0, 0)],
)
def test_bars_fill_with_their_share(part, whole, filled):
    drawn = text.bar(part, whole)
    assert len(drawn) == 20
    assert drawn.count("█") == filled


def test_a_bar_marks_the_smallest_share():
    assert text.bar(1, 1000).startswith("▏")


def test_weighted_persons_are_kept_in_hundredths():
    assert text.level_value(Measure.WEIGHTED_PERSONS, 81_250, "USD") == "812.50"


@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure_has_words(measure):
    assert "7" in text.level_value(measure, 700, "USD")


def test_one_is_singular():
    assert text.counted(1, "rule") == "1 rule"
    assert text.counted(1200, "rule") == "1,200 rules"
