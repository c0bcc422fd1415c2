"""The wait between two rides: transfer, connection time, nights and where they are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from movplan.domain.assumed import Connections
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.values import Values
from movplan.domain.words import DepartureKind
from movplan.network.itinerary import Move, Night, Ride
from movplan.network.local_time import LocalTime


@dataclass(frozen=True, slots=True)
class Wait:
    """What happens between two rides: at most one transfer, and the nights."""

    move: Move | None
    nights: tuple[Night, ...]


class Waits:
    """Works out access, egress and waits between rides."""

    def __init__(
        self,
        scenario: Scenario,
        connections: Connections,
        clock: LocalTime,
        *,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._changes_at_once = "journey_chain" in without
        self._values = Values(scenario)
        self._connections = connections
        self._clock = clock
        self._departures = {d.departure_id: d for d in scenario.departures}
        self._minutes: dict[str, tuple[int, int]] = {}
        self._of_place = {
            p.place_id: p.connection_min
            for p in scenario.places
            if p.connection_min is not None
        }
        self._can_sleep = {
            p.place_id for p in scenario.places if p.night_price_cents is not None
        }

    def connection_min(self, ride: Ride, *, between: bool, wheelchair: bool) -> int:
        """Minutes before the ride at which whoever boards has to be there.

        For a flight those of its airport, if it has any of its own.
        ``between`` two rides a wheelchair or stretcher family needs
        ``wheelchair_connection_factor`` times as many.
        """
        if between and self._changes_at_once:
            return 0
        minutes, factor = self._rules(ride)
        if ride.kind is DepartureKind.FLIGHT:
            minutes = self._of_place.get(ride.from_place, minutes)
        return minutes * factor if between and wheelchair else minutes

    def transfer_min(self, from_place: str, to_place: str) -> int | None:
        """Minutes of the transfer, 0 within a place, ``None`` when there is none."""
        if from_place == to_place:
            return 0
        transfer = self._connections.find_transfer(from_place, to_place)
        return None if transfer is None else transfer.minutes

    def access(self, origin: str, ride: Ride) -> Move | None:
        """The transfer that arrives exactly at the first ride's connection time."""
        ahead = self.connection_min(ride, between=False, wheelchair=False)
        arrives = ride.departs - timedelta(minutes=ahead)
        return self.move_arriving(origin, ride.from_place, arrives)

    def egress(self, ride: Ride, destination: str) -> Move | None:
        """The transfer that leaves on arrival of the last ride."""
        return self.move_leaving(ride.to_place, destination, ride.arrives)

    def between(self, last: Ride, following: Ride, *, wheelchair: bool) -> Wait | None:
        """The wait between two rides; ``None``: the connection does not exist."""
        due = self._due(following, wheelchair=wheelchair)
        minutes = self.transfer_min(last.to_place, following.from_place)
        if minutes is None or last.arrives + timedelta(minutes=minutes) > due:
            return None
        return self._wait(last, following, due)

    def between_anyhow(self, last: Ride, following: Ride, *, wheelchair: bool) -> Wait:
        """The same where the connection does not exist: a plan made by hand has it.

        Too late is written down all the same, and nobody sleeps where nobody can.
        """
        if self.transfer_min(last.to_place, following.from_place) is None:
            return Wait(None, ())
        wait = self._wait(last, following, self._due(following, wheelchair=wheelchair))
        if wait is not None:
            return wait
        here, there = last.to_place, following.from_place
        return Wait(self.move_leaving(here, there, last.arrives), ())

    def _due(self, following: Ride, *, wheelchair: bool) -> datetime:
        """When whoever changes to a ride has to be there."""
        ahead = self.connection_min(following, between=True, wheelchair=wheelchair)
        return following.departs - timedelta(minutes=ahead)

    def _wait(self, last: Ride, following: Ride, due: datetime) -> Wait | None:
        """Transfer and nights; ``None`` where nobody can sleep."""
        here, there = last.to_place, following.from_place
        if last.arrives.date() == following.on:
            return Wait(self.move_leaving(here, there, last.arrives), ())
        if here in self._can_sleep:
            move = self.move_arriving(here, there, due)
            leaves = move.departs if move else following.departs
            return Wait(move, stay(here, last.arrives, leaves))
        if there in self._can_sleep:
            move = self.move_leaving(here, there, last.arrives)
            arrives = move.arrives if move else last.arrives
            return Wait(move, stay(there, arrives, following.departs))
        return None

    def move_arriving(
        self, from_place: str, to_place: str, moment: datetime
    ) -> Move | None:
        """A transfer arriving at a moment; ``None`` within a place or without one."""
        minutes = self.transfer_min(from_place, to_place)
        if not minutes:
            return None
        departs = moment - timedelta(minutes=minutes)
        return self._move(from_place, to_place, departs, moment)

    def move_leaving(
        self, from_place: str, to_place: str, moment: datetime
    ) -> Move | None:
        """A transfer leaving at a moment; ``None`` within a place or without one."""
        minutes = self.transfer_min(from_place, to_place)
        if not minutes:
            return None
        arrives = moment + timedelta(minutes=minutes)
        return self._move(from_place, to_place, moment, arrives)

    def _move(
        self, from_place: str, to_place: str, departs: datetime, arrives: datetime
    ) -> Move:
        return Move(
            from_place=from_place,
            to_place=to_place,
            departs=self._clock.at(from_place, departs),
            arrives=self._clock.at(to_place, arrives),
        )

    def _rules(self, ride: Ride) -> tuple[int, int]:
        name = ride.departure_id
        if name not in self._minutes:
            departure = self._departures[name]
            self._minutes[name] = (
                self._values.departure(self._kind(departure), departure),
                self._values.departure("wheelchair_connection_factor", departure),
            )
        return self._minutes[name]

    def _kind(self, departure: Departure) -> str:
        """The parameter that says how long before it leaves one has to be there."""
        if departure.kind is DepartureKind.CONVOY:
            return "connection_convoy_min"
        most_km = self._values.departure("regional_flight_km", departure)
        is_regional = self._connections.is_regional(departure, most_km)
        return "connection_regional_min" if is_regional else "connection_flight_min"


def stay(place_id: str, arrives: datetime, departs: datetime) -> tuple[Night, ...]:
    """Nights at a place: local arrival date up to the day before leaving."""
    return tuple(
        Night(place_id=place_id, on=evening, arrives=arrives, departs=departs)
        for evening in _dates(arrives.date(), departs.date())
    )


def _dates(first: date, until: date) -> list[date]:
    return [first + timedelta(days=day) for day in range((until - first).days)]
