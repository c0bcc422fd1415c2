"""Rules of a convoy alone: daylight, driving hours, days of the week.

They bar every ride of the convoy, whoever would ride. All clocks are local.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, DepartureStop
from movplan.domain.values import Values
from movplan.domain.words import DepartureKind
from movplan.network.drivers import Drivers, Segment, hours_text
from movplan.network.local_time import LocalTime
from movplan.network.rides import Call, calls, local_calls
from movplan.network.stops import Stop

DAYLIGHT, HOURS, DAYS = "daylight_driving", "driving_hours", "convoy_days"
HOUR, MINUTE, NO_TIME = timedelta(hours=1), timedelta(minutes=1), timedelta()


class ConvoyRules:
    """Says what bars a convoy, if something does."""

    def __init__(
        self, scenario: Scenario, clock: LocalTime, *, without: frozenset[str]
    ) -> None:
        self._clock = clock
        self._without = without
        self._values = Values(scenario)
        self._drivers = Drivers(scenario)

    def why_barred(
        self, departure: Departure, stops: list[DepartureStop]
    ) -> Stop | None:
        """The first rule the convoy breaks; ``None`` for flights."""
        return next(self.stops(departure, stops), None)

    def stops(self, departure: Departure, stops: list[DepartureStop]) -> Iterator[Stop]:
        """All rules the convoy breaks, with what would do instead."""
        if departure.kind is not DepartureKind.CONVOY:
            return
        served = local_calls(calls(departure, stops), self._clock)
        segments = [
            Segment(a.place_id, b.place_id, a.departs, b.arrives)
            for a, b in pairwise(served)
        ]
        for rule, facts in (
            (DAYS, self._wrong_day(departure, served)),
            (DAYLIGHT, self._in_the_dark(departure, segments)),
            (HOURS, self._drivers.facts(departure, segments, served)),
        ):
            if rule not in self._without:
                for fact in facts:
                    yield Stop(rule, f"{departure.departure_id} {fact}")

    def _wrong_day(
        self, departure: Departure, served: tuple[Call, ...]
    ) -> Iterator[str]:
        days = self._values.departure_text("convoy_days", departure)
        on = served[0].departs.date()
        if str(on.isoweekday()) not in days:
            drives = ", ".join(_NAMES[int(day) - 1] for day in days) or "no day"
            near = _nearest(on, days)
            other = f", nearest {near}" if near else ""
            weekday = _NAMES[on.weekday()]
            yield f"leaves on {on}, a {weekday}: convoys leave on {drives}{other}"

    def _in_the_dark(
        self, departure: Departure, segments: list[Segment]
    ) -> Iterator[str]:
        first = self._values.departure("drive_from_hour", departure)
        last = self._values.departure("drive_until_hour", departure)
        for segment in segments:
            leaves, arrives = segment.leaves, segment.arrives
            early = first * HOUR - _since_midnight(leaves)
            late = _since_midnight(arrives) - last * HOUR
            if early > NO_TIME:
                yield (
                    f"leaves {segment.from_place} at {leaves:%H:%M} on {leaves.date()},"
                    f" and convoys drive from {first:02}:00: {_minutes(early)} later"
                    " would do"
                )
            elif arrives.date() != leaves.date():
                yield (
                    f"leaves {segment.from_place} on {leaves.date()} and drives into"
                    f" {arrives.date()}: it needs an overnight stop before {last:02}:00"
                )
            elif late > NO_TIME:
                yield (
                    f"arrives {segment.to_place} at {arrives:%H:%M} on"
                    f" {arrives.date()}, and convoys drive until {last:02}:00:"
                    f" {_minutes(late)} earlier would do"
                )


def _minutes(time: timedelta) -> str:
    """Whole minutes, a begun one as a whole, in words."""
    return hours_text(-(-time // MINUTE))


def _since_midnight(moment: datetime) -> timedelta:
    return datetime.combine(date.min, moment.time()) - datetime.combine(
        date.min, time.min
    )


_NAMES = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


def _nearest(on: date, days: str) -> date | None:
    near = (
        on + timedelta(days=step * sign) for step in range(1, 7) for sign in (1, -1)
    )
    return next((day for day in near if str(day.isoweekday()) in days), None)
