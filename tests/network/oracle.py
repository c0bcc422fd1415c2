"""Itineraries by brute force, written from docs/semantics.md alone.

Every sequence of rides is built and judged whole; nothing is pruned, sorted or shared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise, permutations, product
from zoneinfo import ZoneInfo

from movplan.domain.assumed import Connections
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure, Departure
from movplan.domain.words import PlaceKind

EIGHT, SIXTEEN = time(8), time(16)
Moved = tuple[str, str, datetime, datetime]
Slept = tuple[str, date]
Happened = tuple[str, str, date]


@dataclass(frozen=True)
class Hop:
    """A ride with everything it passes: (place, arrives, departs)."""

    departure: Departure
    board: int
    alight: int
    served: tuple[tuple[str, datetime, datetime], ...]

    @property
    def start(self) -> str:
        """Where it boards."""
        return self.served[self.board][0]

    @property
    def end(self) -> str:
        """Where it alights."""
        return self.served[self.alight][0]

    @property
    def departs(self) -> datetime:
        """When it boards."""
        return self.served[self.board][2]

    @property
    def arrives(self) -> datetime:
        """When it alights."""
        return self.served[self.alight][1]

    @property
    def name(self) -> tuple[str, int, int]:
        """Departure, boarding and alighting."""
        return (self.departure.departure_id, self.board, self.alight)


@dataclass(frozen=True)
class Way:
    """What an itinerary amounts to."""

    rides: tuple[tuple[str, int, int], ...]
    access: Moved | None
    moves: tuple[Moved, ...]
    nights: tuple[Slept, ...]
    events: tuple[Happened, ...]


class Oracle:
    """Judges every sequence of rides."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.places = {place.place_id: place for place in scenario.places}
        self.roads = Connections(scenario)

    def ways(
        self, origin: str, destination: str, *, wheelchair: bool, overnight: bool
    ) -> set[Way]:
        """All itineraries between two places in the horizon."""
        found = set()
        usable = [d for d in self.scenario.departures if d.is_usable]
        for count in range(1, self.scenario.limits.max_rides + 1):
            for departures in permutations(usable, count):
                for hops in product(*map(self._hops, departures)):
                    way = self._judge(hops, origin, destination, 2 if wheelchair else 1)
                    if way is not None and (overnight or not way.nights):
                        found.add(way)
        return found

    def _hops(self, departure: Departure) -> list[Hop]:
        stops = [
            (row.place_id, row.arrives, row.departs)
            for row in self.scenario.departure_stops
            if row.departure_id == departure.departure_id
        ]
        served = (
            (departure.from_place, departure.departs, departure.departs),
            *stops,
            (departure.to_place, departure.arrives, departure.arrives),
        )
        pairs = combinations(range(len(served)), 2)
        return [Hop(departure, board, alight, served) for board, alight in pairs]

    def _judge(
        self, hops: tuple[Hop, ...], origin: str, destination: str, factor: int
    ) -> Way | None:
        first, last = hops[0], hops[-1]
        access = self._leave_late(
            origin, first.start, first.departs - self._ahead(first)
        )
        egress = self._leave_now(last.end, destination, last.arrives)
        between = self._between(hops, factor)
        if access is None or egress is None or between is None:
            return None
        moves, nights, events = between
        ends = egress[0][3] if egress else last.arrives
        if egress:
            day = self._day(destination, ends)
            if self._is_border(destination):
                events.append(("crossing", destination, day))
                if not self._in_hours(destination, ends):
                    return None
            events.append(("arrival", destination, day))
            if self._is_closed(destination, ends):
                return None
        if not self._within_limits(hops, ends, nights) or not self._all_open(hops):
            return None
        return Way(
            rides=tuple(hop.name for hop in hops),
            access=access[0] if access else None,
            moves=(*moves, *egress),
            nights=tuple(nights),
            events=tuple(events),
        )

    def _between(
        self, hops: tuple[Hop, ...], factor: int
    ) -> tuple[list[Moved], list[Slept], list[Happened]] | None:
        moves: list[Moved] = []
        nights: list[Slept] = []
        events = [*self._comes_to(None, hops[0]), *self._happens(hops[0])]
        for before, hop in pairwise(hops):
            wait = self._wait(before, hop, factor)
            if wait is None:
                return None
            moves.extend(wait[0])
            nights.extend(wait[1])
            events.extend(("beds", *night) for night in wait[1])
            events.extend(self._comes_to(before, hop))
            events.extend(self._happens(hop))
        return moves, nights, events

    def _within_limits(
        self, hops: tuple[Hop, ...], ends: datetime, nights: list[Slept]
    ) -> bool:
        first, horizon = hops[0], self.scenario.horizon
        limits = self.scenario.limits
        return (
            horizon.first <= self._day(first.start, first.departs) <= horizon.last
            and len({hop.start for hop in hops}) == len(hops)
            and len(nights) <= limits.max_transit_nights
            and ends - first.departs <= timedelta(hours=limits.max_journey_hours)
        )

    def _wait(
        self, before: Hop, hop: Hop, factor: int
    ) -> tuple[tuple[Moved, ...], list[Slept]] | None:
        here, there = before.end, hop.start
        ready = hop.departs - self._ahead(hop) * factor
        early = self._leave_now(here, there, before.arrives)
        if early is None:
            return None
        arrives = early[0][3] if early else before.arrives
        hours = timedelta(hours=self.scenario.limits.max_wait_hours)
        if arrives > ready or hop.departs - arrives > hours:
            return None
        if self._day(here, before.arrives) == self._day(there, hop.departs):
            return early, []
        if self.places[here].night_price_cents is not None:
            late = self._leave_late(here, there, ready)
            assert late is not None
            leaves = late[0][2] if late else hop.departs
            return late, self._nights(here, before.arrives, leaves)
        if self.places[there].night_price_cents is not None:
            return early, self._nights(there, arrives, hop.departs)
        return None

    def _nights(self, place: str, arrives: datetime, leaves: datetime) -> list[Slept]:
        day, found = self._day(place, arrives), []
        while day < self._day(place, leaves):
            found.append((place, day))
            day += timedelta(days=1)
        return found

    def _leave_now(
        self, start: str, end: str, moment: datetime
    ) -> tuple[Moved, ...] | None:
        if start == end:
            return ()
        road = self.roads.find_transfer(start, end)
        if road is None:
            return None
        return ((start, end, moment, moment + timedelta(minutes=road.minutes)),)

    def _leave_late(
        self, start: str, end: str, moment: datetime
    ) -> tuple[Moved, ...] | None:
        if start == end:
            return ()
        road = self.roads.find_transfer(start, end)
        if road is None:
            return None
        return ((start, end, moment - timedelta(minutes=road.minutes), moment),)

    def _ahead(self, hop: Hop) -> timedelta:
        return timedelta(minutes={"flight": 180, "convoy": 60}[hop.departure.kind])

    def _day(self, place: str, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.places[place].timezone)).date()

    def _passes(self, hop: Hop) -> Iterator[tuple[str, datetime]]:
        """Borders after boarding: left when ridden through, come to at the end."""
        for k in range(hop.board + 1, hop.alight + 1):
            place, arrives, departs = hop.served[k]
            if self.places[place].kind is PlaceKind.BORDER:
                yield place, (arrives if k == hop.alight else departs)

    def _happens(self, hop: Hop) -> list[Happened]:
        return [
            ("departure", hop.start, self._day(hop.start, hop.departs)),
            *(
                ("crossing", place, self._day(place, at))
                for place, at in self._passes(hop)
            ),
            ("arrival", hop.end, self._day(hop.end, hop.arrives)),
        ]

    def _is_closed(self, place: str, moment: datetime) -> bool:
        local = moment.astimezone(ZoneInfo(self.places[place].timezone))
        day, at = local.date(), local.time()
        return any(
            row.place_id == place
            and (row.date_from is None or row.date_from <= day)
            and (row.date_to is None or day <= row.date_to)
            and (not row.weekdays or day.isoweekday() in row.weekdays)
            and not _leaves_open(row, at)
            for row in self.scenario.closures
        )

    def _is_border(self, place: str) -> bool:
        return self.places[place].kind is PlaceKind.BORDER

    def _comes_to(self, before: Hop | None, hop: Hop) -> list[Happened]:
        """A border boarded at is crossed by whoever has not alighted there."""
        if not self._is_border(hop.start) or (before and before.end == hop.start):
            return []
        return [("crossing", hop.start, self._day(hop.start, hop.departs))]

    def _in_hours(self, place: str, at: datetime) -> bool:
        row = self.places[place]
        time = at.astimezone(ZoneInfo(row.timezone)).time()
        # A border without hours of its own has 08:00 to 16:00, if no rule says other.
        return (row.opens or EIGHT) <= time <= (row.closes or SIXTEEN)

    def _all_open(self, hops: tuple[Hop, ...]) -> bool:
        for before, hop in zip((None, *hops), hops, strict=False):
            boarding = self._comes_to(before, hop)
            ends = ((hop.start, hop.departs), (hop.end, hop.arrives))
            if any(self._is_closed(*at) for at in (*ends, *self._passes(hop))):
                return False
            if boarding and not self._in_hours(hop.start, hop.departs):
                return False
            if not all(self._in_hours(*passed) for passed in self._passes(hop)):
                return False
        return True


def _leaves_open(row: Closure, at: time) -> bool:
    """Whether a closure has hours, and the time lies in them."""
    has_hours = row.opens is not None or row.closes is not None
    return has_hours and (row.opens or time.min) <= at <= (row.closes or time.max)
