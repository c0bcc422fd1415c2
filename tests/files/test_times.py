"""Local times on the clock of their place; Solar Hijri dates where declared."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from movplan.files.times import UnreadableError, find_zone, parse_date, parse_instant

BERLIN = ZoneInfo("Europe/Berlin")
TEHRAN = ZoneInfo("Asia/Tehran")


def test_a_local_time_gets_its_offset():
    """09:30 in Tehran (+03:30) is 06:00 UTC."""
    found = parse_instant("2026-05-12T09:30", TEHRAN)

    assert found == datetime(2026, 5, 12, 6, 0, tzinfo=UTC)
    assert found.isoformat() == "2026-05-12T09:30:00+03:30"
    assert parse_instant("2026-05-12 09:30", TEHRAN) == found


def test_a_time_that_the_clock_skips():
    """On 29 March 2026 Berlin goes from 02:00 to 03:00."""
    with pytest.raises(UnreadableError, match="does not exist in Europe/Berlin") as e:
        parse_instant("2026-03-29T02:30", BERLIN)
    assert e.value.expected == "2026-03-29T03:30 or earlier"


def test_a_time_that_the_clock_shows_twice_needs_its_offset():
    """On 25 October 2026 Berlin goes from 03:00 back to 02:00."""
    with pytest.raises(UnreadableError, match="ambiguous") as e:
        parse_instant("2026-10-25T02:30", BERLIN)
    assert "2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00" in e.value.expected

    first = parse_instant("2026-10-25T02:30+02:00", BERLIN)
    second = parse_instant("2026-10-25T02:30+01:00", BERLIN)
    assert (second - first).total_seconds() == 3600


def test_an_offset_must_be_the_clocks():
    with pytest.raises(UnreadableError, match="not that of Asia/Tehran") as e:
        parse_instant("2026-05-12T09:30+04:30", TEHRAN)
    assert e.value.expected.startswith("2026-05-12T08:30+03:30")


def test_solar_hijri():
    """22 Ordibehesht 1405 is 12 May 2026; 1403 is a leap year, 1404 is not."""
    assert parse_date("1405-02-22", jalali=True) == date(2026, 5, 12)
    assert parse_date("1403-12-30", jalali=True) == date(2025, 3, 20)
    with pytest.raises(UnreadableError, match="does not exist"):
        parse_date("1404-12-30", jalali=True)
    local = parse_instant("1405-02-22T09:30", TEHRAN, jalali=True)
    assert local.isoformat() == "2026-05-12T09:30:00+03:30"


def test_calendars_are_not_mixed_up():
    with pytest.raises(UnreadableError, match="year 1405 is before 1900") as e:
        parse_date("1405-02-22")
    assert "[jalali]" in e.value.expected
    with pytest.raises(UnreadableError, match="the year is Gregorian"):
        parse_date("2026-05-12", jalali=True)


@pytest.mark.parametrize("text", ["12/05/2026", "20260512", "2026-5-1", "46154", ""])
def test_other_ways_to_write_a_date_are_refused(text):
    with pytest.raises(UnreadableError, match="is not a date"):
        parse_date(text)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01"])
def test_dates_that_do_not_exist(text):
    with pytest.raises(UnreadableError, match="does not exist"):
        parse_date(text)


@pytest.mark.parametrize("text", ["2026-05-12", "2026-05-12T9.30", "2026-05-12T25:00"])
def test_times_that_are_none(text):
    with pytest.raises(UnreadableError, match="is not a time"):
        parse_instant(text, TEHRAN)


@pytest.mark.parametrize("name", ["Asia/Theran", "../etc", "", "Asia"])
def test_zones_that_are_none(name):
    assert find_zone(name) is None
