"""Why there is no itinerary at all between two places."""

from functools import cached_property

from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.network import Itinerary, Network, Request, find_itineraries
from movplan.screening.bars import Why


class NoWay:
    """Looks again without closures and opening hours."""

    def __init__(self, scenario: Scenario, network: Network) -> None:
        self._scenario = scenario
        self._closures = network.closures
        self._known: dict[Request, Why] = {}

    def why(self, request: Request) -> Why:
        """The reason and fact; cached, a class has many families."""
        if request not in self._known:
            self._known[request] = self._find(request)
        return self._known[request]

    def why_not(self, request: Request, departures: frozenset[str]) -> Why:
        """Why no itinerary rides all of those departures."""
        for way in find_itineraries(self._always_open, request):
            if departures <= {ride.departure_id for ride in way.rides}:
                return Why(Reason.PLACE_CLOSED, self._closed(way), "place_open")
        names = ", ".join(sorted(departures))
        return Why(Reason.NO_ROUTE, f"no itinerary of the family rides {names}")

    def _find(self, request: Request) -> Why:
        ways = find_itineraries(self._always_open, request)
        if ways:
            fact = f"{self._closed(ways[0])}, as all other ways are"
            return Why(Reason.PLACE_CLOSED, fact, "place_open")
        limits = self._scenario.limits
        return Why(
            Reason.NO_ROUTE,
            f"no departures lead from {request.origin} to {request.destination} within"
            f" {limits.max_rides} rides, {limits.max_transit_nights} nights and"
            f" {limits.max_journey_hours} hours",
        )

    def _closed(self, way: Itinerary) -> str:
        closed = (self._closures.why_closed(event) for event in way.events)
        facts = [fact for fact in closed if fact is not None]
        rides = " and ".join(ride.departure_id for ride in way.rides)
        return f"{facts[0]}, so {rides} cannot be taken"

    @cached_property
    def _always_open(self) -> Network:
        hours = {"opens": None, "closes": None}
        places = tuple(p.model_copy(update=hours) for p in self._scenario.places)
        return Network(
            self._scenario.model_copy(update={"closures": (), "places": places})
        )
