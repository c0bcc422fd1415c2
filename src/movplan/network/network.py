"""The transport network: rides in time order, a graph of places, waits."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from movplan.domain.aside import Aside
from movplan.domain.assumed import Connections
from movplan.domain.scenario import Scenario
from movplan.domain.set_out import SetOut
from movplan.domain.transport import Departure, DepartureStop
from movplan.domain.words import Part
from movplan.network.closures import Closures
from movplan.network.convoys import ConvoyRules
from movplan.network.itinerary import Chain, Ending, Event, Move, Night, Ride
from movplan.network.local_time import LocalTime
from movplan.network.place_graph import PlaceGraph
from movplan.network.rides import RideEvents, stops_of, usable_rides
from movplan.network.waits import Waits

# The rule that nobody rides what is cancelled or lapsed.
RUNS = "departure_runs"


@dataclass(frozen=True, slots=True)
class Onward:
    """A next ride (index into ``Network.rides``) and the wait before it."""

    ride: int
    move: Move | None
    nights: tuple[Night, ...]


class Network:
    """All a family can ride, and how rides connect.

    ``rides`` are those whose departure, crossings and arrival no closure, holiday or
    opening hours forbid to all, of departures neither cancelled nor lapsed (one that
    somebody has set out for lapses no more) and of convoys that keep the rules of a
    convoy alone; by departure time. ``events[i]`` are those of ``rides[i]``,
    ``boarding_events[i]`` the crossing of whoever boards it without having come there
    by ride, ``None`` if nobody may.
    The rules named in ``without`` are not there.
    ``departs_s``/``arrives_s`` are their times in seconds since 1970 (UTC). Rides are
    found by bisection in the sorted times of each boarding place; none is a node.
    """

    def __init__(
        self, scenario: Scenario, *, without: frozenset[str] = frozenset()
    ) -> None:
        self.scenario = scenario
        self.without = without
        self.clock = LocalTime(scenario)
        self.connections = Connections(scenario)
        self.waits = Waits(scenario, self.connections, self.clock, without=without)
        self.closures = Closures(scenario, without=without)
        self.ride_events = RideEvents(scenario, self.clock)
        self.set_out = SetOut(scenario.assignments)
        self.convoys = ConvoyRules(scenario, self.clock, without=without)
        self.rides, self.events = self._open_rides()
        self.boarding_events = tuple(self._boarding_of(ride) for ride in self.rides)
        self._shut = {i for i, some in enumerate(self.boarding_events) if some is None}
        self.index = {id(ride): i for i, ride in enumerate(self.rides)}
        self.graph = PlaceGraph(self.rides, self.waits)
        self.departs_s = [int(ride.departs.timestamp()) for ride in self.rides]
        self.arrives_s = [int(ride.arrives.timestamp()) for ride in self.rides]
        self.open_to = _open_to(scenario, without)
        self._boards: dict[str, list[int]] = defaultdict(list)
        for i, ride in enumerate(self.rides):
            self._boards[ride.from_place].append(i)
        self._times = {
            place: [self.departs_s[i] for i in boarding]
            for place, boarding in self._boards.items()
        }
        self._onward: dict[tuple[int, bool], tuple[Onward, ...]] = {}
        self.ends = {
            Part.OUTBOUND: frozenset(f.destination for f in scenario.families),
            Part.RETURN: frozenset(f.origin for f in scenario.families),
        }
        """Where families end a part."""
        self.chains: dict[tuple[Hashable, ...], dict[str, list[Chain]]] = {}
        """What ``find_chains`` found: it is the same for many destinations."""
        self.endings: dict[tuple[int, str], Ending | None] = {}
        """How one goes on to a destination after a ride: the same for all origins."""

    def boarding(self, place_id: str, *, first_s: float, last_s: float) -> list[int]:
        """Rides boarding at a place with departure times in a closed interval."""
        times = self._times.get(place_id, [])
        start, stop = bisect_left(times, first_s), bisect_right(times, last_s)
        return self._boards.get(place_id, [])[start:stop]

    def onward(self, ride: int, *, wheelchair: bool) -> tuple[Onward, ...]:
        """Rides that can follow a ride: connection, wait and nights within limits."""
        key = (ride, wheelchair)
        if key not in self._onward:
            self._onward[key] = tuple(self._find_onward(ride, wheelchair=wheelchair))
        return self._onward[key]

    def is_open(self, ride: int, programme: str | None) -> bool:
        """Whether families of a programme (``None``: any) may take the ride."""
        programmes = self.open_to[self.rides[ride].departure_id]
        return programme is None or not programmes or programme in programmes

    def _find_onward(self, ride: int, *, wheelchair: bool) -> list[Onward]:
        limits = self.scenario.limits
        last, found = self.rides[ride], []
        for place, minutes in self.graph.reachable_boardings(last.to_place):
            ready_s = self.arrives_s[ride] + minutes * 60
            until_s = ready_s + limits.max_wait_hours * 3600
            for i in self.boarding(place, first_s=ready_s, last_s=until_s):
                following = self.rides[i]
                if following.departure_id == last.departure_id:
                    continue
                wait = self.waits.between(last, following, wheelchair=wheelchair)
                if wait and len(wait.nights) <= limits.max_transit_nights:
                    found.append(Onward(ride=i, move=wait.move, nights=wait.nights))
        return found

    def may_board(self, ride: int, came_from: str | None) -> bool:
        """Whether one may board who came by ride to a place (``None``: by no ride)."""
        return ride not in self._shut or came_from == self.rides[ride].from_place

    def _open_rides(self) -> tuple[tuple[Ride, ...], tuple[tuple[Event, ...], ...]]:
        rides, events = [], []
        stops = stops_of(self.scenario)
        running = [d for d in self.scenario.departures if self._is_running(d, stops)]
        for ride in usable_rides(running, stops, self.clock):
            happening = self.ride_events.of(ride)
            if self.closures.allow(happening):
                rides.append(ride)
                events.append(happening)
        return tuple(rides), tuple(events)

    def _is_running(
        self, departure: Departure, stops: dict[str, list[DepartureStop]]
    ) -> bool:
        """Whether anybody may ride it."""
        gone = departure.why_gone(self.scenario.as_of.date())
        # Of what somebody has set out for, only a cancellation is true any more.
        late = departure.is_usable and departure.departure_id in self.set_out.departures
        if gone is not None and not late and RUNS not in self.without:
            return False
        return self.convoys.why_barred(departure, stops[departure.departure_id]) is None

    def _boarding_of(self, ride: Ride) -> tuple[Event, ...] | None:
        crossing = self.ride_events.boarding(ride)
        return crossing if self.closures.allow(crossing) else None


def _open_to(scenario: Scenario, without: frozenset[str]) -> dict[str, frozenset[str]]:
    """Programmes of each departure, empty for all."""
    rule = "open_to_programme"
    aside = Aside(scenario, rule)
    return {
        d.departure_id: frozenset()
        if rule in without or aside.row(d.departure_id)
        else frozenset(d.programmes)
        for d in scenario.departures
    }
