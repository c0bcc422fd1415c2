"""How amounts, dates, gaps and bars are written."""

from datetime import date, datetime
from fractions import Fraction
from math import ceil

from movplan.domain.money import money_text
from movplan.domain.words import Measure

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)

money = money_text


def counted(number: int, noun: str) -> str:
    """A number with its noun, e.g. ``1 rule`` and ``1,200 rules``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day(on: date) -> str:
    """A date with its weekday, e.g. ``Tue 12 May 2026``."""
    weekday, month = _WEEKDAYS[on.weekday()], _MONTHS[on.month - 1]
    return f"{weekday} {on.day} {month} {on.year}"


def short_day(on: date) -> str:
    """A date without its year, e.g. ``12 May``."""
    return f"{on.day} {_MONTHS[on.month - 1]}"


def moment(at: datetime) -> str:
    """A local time with weekday, as stored at its place, e.g. ``Tue 12 May 08:30``."""
    return f"{_WEEKDAYS[at.weekday()]} {short_day(at.date())} {at:%H:%M}"


def percent(part: int, whole: int) -> str:
    """A share in whole percent, rounded down (100 % is all); "-" without a whole."""
    return f"{100 * part // whole} %" if whole else "-"


def gap_percent(gap: Fraction) -> str:
    """A gap in percent, rounded up to three decimals: never better than it is."""
    thousandths = ceil(gap * 100_000)
    return f"{thousandths // 1000}.{thousandths % 1000:03d} %"


def bar(part: int, whole: int, width: int = 20) -> str:
    """A bar filled to ``part`` of ``whole``; anything above nothing shows a mark."""
    if whole <= 0:
        return "░" * width
    filled = min(width, max(0, part) * width // whole)
    if part > 0 and filled == 0:
        return "▏" + "░" * (width - 1)
    return "█" * filled + "░" * (width - filled)


def level_value(measure: Measure, value: int, currency: str) -> str:
    """The value of an objective level in its unit."""
    match measure:
        case Measure.COST:
            return money(value, currency)
        case Measure.WEIGHTED_PERSONS:
            return f"{value / 100:,.2f}"
        case Measure.WAITING_DAYS:
            return f"{value:,} person-days"
        case Measure.CHANGES:
            return f"{value:,}"
        case Measure.PERSONS | Measure.LEFT_OUT_PERSONS | Measure.SHORTFALL:
            return f"{value:,} persons"
