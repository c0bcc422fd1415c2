"""driving_hours: how long drivers drive in a day, when they rest, how far one drives.

Each fact says what is too long and what would have passed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from movplan.domain.assumed import great_circle_km
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.values import Values
from movplan.network.rides import Call

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


class Drivers:
    """What a convoy's timetable asks of its drivers beyond what they may do."""

    def __init__(self, scenario: Scenario) -> None:
        self._places = {place.place_id: place for place in scenario.places}
        self._values = Values(scenario)
        self._road_factor = scenario.rule_int("road_factor_percent")

    def facts(
        self, departure: Departure, segments: list[Segment], served: tuple[Call, ...]
    ) -> Iterator[str]:
        """All that is too long or too short, in words."""
        yield from self._too_long(departure, segments)
        yield from self._without_rest(departure, segments)
        yield from self._short_nights(departure, served)
        if departure.drivers == 1:
            yield from self._too_far(departure)

    def _too_long(self, departure: Departure, segments: list[Segment]) -> Iterator[str]:
        drivers = departure.drivers or TWO_DRIVERS
        each = self._values.departure("max_driving_hours", departure)
        minutes: dict[date, int] = defaultdict(int)
        for segment in segments:
            minutes[segment.leaves.date()] += segment.minutes
        for on, driven in minutes.items():
            if driven > 60 * each * drivers:
                crew = "one driver" if drivers == 1 else f"{drivers} drivers"
                takes = -(-driven // (60 * each)) if each else 0
                needed = f": {takes} drivers would do" if each else ""
                yield (
                    f"drives {hours_text(driven)} on {on}, and its {crew} may"
                    f" {each * drivers} h{needed}"
                )

    def _without_rest(
        self, departure: Departure, segments: list[Segment]
    ) -> Iterator[str]:
        """Driving of over ``rest_after_hours`` without a rest of ``rest_minutes``.

        ``driven`` are the minutes since the last rest. What counts as driven never
        depends on ``rest_minutes``, so asking for more rest opens no convoy.
        """
        most = 60 * self._values.departure("rest_after_hours", departure)
        rest = self._values.departure("rest_minutes", departure)
        driven, came = 0, None
        for segment in segments if most else ():
            stood = segment.leaves - came if came else timedelta()
            driven = 0 if stood >= rest * MINUTE else driven
            since = hours_text(driven + segment.minutes)
            way = f"drives from {segment.from_place} to {segment.to_place}"
            over = segment.minutes - most
            if 0 < over < rest:
                yield (
                    f"{way} in {hours_text(segment.minutes)} without time for a rest of"
                    f" {rest} min after {most // 60} h: {rest - over} min more would do"
                )
            if over <= 0 < driven + over:
                yield (
                    f"{way} with {since} driven since the"
                    f" last rest, and drivers rest {rest} min after {most // 60} h: a"
                    f" stop of {rest} min at {segment.from_place} would do, not of"
                    f" {stood // MINUTE}"
                )
            driven = min(over, most) if over > 0 else driven + segment.minutes
            came = segment.arrives

    def _short_nights(
        self, departure: Departure, served: tuple[Call, ...]
    ) -> Iterator[str]:
        hours = self._values.departure("driver_rest_hours", departure)
        for call in served[1:-1]:
            rested = call.arrives + hours * HOUR
            if call.is_overnight and call.departs < rested:
                yield (
                    f"stays at {call.place_id} from {call.arrives:%H:%M} to"
                    f" {call.departs:%H:%M}, and drivers rest {hours} h: leaving"
                    f" at {rested:%H:%M} on {rested.date()} would do"
                )

    def _too_far(self, departure: Departure) -> Iterator[str]:
        most = self._values.departure("second_driver_km", departure)
        km = departure.distance_km
        if km is None:
            ends = (departure.from_place, departure.to_place)
            a, b = (self._places[place] for place in ends)
            km = round(great_circle_km(a, b) * self._road_factor) / 100
        if km > most:
            yield (
                f"drives {km:g} km with one driver, {most} km at most: 2 drivers"
                " would do"
            )


def hours_text(minutes: int) -> str:
    """Minutes in words: ``9 h 05 min``, ``5 min``."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"
