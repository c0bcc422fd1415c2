"""What the network finds: rides, moves, nights and events chained into itineraries."""

from dataclasses import dataclass, field
from datetime import date, datetime

from movplan.domain.words import CapacityKind, DepartureKind, Part


@dataclass(frozen=True, slots=True)
class Ride:
    """A stretch of one departure, from served place ``board`` to ``alight``.

    ``board`` and ``alight`` index the departure's served places (0 is its first), so
    the ride uses segments ``board .. alight - 1``. ``overnight`` are the served places
    at which a convoy stays overnight and the ride goes *through* (its stops count
    from 1 in order of ``sequence``).
    """

    departure_id: str
    kind: DepartureKind
    board: int
    alight: int
    from_place: str
    to_place: str
    departs: datetime
    arrives: datetime
    on: date
    overnight: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A transfer taken at a time."""

    from_place: str
    to_place: str
    departs: datetime
    arrives: datetime


@dataclass(frozen=True, slots=True)
class Night:
    """A night spent at a place, dated by its evening.

    ``arrives`` and ``departs`` bound the whole stay (shared by the nights of a stay).
    """

    place_id: str
    on: date
    arrives: datetime
    departs: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Something a place's capacity, closures or opening hours look at."""

    kind: CapacityKind
    place_id: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Chain:
    """Rides one after the other and all that happens until the last one arrives.

    ``last`` is that ride (index into ``Network.rides``); ``access`` is the transfer to
    the first, ``moves`` are those between rides.
    """

    last: int
    rides: tuple[Ride, ...]
    access: Move | None
    moves: tuple[Move, ...]
    nights: tuple[Night, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """After the last ride: a transfer and the arrival it brings, or nothing."""

    moves: tuple[Move, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A time-feasible chain of legs from where a part starts to where it ends.

    ``access`` is the transfer before the first ride (``None``: it starts there);
    ``moves`` are the transfers after that, the egress included, in time order.
    ``events`` are departures, crossings, arrivals and beds in time order.
    """

    origin: str
    destination: str
    part: Part
    rides: tuple[Ride, ...]
    access: Move | None
    moves: tuple[Move, ...]
    nights: tuple[Night, ...]
    events: tuple[Event, ...] = field(repr=False)

    @property
    def starts(self) -> datetime:
        """When the family sets out."""
        return self.access.departs if self.access else self.rides[0].departs

    @property
    def ends(self) -> datetime:
        """When the family arrives for good, on the clock there."""
        last_ride = self.rides[-1].arrives
        return max(last_ride, self.moves[-1].arrives) if self.moves else last_ride

    @property
    def first_date(self) -> date:
        """Local date on which the first ride boards."""
        return self.rides[0].on
