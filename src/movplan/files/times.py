"""Dates and times as written: ISO, Solar Hijri where declared, on a place's clock."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

import jdatetime

OLDEST_YEAR = 1900
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class UnreadableError(ValueError):
    """A date or time that cannot be read: what is wrong and what would be right."""

    def __init__(self, problem: str, expected: str) -> None:
        self.problem = problem
        self.expected = expected
        super().__init__(problem)


@lru_cache(maxsize=100_000)
def parse_date(text: str, *, jalali: bool = False) -> date:
    """Read ``YYYY-MM-DD``, in the Solar Hijri calendar when declared.

    Tables hold the same few dates again and again: each is read once.
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise UnreadableError("is not a date", "YYYY-MM-DD, e.g. 2026-05-12")
    year, month, day = (int(part) for part in found.groups())
    if jalali:
        return _gregorian(year, month, day)
    try:
        found_date = date(year, month, day)
    except ValueError:
        problem = "the date does not exist"
        raise UnreadableError(problem, _days_of(year, month)) from None
    refuse_old(found_date)
    return found_date


def refuse_old(found: date) -> None:
    """Refuse years before 1900: most likely an undeclared Solar Hijri date."""
    if found.year < OLDEST_YEAR:
        raise UnreadableError(
            f"the year {found.year} is before {OLDEST_YEAR}",
            "declare Solar Hijri dates in the column's header: name[jalali]",
        )


def _gregorian(year: int, month: int, day: int) -> date:
    if year >= OLDEST_YEAR:
        raise UnreadableError(
            "the column is declared [jalali] but the year is Gregorian",
            "a Solar Hijri date, e.g. 1405-02-22",
        )
    try:
        return jdatetime.date(year, month, day).togregorian()
    except ValueError:
        problem = "the date does not exist in the Solar Hijri calendar"
        raise UnreadableError(problem, _solar_days_of(year, month)) from None


def _days_of(year: int, month: int) -> str:
    """The dates that there are in that month."""
    if not 1 <= month <= 12 or not year:
        return "YYYY-MM-DD with a month from 01 to 12, e.g. 2026-05-12"
    last = monthrange(year, month)[1]
    return f"{year:04}-{month:02}-01 to {year:04}-{month:02}-{last}"


def _solar_days_of(year: int, month: int) -> str:
    """The same: six months of 31 days, five of 30, the last of 29 or 30."""
    if not 1 <= month <= 12 or not year:
        return "YYYY-MM-DD with a month from 01 to 12, e.g. 1405-02-22"
    leap = jdatetime.date(year, 1, 1).isleap()
    last = 31 if month <= 6 else 30 if month < 12 or leap else 29
    return f"{year:04}-{month:02}-01 to {year:04}-{month:02}-{last}"


def parse_instant(text: str, zone: ZoneInfo, *, jalali: bool = False) -> datetime:
    """Read a local time of a zone; an offset, when given, must be the zone's then.

    Returned with that fixed offset. A local time that the zone skips (clocks go
    forward) or has twice (clocks go back, no offset given) cannot be read.
    """
    given = _parse_clock(text.strip(), jalali=jalali)
    refuse_old(given.date())
    resolved = _on_clock(given, zone) if given.tzinfo is None else given
    local = resolved.astimezone(zone)
    if local.utcoffset() != resolved.utcoffset():
        raise UnreadableError(
            f"the offset is not that of {zone.key} at that moment",
            f"{local.isoformat(timespec='minutes')}, or no offset at all",
        )
    return fix_offset(local)


def _parse_clock(text: str, *, jalali: bool) -> datetime:
    day, separator, clock = text.partition("T")
    if not separator:
        day, separator, clock = text.partition(" ")
    if not separator or not clock:
        raise UnreadableError(
            "is not a time", "YYYY-MM-DDTHH:MM, e.g. 2026-05-12T09:30"
        )
    on = parse_date(day, jalali=jalali)
    try:
        return datetime.fromisoformat(f"{on.isoformat()}T{clock.strip()}")
    except ValueError:
        raise UnreadableError(
            "is not a time", "YYYY-MM-DDTHH:MM, e.g. 2026-05-12T09:30"
        ) from None


def _on_clock(naive: datetime, zone: ZoneInfo) -> datetime:
    first = naive.replace(tzinfo=zone, fold=0)
    second = naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if back != naive:
        raise UnreadableError(
            f"the time does not exist in {zone.key}: clocks go forward over it",
            f"{back.isoformat(timespec='minutes')} or earlier",
        )
    offsets = " or ".join(t.isoformat(timespec="minutes") for t in (first, second))
    raise UnreadableError(
        f"the time is ambiguous in {zone.key}: clocks go back over it",
        f"say which, with the offset: {offsets}",
    )


def fix_offset(local: datetime) -> datetime:
    """The same time with a fixed offset instead of a zone."""
    offset = local.utcoffset() or timedelta(0)
    return local.replace(tzinfo=timezone(offset), fold=0)


def find_zone(name: str) -> ZoneInfo | None:
    """The IANA time zone of that name, or ``None``."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
