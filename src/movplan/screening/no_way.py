"""Why there is no itinerary at all between two places, and what would have passed."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason
from movplan.network import Itinerary, Network, Request, find_itineraries
from movplan.network.closures import nearest_open
from movplan.network.itinerary import Event
from movplan.network.network import RUNS
from movplan.network.rides import stops_of
from movplan.network.stops import Stop
from movplan.screening.bars import Why
from movplan.screening.telling import joined

BARRING = frozenset(
    {
        "place_open",
        "public_holidays",
        "daylight_driving",
        "driving_hours",
        "convoy_days",
        RUNS,
    }
)
REASONS = {
    "place_open": Reason.PLACE_CLOSED,
    "public_holidays": Reason.PLACE_CLOSED,
    RUNS: Reason.NO_ROUTE,
}
ROUTE = "journey_chain"


class NoWay:
    """Looks again without what the network keeps for all.

    Closures, convoy rules, departures that are cancelled or lapsed.
    """

    def __init__(self, scenario: Scenario, network: Network) -> None:
        self._scenario = scenario
        self._network = network
        self._departures = {d.departure_id: d for d in scenario.departures}
        self._calls = stops_of(scenario)
        self._known: dict[Request, Why] = {}

    def why(self, request: Request) -> Why:
        """The reason and fact; cached, a class has many families."""
        if request not in self._known:
            self._known[request] = self._find(request)
        return self._known[request]

    def why_not(self, request: Request, departures: frozenset[str]) -> Why:
        """Why no itinerary rides all of those departures."""
        ways = [
            way
            for way in find_itineraries(self._unbarred, request)
            if departures <= {ride.departure_id for ride in way.rides}
        ]
        if ways:
            return self._nearest(ways, "")
        names = ", ".join(sorted(departures))
        return Why(Reason.NO_ROUTE, f"no itinerary of the family rides {names}", ROUTE)

    def _find(self, request: Request) -> Why:
        ways = find_itineraries(self._unbarred, request)
        if ways:
            alone = ", and there is no other way"
            return self._nearest(
                ways, ", nor any other way" if len(ways) > 1 else alone
            )
        return Why(Reason.NO_ROUTE, self._lacking(request), ROUTE)

    def _lacking(self, request: Request) -> str:
        """What itineraries would need that the limits or departures do not give."""
        limits = self._scenario.limits
        fact = f"no departures lead from {request.origin} to {request.destination}"
        rides = "1 ride" if limits.max_rides == 1 else f"{limits.max_rides} rides"
        fewest = self._fewest_rides(request)
        if fewest is None:
            return f"{fact} on whatever dates: departures or transfers are missing"
        if fewest > limits.max_rides:
            return f"{fact} within {rides}: it takes {fewest} or more (max_rides)"
        return (
            f"{fact} within {rides}, {limits.max_transit_nights} nights, waits of"
            f" {limits.max_wait_hours} hours and"
            f" {limits.max_journey_hours} hours in all"
        )

    def _fewest_rides(self, request: Request) -> int | None:
        """Of whatever dates; ``None`` if the places are not joined by rides."""
        graph = self._unbarred.graph
        left = graph.rides_left(request.destination)
        boards = {place for place, _ in graph.reachable_boardings(request.origin)}
        return min(
            (
                left[ride.to_place] + 1
                for ride in self._unbarred.rides
                if ride.from_place in boards and ride.to_place in left
            ),
            default=None,
        )

    def _nearest(self, ways: list[Itinerary] | tuple[Itinerary, ...], rest: str) -> Why:
        """What bars the way that the fewest facts bar, of those the first."""
        way, stops = min(
            ((way, self._stops(way)) for way in ways), key=lambda each: len(each[1])
        )
        rides = " and ".join(ride.departure_id for ride in way.rides)
        first, *more = (
            Why(REASONS.get(stop.rule, Reason.CONVOY_RULES), stop.fact, stop.rule)
            for stop in stops
        )
        is_told = first.rule == RUNS and len(way.rides) == 1
        taken = "" if is_told else f", so {rides} cannot be taken"
        fact = f"{first.fact}{taken}{rest}"
        return joined([replace(first, fact=fact, told=(first.fact,)), *more])

    def _stops(self, way: Itinerary) -> list[Stop]:
        """All that bars a way, each once."""
        found = (*self._gone(way), *self._closed(way), *self._broken(way))
        return list({(stop.rule, stop.fact): stop for stop in found}.values())

    def _gone(self, way: Itinerary) -> Iterator[Stop]:
        for ride in way.rides:
            departure = self._departures[ride.departure_id]
            gone = departure.why_gone(self._scenario.as_of.date())
            if gone is not None:
                yield Stop(RUNS, gone)

    def _closed(self, way: Itinerary) -> Iterator[Stop]:
        for event in way.events:
            stop = self._network.closures.why_closed(event)
            if stop is not None:
                would_do = self._would_do(event, stop.rule)
                yield replace(stop, fact=f"{stop.fact}, {would_do}")

    def _would_do(self, event: Event, rule: str) -> str:
        """The nearest date on which the place is open, or an override of the rule."""
        closures = self._network.closures
        near = nearest_open(event, lambda e: closures.why_closed(e) is not None)
        if near is None:
            return f"possible with an override of {rule}"
        return f"nearest date open {near} (or an override of {rule})"

    def _broken(self, way: Itinerary) -> Iterator[Stop]:
        for ride in way.rides:
            departure = self._departures[ride.departure_id]
            calls = self._calls[ride.departure_id]
            yield from self._network.convoys.stops(departure, calls)

    @cached_property
    def _unbarred(self) -> Network:
        return Network(self._scenario, without=self._network.without | BARRING)
