"""The most that is taken on any segment of a departure or of one of its vehicles."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from movplan.domain.people import Member
from movplan.domain.plan import Leg
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.words import DepartureKind
from movplan.screening.loads import is_stretcher, is_wheelchair, is_wheelchair_aloft

# The mission, and the positions of the stops where its escort boards and alights.
EscortAboard = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Peak:
    """Seats (escorts included), wheelchairs and stretchers at most taken at a time."""

    seats: int
    wheelchairs: int
    stretchers: int


class PeakLoads:
    """Counts who is aboard on every segment."""

    def __init__(self, scenario: Scenario) -> None:
        self._stops = _served_places(scenario)
        self._members: dict[str, list[Member]] = defaultdict(list)
        for member in scenario.members:
            self._members[member.family_id].append(member)

    def of(
        self,
        departure: Departure,
        rides: Sequence[Leg],
        escorts: Sequence[EscortAboard],
    ) -> Peak:
        """The peaks of these rides and escorts."""
        aloft = departure.kind is DepartureKind.FLIGHT
        in_wheelchair = is_wheelchair_aloft if aloft else is_wheelchair
        places = self._stops[departure.departure_id]
        seats = [0] * (len(places) - 1)
        wheelchairs, stretchers = seats.copy(), seats.copy()
        for leg in rides:
            for segment in _stretch(places, leg):
                seats[segment] += leg.seats
                wheelchairs[segment] += self._count(leg, in_wheelchair)
                stretchers[segment] += self._count(leg, is_stretcher)
        for _, board, alight in escorts:
            for segment in range(board, alight):
                seats[segment] += 1
        return Peak(max(seats), max(wheelchairs), max(stretchers))

    def _count(self, leg: Leg, takes_one: Callable[[Member], bool]) -> int:
        return sum(takes_one(member) for member in self._members[leg.family_id])


def _stretch(places: list[str], leg: Leg) -> range:
    """Segments a ride uses; none when the departure does not go there."""
    if leg.from_place not in places[:-1]:
        return range(0)
    board = places.index(leg.from_place)
    if leg.to_place not in places[board + 1 :]:
        return range(0)
    return range(board, places.index(leg.to_place, board + 1))


def _served_places(scenario: Scenario) -> dict[str, list[str]]:
    stops: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for stop in scenario.departure_stops:
        stops[stop.departure_id].append((stop.sequence, stop.place_id))
    return {
        row.departure_id: [
            row.from_place,
            *(place for _, place in sorted(stops[row.departure_id])),
            row.to_place,
        ]
        for row in scenario.departures
    }
