"""Why there is no itinerary at all between two places."""

from functools import cached_property

from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.network import Itinerary, Network, Request, find_itineraries


class NoWay:
    """Looks again without closures and opening hours."""

    def __init__(self, scenario: Scenario, network: Network) -> None:
        self._scenario = scenario
        self._closures = network.closures
        self._known: dict[Request, tuple[Reason, str]] = {}

    def why(self, request: Request) -> tuple[Reason, str]:
        """The reason and fact; cached, a class has many families."""
        if request not in self._known:
            self._known[request] = self._find(request)
        return self._known[request]

    def why_not(
        self, request: Request, departures: frozenset[str]
    ) -> tuple[Reason, str]:
        """Why no itinerary rides all of those departures."""
        for way in find_itineraries(self._always_open, request):
            if departures <= {ride.departure_id for ride in way.rides}:
                return Reason.PLACE_CLOSED, self._closed(way)
        names = ", ".join(sorted(departures))
        return Reason.NO_ROUTE, f"no itinerary of the family rides {names}"

    def _find(self, request: Request) -> tuple[Reason, str]:
        ways = find_itineraries(self._always_open, request)
        if ways:
            return (
                Reason.PLACE_CLOSED,
                f"{self._closed(ways[0])}, as all other ways are",
            )
        limits = self._scenario.limits
        return Reason.NO_ROUTE, (
            f"no departures lead from {request.origin} to {request.destination} within"
            f" {limits.max_rides} rides, {limits.max_transit_nights} nights and"
            f" {limits.max_journey_hours} hours"
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
