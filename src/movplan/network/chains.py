"""Chains of rides from an origin, found once for all places where somebody ends."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from movplan.domain.scenario import Scenario
from movplan.domain.words import CapacityKind, Part
from movplan.network.itinerary import Chain, Event, Night
from movplan.network.network import Network, Onward
from movplan.network.request import Request


def find_chains(network: Network, request: Request) -> dict[str, list[Chain]]:
    """Chains that may be part of an answer, by the place where the last ride arrives.

    Complete: a chain of rides is left out only when it breaks one of the rules of
    "Rides, transfers, nights" in ``docs/semantics.md``, or when from where it has got
    to the nearest place where anybody ends is further in rides than ``max_rides``
    allows on *any* dates. Missions have few origins and many destinations: the chains
    of an origin are the same for all of these.
    """
    ends = network.ends[request.part]
    if request.destination not in ends:
        ends = frozenset({request.destination})
    key = (
        request.origin,
        request.part,
        request.programme,
        request.wheelchair,
        request.overnight,
        ends,
    )
    if key not in network.chains:
        found: dict[str, list[Chain]] = defaultdict(list)
        for chain in _Walk(network, request, ends).run():
            found[chain.rides[-1].to_place].append(chain)
        network.chains[key] = dict(found)
    return network.chains[key]


class _Walk:
    """One depth-first walk from an origin."""

    def __init__(
        self, network: Network, request: Request, ends: frozenset[str]
    ) -> None:
        self.network = network
        self.request = request
        self.limits = network.scenario.limits
        self.rides_left = network.graph.rides_left_to_any(ends)
        self.most_nights = self.limits.max_transit_nights if request.overnight else 0

    def run(self) -> Iterator[Chain]:
        arrives_s, departs_s = self.network.arrives_s, self.network.departs_s
        for first in self._first_rides():
            until_s = departs_s[first] + self.limits.max_journey_hours * 3600
            if arrives_s[first] <= until_s:
                yield from self._follow(self._begun(first), until_s)

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
        """Whether somebody's end can still be reached, ``count`` rides taken."""
        left = self.rides_left.get(self.network.rides[ride].to_place)
        if left is None or count + left > self.limits.max_rides:
            return False
        return self.network.is_open(ride, self.request.programme)

    def _follow(self, chain: Chain, until_s: int) -> Iterator[Chain]:
        """A chain and all longer ones whose rides have arrived by a time."""
        yield chain
        if len(chain.rides) == self.limits.max_rides:
            return
        for step in self.network.onward(chain.last, wheelchair=self.request.wheelchair):
            nights = len(chain.nights) + len(step.nights)
            in_time = self.network.arrives_s[step.ride] <= until_s
            if nights <= self.most_nights and in_time and self._may_add(chain, step):
                yield from self._follow(self._longer(chain, step), until_s)

    def _may_add(self, chain: Chain, step: Onward) -> bool:
        if not self._is_worth(step.ride, len(chain.rides) + 1):
            return False
        new = self.network.rides[step.ride]
        return self.network.may_board(step.ride, chain.rides[-1].to_place) and all(
            old.from_place != new.from_place and old.departure_id != new.departure_id
            for old in chain.rides
        )

    def _begun(self, first: int) -> Chain:
        ride = self.network.rides[first]
        return Chain(
            last=first,
            rides=(ride,),
            access=self.network.waits.access(self.request.origin, ride),
            moves=(),
            nights=(),
            events=self._events(first, came_from=None),
        )

    def _longer(self, chain: Chain, step: Onward) -> Chain:
        events = self._events(step.ride, came_from=chain.rides[-1].to_place)
        return Chain(
            last=step.ride,
            rides=(*chain.rides, self.network.rides[step.ride]),
            access=chain.access,
            moves=chain.moves if step.move is None else (*chain.moves, step.move),
            nights=(*chain.nights, *step.nights),
            events=(*chain.events, *map(_bed, step.nights), *events),
        )

    def _events(self, ride: int, *, came_from: str | None) -> tuple[Event, ...]:
        """Those of a ride; whoever did not come by ride crosses on boarding."""
        network = self.network
        crossing: tuple[Event, ...] = ()
        if network.rides[ride].from_place != came_from:
            crossing = network.boarding_events[ride] or ()
        return (*crossing, *network.events[ride])


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
