"""Working days and public holidays of places: what the calendar says, as corrected.

Public holidays and weekends come from the ``holidays`` library by country and
subdivision; a country it does not know has Saturday, Sunday and no holidays. Closures
correct it: state ``open`` makes a date no holiday, state ``closed`` (whole, on all
weekdays) makes it no working day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure
from movplan.domain.words import ClosureState

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
ENGLISH = "en_US"
ALL_WEEKDAYS = frozenset(range(1, 8))


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday; ``estimated`` if only the moon will tell the date.

    Several on one date share the name; one that is certain makes the date certain.
    """

    name: str
    estimated: bool


class WorkingDays:
    """Says of every place which dates are holidays and which are worked on.

    ``Place.holidays`` is not looked at here: it says whether holidays stop movements
    (rule ``public_holidays``), working days have holidays anyway.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._calendars = {
            place.place_id: _calendar(place.country, place.subdivision)
            for place in scenario.places
        }
        self._open: dict[str, list[Closure]] = defaultdict(list)
        self._closed: dict[str, list[Closure]] = defaultdict(list)
        for row in scenario.closures:
            if row.state is ClosureState.OPEN:
                self._open[row.place_id].append(row)
            elif _stops_work(row):
                self._closed[row.place_id].append(row)

    def holiday_on(self, place_id: str, on: date) -> Holiday | None:
        """The public holiday of a local date at a place, if it is one."""
        if any(row.covers(on) for row in self._open[place_id]):
            return None
        return self._calendars[place_id].holiday_on(on)

    def is_working(self, place_id: str, on: date) -> bool:
        """Whether people work at a place on a local date."""
        return (
            on.weekday() not in self._calendars[place_id].weekend
            and self.holiday_on(place_id, on) is None
            and not any(row.covers(on) for row in self._closed[place_id])
        )

    def nth_after(self, place_id: str, n: int, after: date) -> date:
        """The n-th working day on or after the day after a date; 0: the date itself.

        The last date there is, when so many working days do not come.
        """
        found = after
        for _ in range(n):
            found = self._next(place_id, found)
        return found

    def last_notice(self, place_id: str, n: int, arrival: date) -> date:
        """The last date whose n-th working day after it is not after the arrival."""
        left, day = n, arrival
        while left and day > date.min:
            left -= self.is_working(place_id, day)
            day -= DAY
        return day

    def _next(self, place_id: str, day: date) -> date:
        while day < date.max:
            day += DAY
            if self.is_working(place_id, day):
                break
        return day


def is_known_subdivision(country: str, subdivision: str) -> bool:
    """Whether the library has a calendar for a part of a country."""
    return subdivision in holidays.list_supported_countries().get(country, ())


def _stops_work(row: Closure) -> bool:
    whole = not row.programmes and not row.kinds and not row.has_hours
    return whole and (not row.weekdays or set(row.weekdays) >= ALL_WEEKDAYS)


class _Calendar:
    """Weekend and public holidays of a country or one of its subdivisions."""

    def __init__(self, country: str, subdivision: str) -> None:
        self._days = _library(country, subdivision)
        self.weekend = {SATURDAY, SUNDAY} if self._days is None else self._days.weekend
        self._found: dict[date, Holiday | None] = {}

    def holiday_on(self, on: date) -> Holiday | None:
        if on not in self._found:
            self._found[on] = self._look_up(on)
        return self._found[on]

    def _look_up(self, on: date) -> Holiday | None:
        if self._days is None:
            return None
        names = sorted(self._days.get_list(on))
        if not names:
            return None
        return Holiday(
            name="; ".join(names), estimated=all("estimated" in n for n in names)
        )


def _library(country: str, subdivision: str) -> holidays.HolidayBase | None:
    listed = holidays.list_supported_countries()
    if country not in listed:
        return None
    part = subdivision if subdivision in listed[country] else None
    plain = holidays.country_holidays(country, subdiv=part)
    # Names in English whatever the language of the machine.
    if ENGLISH in plain.supported_languages:
        return holidays.country_holidays(country, subdiv=part, language=ENGLISH)
    return plain


@cache
def _calendar(country: str, subdivision: str) -> _Calendar:
    return _Calendar(country, subdivision)
