"""Roads, connection times and beds: what a chain of legs is worked out from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from movplan.checks.view.clock import Clock, minutes
from movplan.checks.view.services import Ride, Service
from movplan.domain.assumed import Connections
from movplan.domain.people import Family, Member
from movplan.domain.transport import Departure
from movplan.domain.words import Need

DepartureReader = Callable[[str, Departure], int]


class Boarding(Protocol):
    """Somebody's ride: a family's or an escort's."""

    @property
    def service(self) -> Service:
        """The departure boarded."""

    @property
    def from_place(self) -> str:
        """Where it boards."""


@dataclass(frozen=True, slots=True)
class Move:
    """A transfer at its time, in UTC."""

    from_place: str
    to_place: str
    departs: datetime
    arrives: datetime


@dataclass(slots=True)
class Chain:
    """What has to be there: transfers, nights (place, evening), and what cannot be."""

    moves: list[Move] = field(default_factory=list)
    nights: list[tuple[str, date]] = field(default_factory=list)
    waits: list[tuple[str, timedelta]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Roads:
    """Adds transfers and nights to a chain, and says how long things take."""

    def __init__(
        self,
        connections: Connections,
        clock: Clock,
        of_departure: DepartureReader,
        members: Mapping[str, Sequence[Member]],
    ) -> None:
        self._connections = connections
        self._clock = clock
        self._of = of_departure
        self._members = members

    def connection(self, ride: Boarding) -> timedelta:
        """How long before it departs one has to be there for a first ride.

        For a flight the boarding place may say so itself; short flights take less.
        """
        flies = ride.service.is_flight
        own = self._connections.places[ride.from_place].connection_min
        if flies and own is not None:
            return minutes(own)
        departure = ride.service.departure
        kind = "flight" if flies else "convoy"
        most_km = self._of("regional_flight_km", departure)
        if flies and self._connections.is_regional(departure, most_km):
            kind = "regional"
        return minutes(self._of(f"connection_{kind}_min", departure))

    def change(self, family: Family, ride: Ride) -> timedelta:
        """The same between two rides: longer with a WCHC or STCR member."""
        ahead = self.connection(ride)
        if self._needs_time(family):
            departure = ride.service.departure
            ahead *= self._of("wheelchair_connection_factor", departure)
        return ahead

    def duration(self, from_place: str, to_place: str) -> timedelta | None:
        """How long the transfer takes; ``None`` if there is none."""
        if from_place == to_place:
            return timedelta()
        transfer = self._connections.find_transfer(from_place, to_place)
        return minutes(transfer.minutes) if transfer else None

    def can_sleep(self, place_id: str) -> bool:
        """Whether a night at the place has a price."""
        return self._connections.places[place_id].night_price_cents is not None

    def add_move(
        self,
        chain: Chain,
        from_place: str,
        to_place: str,
        *,
        leaves: datetime | None = None,
        reaches: datetime | None = None,
    ) -> None:
        """Add the transfer that leaves, or reaches the other place, at a moment."""
        road = self.duration(from_place, to_place)
        if road is None:
            chain.faults.append(f"there is no transfer from {from_place} to {to_place}")
        elif leaves is not None:
            chain.moves.append(Move(from_place, to_place, leaves, leaves + road))
        elif reaches is not None:
            chain.moves.append(Move(from_place, to_place, reaches - road, reaches))

    def add_nights(
        self, chain: Chain, place_id: str, arrives: datetime, leaves: datetime
    ) -> None:
        """Add the nights from the arrival date up to the day before leaving."""
        evening = self._clock.date(place_id, arrives)
        last = self._clock.date(place_id, leaves)
        if evening < last and not self.can_sleep(place_id):
            chain.faults.append(f"nobody can sleep at {place_id} on {evening}")
        while evening < last:
            chain.nights.append((place_id, evening))
            evening += timedelta(days=1)

    def _needs_time(self, family: Family) -> bool:
        return any(
            Need.WCHC in member.needs or Need.STCR in member.needs
            for member in self._members.get(family.family_id, ())
        )
