"""Age on a date, from a birth date that may be known only by month or year."""

from datetime import date, timedelta

from movplan.domain.people import Member
from movplan.domain.words import DatePrecision


def latest_birth_date(member: Member, *, as_of: date = date.max) -> date:
    """The last day the member may have been born on (the youngest they can be).

    Whose day is not known and who is in the files on the date of ``as_of`` was born by
    then.
    """
    if member.birth_precision is DatePrecision.DAY:
        return member.birth_date
    return min(_last_day(member), max(as_of, member.birth_date))


def _last_day(member: Member) -> date:
    """The last day of the month or year that is known."""
    born = member.birth_date
    if member.birth_precision is DatePrecision.YEAR:
        return date(born.year, 12, 31)
    first_of_next = date(born.year + born.month // 12, born.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def birthday(born: date, years: int) -> date:
    """The date on which somebody turns ``years``; 29 February turns on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def infant_until(member: Member, infant_age_years: int) -> date:
    """First date on which the member surely needs a seat of their own.

    The safe side for an uncertain birth date: a seat as soon as they *may* be two.
    """
    return birthday(member.birth_date, infant_age_years)


def adult_from(member: Member, adult_age_years: int) -> date:
    """First date on which the member is surely an adult (the safe side)."""
    return birthday(latest_birth_date(member), adult_age_years)


def born_text(member: Member) -> str:
    """That the day of a birth is not known, to be read after a name."""
    known = member.birth_precision is DatePrecision.DAY
    return "" if known else " (day of birth not known)"
