"""Rules of a convoy alone: daylight, driving hours, days of the week.

They bar every ride of the convoy, whoever would ride. All clocks are local.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from movplan.domain.assumed import great_circle_km
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, DepartureStop
from movplan.domain.values import Values
from movplan.domain.words import DepartureKind
from movplan.network.local_time import LocalTime
from movplan.network.rides import Call, calls, local_calls
from movplan.network.stops import Stop

DAYLIGHT, HOURS, DAYS = "daylight_driving", "driving_hours", "convoy_days"
TWO_DRIVERS = 2
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between two served places, each end on its own clock."""

    from_place: str
    to_place: str
    leaves: datetime
    arrives: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes it takes."""
        return (self.arrives - self.leaves) // MINUTE


class ConvoyRules:
    """Says what bars a convoy, if something does."""

    def __init__(
        self, scenario: Scenario, clock: LocalTime, *, without: frozenset[str]
    ) -> None:
        self._scenario = scenario
        self._places = {place.place_id: place for place in scenario.places}
        self._clock = clock
        self._without = without
        self._values = Values(scenario)
        self._road_factor = scenario.rule_int("road_factor_percent")

    def why_barred(
        self, departure: Departure, stops: list[DepartureStop]
    ) -> Stop | None:
        """The first rule the convoy breaks; ``None`` for flights."""
        if departure.kind is not DepartureKind.CONVOY:
            return None
        served = local_calls(calls(departure, stops), self._clock)
        segments = [
            Segment(a.place_id, b.place_id, a.departs, b.arrives)
            for a, b in pairwise(served)
        ]
        found = (
            Stop(rule, f"{departure.departure_id} {fact}")
            for rule, facts in (
                (DAYS, self._wrong_day(departure, served)),
                (DAYLIGHT, self._in_the_dark(departure, segments)),
                (HOURS, self._too_long(departure, segments, served)),
            )
            if rule not in self._without
            for fact in facts
        )
        return next(found, None)

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
            if _since_midnight(leaves) < first * HOUR:
                yield (
                    f"leaves {segment.from_place} at {leaves:%H:%M} on {leaves.date()},"
                    f" and convoys drive from {first:02}:00"
                )
            elif arrives.date() != leaves.date():
                yield (
                    f"leaves {segment.from_place} on {leaves.date()} and drives into"
                    f" {arrives.date()}: it needs an overnight stop before {last:02}:00"
                )
            elif _since_midnight(arrives) > last * HOUR:
                yield (
                    f"arrives {segment.to_place} at {arrives:%H:%M} on"
                    f" {arrives.date()}, and convoys drive until {last:02}:00"
                )

    def _too_long(
        self, departure: Departure, segments: list[Segment], served: tuple[Call, ...]
    ) -> Iterator[str]:
        drivers = departure.drivers or TWO_DRIVERS
        most = self._values.departure("max_driving_hours", departure) * drivers
        minutes: dict[date, int] = defaultdict(int)
        for segment in segments:
            minutes[segment.leaves.date()] += self._driving(departure, segment)
        for on, driven in minutes.items():
            if driven > 60 * most:
                crew = "one driver" if drivers == 1 else f"{drivers} drivers"
                yield (
                    f"drives {driven // 60} h {driven % 60:02} min on {on}, and its"
                    f" {crew} may {most} h"
                )
        if drivers == 1:
            yield from self._too_far(departure)
        rest = self._values.departure("driver_rest_hours", departure)
        for call in served[1:-1]:
            if call.is_overnight and call.departs - call.arrives < rest * HOUR:
                yield (
                    f"stays at {call.place_id} from {call.arrives:%H:%M} to"
                    f" {call.departs:%H:%M}, and drivers rest {rest} h"
                )

    def _driving(self, departure: Departure, segment: Segment) -> int:
        """Minutes without the rests, which are in the timetable."""
        after = self._values.departure("rest_after_hours", departure)
        rest = self._values.departure("rest_minutes", departure)
        if after == 0:
            return segment.minutes
        return segment.minutes - rest * (segment.minutes // (60 * after + rest))

    def _too_far(self, departure: Departure) -> Iterator[str]:
        most = self._values.departure("second_driver_km", departure)
        km = departure.distance_km
        if km is None:
            ends = (departure.from_place, departure.to_place)
            a, b = (self._places[place] for place in ends)
            km = round(great_circle_km(a, b) * self._road_factor) / 100
        if km > most:
            yield f"drives {km:.0f} km with one driver: over {most} km it takes two"


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
