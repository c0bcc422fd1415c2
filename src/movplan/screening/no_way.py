"""Why there is no itinerary at all between two places."""

from collections.abc import Iterator
from functools import cached_property

from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.network import Itinerary, Network, Request, find_itineraries
from movplan.network.rides import stops_of
from movplan.network.stops import Stop
from movplan.screening.bars import Why

BARRING = frozenset(
    {
        "place_open",
        "public_holidays",
        "daylight_driving",
        "driving_hours",
        "convoy_days",
    }
)
REASONS = {
    "place_open": Reason.PLACE_CLOSED,
    "public_holidays": Reason.PLACE_CLOSED,
}


class NoWay:
    """Looks again without what the network keeps for all: closures, convoy rules."""

    def __init__(self, scenario: Scenario, network: Network) -> None:
        self._scenario = scenario
        self._network = network
        self._departures = {d.departure_id: d for d in scenario.departures}
        self._known: dict[Request, Why] = {}

    def why(self, request: Request) -> Why:
        """The reason and fact; cached, a class has many families."""
        if request not in self._known:
            self._known[request] = self._find(request)
        return self._known[request]

    def why_not(self, request: Request, departures: frozenset[str]) -> Why:
        """Why no itinerary rides all of those departures."""
        for way in find_itineraries(self._unbarred, request):
            if departures <= {ride.departure_id for ride in way.rides}:
                return self._barred(way, "")
        today = self._scenario.as_of.date()
        for name in sorted(departures):
            departure = self._departures[name]
            if departure.has_lapsed(today):
                fact = f"the option on {name} lapsed on {departure.option_until}"
                return Why(Reason.NO_ROUTE, fact, "departure_runs")
        names = ", ".join(sorted(departures))
        return Why(Reason.NO_ROUTE, f"no itinerary of the family rides {names}")

    def _find(self, request: Request) -> Why:
        ways = find_itineraries(self._unbarred, request)
        if ways:
            return self._barred(ways[0], ", as all other ways are")
        limits = self._scenario.limits
        return Why(
            Reason.NO_ROUTE,
            f"no departures lead from {request.origin} to {request.destination} within"
            f" {limits.max_rides} rides, {limits.max_transit_nights} nights and"
            f" {limits.max_journey_hours} hours",
        )

    def _barred(self, way: Itinerary, rest: str) -> Why:
        stop = next(self._stops(way))
        rides = " and ".join(ride.departure_id for ride in way.rides)
        reason = REASONS.get(stop.rule, Reason.CONVOY_RULES)
        return Why(reason, f"{stop.fact}, so {rides} cannot be taken{rest}", stop.rule)

    def _stops(self, way: Itinerary) -> Iterator[Stop]:
        for event in way.events:
            stop = self._network.closures.why_closed(event)
            if stop is not None:
                yield stop
        stops = stops_of(self._scenario)
        for ride in way.rides:
            departure = self._departures[ride.departure_id]
            calls = stops[ride.departure_id]
            barred = self._network.convoys.why_barred(departure, calls)
            if barred is not None:
                yield barred

    @cached_property
    def _unbarred(self) -> Network:
        return Network(self._scenario, without=self._network.without | BARRING)
