"""Itineraries through the network: all of them, within the scenario's limits."""

from collections.abc import Iterator
from datetime import timedelta

from movplan.domain.words import CapacityKind
from movplan.network.chains import find_chains
from movplan.network.itinerary import Chain, Ending, Event, Itinerary, Ride
from movplan.network.network import Network
from movplan.network.request import Request


def find_itineraries(network: Network, request: Request) -> tuple[Itinerary, ...]:
    """Every itinerary that answers the request within the scenario's limits.

    Complete as the chains are, and a chain is left out only when no transfer leads to
    the destination in time, or it is closed. Nothing is dropped by dominance: a longer
    way may be the one that brings a departure to its ``min_persons``, falls in the
    service dates of a line, or finds a bed.
    Sorted by first departure, final arrival and rides.
    """
    return tuple(sorted(_Search(network, request).run(), key=itinerary_order))


def itinerary_order(itinerary: Itinerary) -> tuple[object, ...]:
    """Itineraries go by first departure, final arrival, then rides."""
    rides = [(ride.departure_id, ride.board, ride.alight) for ride in itinerary.rides]
    return (itinerary.rides[0].departs, itinerary.ends, rides)


class _Search:
    """Ends the chains of an origin at one destination."""

    def __init__(self, network: Network, request: Request) -> None:
        self.network = network
        self.request = request
        self.most = timedelta(hours=network.scenario.limits.max_journey_hours)

    def run(self) -> Iterator[Itinerary]:
        destination, waits = self.request.destination, self.network.waits
        for place, chains in find_chains(self.network, self.request).items():
            if waits.transfer_min(place, destination) is not None:
                for chain in chains:
                    ending = self._ending(chain)
                    if ending is not None and self._may_end(chain, ending):
                        yield self._itinerary(chain, ending)

    def _itinerary(self, chain: Chain, ending: Ending) -> Itinerary:
        return Itinerary(
            origin=self.request.origin,
            destination=self.request.destination,
            part=self.request.part,
            rides=chain.rides,
            access=chain.access,
            moves=chain.moves + ending.moves,
            nights=chain.nights,
            events=chain.events + ending.events,
        )

    def _ending(self, chain: Chain) -> Ending | None:
        """How a journey ends after a chain's last ride; ``None`` if it cannot there."""
        key, known = (chain.last, self.request.destination), self.network.endings
        if key not in known:
            known[key] = self._find_ending(chain.rides[-1])
        return known[key]

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

    def _may_end(self, chain: Chain, ending: Ending) -> bool:
        started = chain.rides[0].departs
        return all(move.arrives - started <= self.most for move in ending.moves)
