"""Every ride of every departure, with the events it causes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, DepartureStop
from movplan.domain.words import CapacityKind, DepartureKind, PlaceKind
from movplan.network.itinerary import Event, Ride
from movplan.network.local_time import LocalTime


@dataclass(frozen=True, slots=True)
class Call:
    """A departure serving a place; the first has no arrival, the last no departure."""

    place_id: str
    arrives: datetime
    departs: datetime

    @property
    def is_overnight(self) -> bool:
        """Whether it leaves on a later date than it arrives, given local times."""
        return self.departs.date() > self.arrives.date()


def stops_of(scenario: Scenario) -> dict[str, list[DepartureStop]]:
    """Stops by departure."""
    stops: dict[str, list[DepartureStop]] = defaultdict(list)
    for stop in scenario.departure_stops:
        stops[stop.departure_id].append(stop)
    return stops


def usable_rides(
    departures: Iterable[Departure],
    stops: dict[str, list[DepartureStop]],
    clock: LocalTime,
) -> tuple[Ride, ...]:
    """Rides of all departures given, by departure time, then by id."""
    rides = [
        ride
        for departure in departures
        for ride in rides_of(departure, stops[departure.departure_id], clock)
    ]
    return tuple(sorted(rides, key=ride_order))


def ride_order(ride: Ride) -> tuple[datetime, str, int, int]:
    """Rides go by departure time, then by id."""
    return (ride.departs, ride.departure_id, ride.board, ride.alight)


def calls(departure: Departure, stops: list[DepartureStop]) -> tuple[Call, ...]:
    """The places a departure serves, in order."""
    between = sorted(stops, key=lambda stop: stop.sequence)
    return (
        Call(departure.from_place, departure.departs, departure.departs),
        *(Call(stop.place_id, stop.arrives, stop.departs) for stop in between),
        Call(departure.to_place, departure.arrives, departure.arrives),
    )


def local_calls(served: tuple[Call, ...], clock: LocalTime) -> tuple[Call, ...]:
    """The same calls with the times their places' clocks show."""
    return tuple(
        Call(
            call.place_id,
            clock.at(call.place_id, call.arrives),
            clock.at(call.place_id, call.departs),
        )
        for call in served
    )


def rides_of(
    departure: Departure, stops: list[DepartureStop], clock: LocalTime
) -> list[Ride]:
    """Every stretch of a departure."""
    served = local_calls(calls(departure, stops), clock)
    nights = _overnight(departure, served)
    rides = []
    for board, alight in combinations(range(len(served)), 2):
        start, end = served[board], served[alight]
        rides.append(
            Ride(
                departure_id=departure.departure_id,
                kind=departure.kind,
                board=board,
                alight=alight,
                from_place=start.place_id,
                to_place=end.place_id,
                departs=start.departs,
                arrives=end.arrives,
                on=start.departs.date(),
                overnight=tuple(i for i in nights if board < i < alight),
            )
        )
    return rides


def _overnight(departure: Departure, served: tuple[Call, ...]) -> tuple[int, ...]:
    """Served places at which a convoy stays overnight, by their position."""
    if departure.kind is not DepartureKind.CONVOY:
        return ()
    return tuple(i for i, call in enumerate(served) if call.is_overnight)


class RideEvents:
    """The departure, crossings and arrival of a ride.

    A border is crossed once per visit: on leaving it aboard, on alighting there, or on
    boarding there by those who have not come there by the ride before.
    """

    def __init__(self, scenario: Scenario, clock: LocalTime) -> None:
        self._clock = clock
        self._borders = {
            place.place_id
            for place in scenario.places
            if place.kind is PlaceKind.BORDER
        }
        stops = stops_of(scenario)
        self._calls = {
            departure.departure_id: calls(departure, stops[departure.departure_id])
            for departure in scenario.departures
        }

    def of(self, ride: Ride) -> tuple[Event, ...]:
        """Departure at boarding, a crossing at each border after it, arrival.

        A stop ridden through is crossed by the time it is left: who comes before it
        opens waits.
        """
        calls = self._calls[ride.departure_id]
        passed = [(c.place_id, c.departs) for c in calls[ride.board + 1 : ride.alight]]
        crossings = (
            self.event(CapacityKind.CROSSING, place_id, moment)
            for place_id, moment in (*passed, (ride.to_place, ride.arrives))
            if place_id in self._borders
        )
        return (
            self.event(CapacityKind.DEPARTURE, ride.from_place, ride.departs),
            *crossings,
            self.event(CapacityKind.ARRIVAL, ride.to_place, ride.arrives),
        )

    def boarding(self, ride: Ride) -> tuple[Event, ...]:
        """The crossing of whoever boards at a border without having come by ride."""
        return self.crossing(ride.from_place, ride.departs)

    def crossing(self, place_id: str, moment: datetime) -> tuple[Event, ...]:
        """A crossing, if the place is a border."""
        if place_id not in self._borders:
            return ()
        return (self.event(CapacityKind.CROSSING, place_id, moment),)

    def event(self, kind: CapacityKind, place_id: str, moment: datetime) -> Event:
        """An event at a place, with its local date and time."""
        at = self._clock.at(place_id, moment)
        return Event(kind=kind, place_id=place_id, on=at.date(), at=at)
