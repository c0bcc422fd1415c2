"""Departures with the places they serve, and rides as stretches of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from movplan.checks.view.clock import utc
from movplan.domain.plan import Leg
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, DepartureStop
from movplan.domain.words import DepartureKind


@dataclass(frozen=True, slots=True)
class Served:
    """A place a departure serves, with its times there in UTC.

    ``beds`` are those of a convoy that stays overnight.
    """

    place_id: str
    arrives: datetime
    departs: datetime
    beds: int = 0


@dataclass(frozen=True, slots=True)
class Service:
    """A departure with its first place, its stops and its last place.

    Segment ``k`` runs from ``served[k]`` to ``served[k + 1]``.
    """

    departure: Departure
    served: tuple[Served, ...]

    @property
    def segments(self) -> int:
        """How many consecutive pairs of served places there are."""
        return len(self.served) - 1

    @property
    def is_flight(self) -> bool:
        """Whether it flies."""
        return self.departure.kind is DepartureKind.FLIGHT

    def segment_name(self, segment: int) -> str:
        """A segment in words, e.g. ``MHD-HEA``."""
        return f"{self.served[segment].place_id}-{self.served[segment + 1].place_id}"

    def find_stretch(self, from_place: str, to_place: str) -> tuple[int, int] | None:
        """Positions of boarding and alighting, or ``None`` if it does not go there."""
        names = [place.place_id for place in self.served]
        if from_place not in names[:-1]:
            return None
        board = names.index(from_place)
        if to_place not in names[board + 1 :]:
            return None
        return board, names.index(to_place, board + 1)


@dataclass(frozen=True, slots=True)
class Passage:
    """From one place a service serves to a later one; times are the scenario's, UTC."""

    service: Service
    board: int
    alight: int

    @property
    def departure_id(self) -> str:
        """The departure ridden."""
        return self.service.departure.departure_id

    @property
    def from_place(self) -> str:
        """Where it boards."""
        return self.service.served[self.board].place_id

    @property
    def to_place(self) -> str:
        """Where it alights."""
        return self.service.served[self.alight].place_id

    @property
    def departs(self) -> datetime:
        """When it leaves, in UTC."""
        return self.service.served[self.board].departs

    @property
    def arrives(self) -> datetime:
        """When it arrives, in UTC."""
        return self.service.served[self.alight].arrives

    @property
    def segments(self) -> frozenset[tuple[str, int]]:
        """The segments of the departure it uses."""
        name = self.departure_id
        return frozenset((name, k) for k in range(self.board, self.alight))

    @property
    def stretch(self) -> tuple[str, str, str]:
        """Departure, boarding place, alighting place."""
        return self.departure_id, self.from_place, self.to_place


@dataclass(frozen=True, slots=True)
class Ride(Passage):
    """A leg that rides a service; ``on`` is the local date of boarding."""

    leg: Leg
    on: date

    @property
    def is_flight(self) -> bool:
        """Whether it flies."""
        return self.service.is_flight


def build_services(scenario: Scenario) -> dict[str, Service]:
    """Every departure of the scenario with its served places, by id."""
    stops: dict[str, list[DepartureStop]] = defaultdict(list)
    for stop in sorted(scenario.departure_stops, key=lambda row: row.sequence):
        stops[stop.departure_id].append(stop)
    return {
        departure.departure_id: _service(departure, stops[departure.departure_id])
        for departure in scenario.departures
    }


def _service(departure: Departure, stops: Iterable[DepartureStop]) -> Service:
    start, end = utc(departure.departs), utc(departure.arrives)
    between = (
        Served(stop.place_id, utc(stop.arrives), utc(stop.departs), stop.beds or 0)
        for stop in stops
    )
    first = Served(departure.from_place, start, start)
    last = Served(departure.to_place, end, end)
    return Service(departure, (first, *between, last))
