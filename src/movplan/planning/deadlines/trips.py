"""A family's part as its rows in the schedule say: rides, dates, places passed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from movplan.domain.people import Family
from movplan.domain.plan import Deadline, Leg
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, DepartureStop, Place
from movplan.domain.words import DepartureKind, LegKind, Part, PlaceKind, SubjectKind

JOURNEY = (LegKind.RIDE, LegKind.TRANSFER)


@dataclass(frozen=True, slots=True)
class TripRide:
    """A ride with local dates; ``passed``: places ridden through, dates of leaving."""

    departure: Departure
    from_place: str
    to_place: str
    departs: datetime
    boards_on: date
    alights_on: date
    passed: tuple[tuple[str, date], ...]

    @property
    def is_flight(self) -> bool:
        """Whether it is in the air."""
        return self.departure.kind is DepartureKind.FLIGHT


@dataclass(frozen=True, slots=True)
class Trip:
    """A part of a family's trip; ``ends_on`` is its final arrival's local date."""

    family: Family
    part: Part
    rides: tuple[TripRide, ...]
    ends_at: str
    ends_on: date
    by_transfer: bool

    @property
    def key(self) -> tuple[str, Part]:
        """The family and which part it is."""
        return self.family.family_id, self.part

    @property
    def starts_on(self) -> date:
        """The first date: when the first ride boards."""
        return self.rides[0].boards_on

    @property
    def flights(self) -> tuple[TripRide, ...]:
        """Its rides in the air."""
        return tuple(ride for ride in self.rides if ride.is_flight)

    def deadline(self, on: date, *, what: str, detail: str) -> Deadline:
        """What has to be done for the family by a date."""
        return Deadline(
            on=on,
            what=what,
            subject_kind=SubjectKind.FAMILY,
            subject_id=self.family.family_id,
            detail=detail,
        )


class Trips:
    """Reads trips off a schedule."""

    def __init__(self, scenario: Scenario) -> None:
        self.places: dict[str, Place] = {p.place_id: p for p in scenario.places}
        self._families = {family.family_id: family for family in scenario.families}
        self._departures = {row.departure_id: row for row in scenario.departures}
        self._stops: dict[str, list[DepartureStop]] = defaultdict(list)
        for stop in sorted(scenario.departure_stops, key=lambda row: row.sequence):
            self._stops[stop.departure_id].append(stop)

    def local(self, place_id: str, at: datetime) -> datetime:
        """A moment on the clock of a place."""
        return at.astimezone(ZoneInfo(self.places[place_id].timezone))

    def read(self, schedule: Sequence[Leg]) -> tuple[Trip, ...]:
        """All parts with a ride, by family and part."""
        rows: dict[tuple[str, Part], list[Leg]] = defaultdict(list)
        for leg in schedule:
            if leg.kind in JOURNEY and leg.session_id is None:
                rows[leg.family_id, leg.part].append(leg)
        found = (self._trip(*key, legs) for key, legs in sorted(rows.items()))
        return tuple(trip for trip in found if trip.rides)

    def is_border(self, place_id: str) -> bool:
        """Whether a place is a border crossing."""
        return self.places[place_id].kind is PlaceKind.BORDER

    def crossings(self, trip: Trip) -> Iterator[tuple[str, date]]:
        """Borders crossed with the date, each visit once.

        Riding through: on leaving. Alighting: on arriving there. Boarding without
        having alighted there before: on departing. Ending there by transfer: on
        arriving.
        """
        last = ""
        for ride in trip.rides:
            if ride.from_place != last:
                yield from self._border(ride.from_place, ride.boards_on)
            for place_id, on in (*ride.passed, (ride.to_place, ride.alights_on)):
                yield from self._border(place_id, on)
            last = ride.to_place
        if trip.by_transfer:
            yield from self._border(trip.ends_at, trip.ends_on)

    def _border(self, place_id: str, on: date) -> Iterator[tuple[str, date]]:
        if self.is_border(place_id):
            yield place_id, on

    def _trip(self, family_id: str, part: Part, legs: list[Leg]) -> Trip:
        legs.sort(key=lambda leg: leg.sequence)
        last = legs[-1]
        return Trip(
            family=self._families[family_id],
            part=part,
            rides=tuple(self._ride(leg) for leg in legs if leg.kind is LegKind.RIDE),
            ends_at=last.to_place,
            ends_on=self.local(last.to_place, last.arrives).date(),
            by_transfer=last.kind is LegKind.TRANSFER,
        )

    def _ride(self, leg: Leg) -> TripRide:
        departure = self._departures[leg.departure_id or ""]
        departs = self.local(leg.from_place, leg.departs)
        return TripRide(
            departure=departure,
            from_place=leg.from_place,
            to_place=leg.to_place,
            departs=departs,
            boards_on=departs.date(),
            alights_on=self.local(leg.to_place, leg.arrives).date(),
            passed=tuple(
                (stop.place_id, self.local(stop.place_id, stop.departs).date())
                for stop in self._stops[departure.departure_id]
                if leg.departs < stop.arrives < leg.arrives
                and stop.place_id not in (leg.from_place, leg.to_place)
            ),
        )
