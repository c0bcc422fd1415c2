"""Itineraries through the network: all of them, within the scenario's limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from movplan.domain.scenario import Scenario
from movplan.domain.words import CapacityKind, Part
from movplan.network.itinerary import Event, Itinerary, Move, Night, Ride
from movplan.network.network import Network, Onward


@dataclass(frozen=True, slots=True)
class Chain:
    """Rides taken so far with the waits between them (the first has none)."""

    steps: tuple[Onward, ...]
    nights: int


@dataclass(frozen=True, slots=True)
class Ending:
    """After the last ride: a transfer and the arrival it brings, or nothing."""

    moves: tuple[Move, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """From where to where, and what the family and its programme allow.

    ``programme`` limits the rides to departures open to it (``None``: all);
    ``wheelchair`` multiplies connection times between rides; without ``overnight`` no
    night is spent.
    """

    origin: str
    destination: str
    part: Part = Part.OUTBOUND
    programme: str | None = None
    wheelchair: bool = False
    overnight: bool = True


def find_itineraries(network: Network, request: Request) -> tuple[Itinerary, ...]:
    """Every itinerary that answers the request within the scenario's limits.

    Complete: a chain of rides is left out only when it breaks one of the rules of
    "Rides, transfers, nights" in ``docs/semantics.md``, or when from where it has got
    to the destination is further in rides than ``max_rides`` allows on *any* dates.
    Nothing is dropped by dominance: a longer way may be the one that brings a departure
    to its ``min_persons``, falls in the service dates of a line, or finds a bed.
    Sorted by first departure, final arrival and rides.
    """
    return tuple(sorted(_Search(network, request).run(), key=itinerary_order))


def itinerary_order(itinerary: Itinerary) -> tuple[object, ...]:
    """Itineraries go by first departure, final arrival, then rides."""
    rides = [(ride.departure_id, ride.board, ride.alight) for ride in itinerary.rides]
    return (itinerary.rides[0].departs, itinerary.ends, rides)


class _Search:
    """One depth-first search, from one origin to one destination."""

    def __init__(self, network: Network, request: Request) -> None:
        self.network = network
        self.request = request
        self.limits = network.scenario.limits
        self.accesses: dict[int, Move | None] = {}
        self.endings: dict[int, Ending | None] = {}
        self.rides_left = network.graph.rides_left(request.destination)
        self.most_nights = self.limits.max_transit_nights if request.overnight else 0

    def run(self) -> Iterator[Itinerary]:
        for first in self._first_rides():
            chain = Chain((Onward(ride=first, move=None, nights=()),), 0)
            yield from self._follow(chain)

    def _first_rides(self) -> list[int]:
        first, last = first_dates(self.network, self.request.part)
        boardings = self.network.graph.reachable_boardings(self.request.origin)
        return [
            i
            for place, _ in boardings
            for i in self.network.boarding(place, first_s=-1e18, last_s=1e18)
            if first <= self.network.rides[i].on <= last
            and self.network.may_board(i, None)
            and self._is_worth(i, 1)
        ]

    def _is_worth(self, ride: int, count: int) -> bool:
        """Whether the destination can still be reached, ``count`` rides taken."""
        left = self.rides_left.get(self.network.rides[ride].to_place)
        if left is None or count + left > self.limits.max_rides:
            return False
        return self.network.is_open(ride, self.request.programme)

    def _follow(self, chain: Chain) -> Iterator[Itinerary]:
        if not self._is_in_time(chain.steps[-1].ride, chain):
            return
        itinerary = self._finish(chain)
        if itinerary is not None:
            yield itinerary
        if len(chain.steps) == self.limits.max_rides:
            return
        for step in self.network.onward(
            chain.steps[-1].ride, wheelchair=self.request.wheelchair
        ):
            nights = chain.nights + len(step.nights)
            if nights <= self.most_nights and self._may_add(chain, step):
                yield from self._follow(Chain((*chain.steps, step), nights))

    def _may_add(self, chain: Chain, step: Onward) -> bool:
        if not self._is_worth(step.ride, len(chain.steps) + 1):
            return False
        rides = self.network.rides
        new = rides[step.ride]
        last = rides[chain.steps[-1].ride].to_place
        return self.network.may_board(step.ride, last) and all(
            rides[old.ride].from_place != new.from_place
            and rides[old.ride].departure_id != new.departure_id
            for old in chain.steps
        )

    def _is_in_time(self, ride: int, chain: Chain) -> bool:
        started_s = self.network.departs_s[chain.steps[0].ride]
        taken_s = self.network.arrives_s[ride] - started_s
        return taken_s <= self.limits.max_journey_hours * 3600

    def _finish(self, chain: Chain) -> Itinerary | None:
        """The itinerary that ends after the chain's last ride, if there is one."""
        ending = self._ending(chain.steps[-1].ride)
        first = self.network.rides[chain.steps[0].ride]
        if ending is None or not self._may_end(first, ending):
            return None
        return Itinerary(
            origin=self.request.origin,
            destination=self.request.destination,
            part=self.request.part,
            rides=tuple(self.network.rides[step.ride] for step in chain.steps),
            access=self._access(chain.steps[0].ride),
            moves=(*(s.move for s in chain.steps if s.move is not None), *ending.moves),
            nights=tuple(night for step in chain.steps for night in step.nights),
            events=(*self._events(chain), *ending.events),
        )

    def _access(self, ride: int) -> Move | None:
        if ride not in self.accesses:
            first = self.network.rides[ride]
            access = self.network.waits.access(self.request.origin, first)
            self.accesses[ride] = access
        return self.accesses[ride]

    def _ending(self, ride: int) -> Ending | None:
        """How a journey ends after a ride; ``None`` if it cannot end there."""
        if ride not in self.endings:
            self.endings[ride] = self._find_ending(self.network.rides[ride])
        return self.endings[ride]

    def _find_ending(self, last: Ride) -> Ending | None:
        if last.to_place == self.request.destination:
            return Ending((), ())
        egress = self.network.waits.egress(last, self.request.destination)
        if egress is None:
            return None
        arrival = self.network.ride_events.event(
            CapacityKind.ARRIVAL, egress.to_place, egress.arrives
        )
        crossing = self.network.ride_events.crossing(egress.to_place, egress.arrives)
        events = (*crossing, arrival)
        return Ending((egress,), events) if self._open(events) else None

    def _open(self, events: tuple[Event, ...]) -> bool:
        return self.network.closures.allow(events)

    def _may_end(self, first: Ride, ending: Ending) -> bool:
        most = timedelta(hours=self.limits.max_journey_hours)
        return all(move.arrives - first.departs <= most for move in ending.moves)

    def _events(self, chain: Chain) -> Iterator[Event]:
        network, came_to = self.network, None
        for step in chain.steps:
            yield from (_bed(night) for night in step.nights)
            ride = network.rides[step.ride]
            if ride.from_place != came_to:
                yield from network.boarding_events[step.ride] or ()
            yield from network.events[step.ride]
            came_to = ride.to_place


def _bed(night: Night) -> Event:
    return Event(
        kind=CapacityKind.BEDS,
        place_id=night.place_id,
        on=night.on,
        at=night.arrives,
    )


def first_dates(network: Network, part: Part) -> tuple[date, date]:
    """First and last date on which a first ride of the part may board, of anybody.

    What has set out did so whenever the horizon begins.
    """
    horizon = network.scenario.horizon
    later = _most_return_days(network.scenario) if part is Part.RETURN else 0
    gone = network.set_out.departures
    set_out = [ride.on for ride in network.rides if ride.departure_id in gone]
    return min([horizon.first, *set_out]), horizon.last + timedelta(days=later)


def _most_return_days(scenario: Scenario) -> int:
    """The most that any family has: screening bars what is too late for some."""
    rule = scenario.rule("return_days_after_horizon")
    return max(int(rule.value), *(int(row.value) for row in rule.overrides), 0)
