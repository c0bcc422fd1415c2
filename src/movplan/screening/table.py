"""Itineraries of one class as arrays, so that rules are masks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from movplan.domain.words import CapacityKind, Moment, Part
from movplan.network import Itinerary, Network
from movplan.screening.result import BoolArray, IntArray


@dataclass(frozen=True, slots=True)
class Dates:
    """First and last date (ordinals) something is needed; ``some``: needed at all.

    ``earliest`` and ``latest`` are the outermost of all itineraries that need it.
    """

    some: BoolArray
    first: IntArray
    last: IntArray
    earliest: int
    latest: int


def _dates(some: BoolArray, first: IntArray, last: IntArray) -> Dates:
    earliest = int(first[some].min(initial=date.max.toordinal()))
    latest = int(last[some].max(initial=date.min.toordinal()))
    return Dates(some, first, last, earliest, latest)


class Table:
    """The itineraries of one (start, end, part, wheelchair), n of them.

    ``rides``: [n, most rides], index into ``Network.rides``, -1 where there is none.
    Dates are ordinals (``date.toordinal``) local at their place.
    """

    def __init__(self, network: Network, itineraries: tuple[Itinerary, ...]) -> None:
        self.itineraries = itineraries
        self._network = network
        self.rides = _ride_matrix(network, itineraries)
        self._absent = self.rides < 0
        self.first_on = _ordinals([it.first_date for it in itineraries])
        self.ends_on = _ordinals([it.ends.date() for it in itineraries])
        self.nights = np.array([len(it.nights) for it in itineraries], dtype=np.int64)
        self._needed: dict[tuple[Moment, str | None], Dates] = {}

    @cached_property
    def last_ride(self) -> IntArray:
        """The last ride of each itinerary."""
        count = (self.rides >= 0).sum(axis=1)
        last: IntArray = self.rides[np.arange(len(self)), count - 1]
        return last

    @cached_property
    def ends_s(self) -> IntArray:
        """Local time of day of the final arrival, in seconds since midnight."""
        ends = [it.ends for it in self.itineraries]
        return np.array(
            [(end.hour * 60 + end.minute) * 60 + end.second for end in ends],
            dtype=np.int64,
        )

    @cached_property
    def earliest(self) -> dict[str, int]:
        """First of the departures and of the arrivals (dates)."""
        return {
            "departure": int(self.first_on.min()),
            "arrival": int(self.ends_on.min()),
        }

    @cached_property
    def latest(self) -> dict[str, int]:
        """Last of the departures and of the arrivals (dates)."""
        return {
            "departure": int(self.first_on.max()),
            "arrival": int(self.ends_on.max()),
        }

    @property
    def part(self) -> Part:
        """Outbound or return: that of all its itineraries, of which there are some."""
        return self.itineraries[0].part

    def __len__(self) -> int:
        return len(self.itineraries)

    def only(self, kept: BoolArray) -> "Table":
        """The table of some of its itineraries."""
        rows = np.flatnonzero(kept)
        return Table(self._network, tuple(self.itineraries[i] for i in rows))

    def whole(self, ride_passes: BoolArray) -> BoolArray:
        """Itineraries all of whose rides pass; ``ride_passes``: [network rides]."""
        passes: BoolArray = np.all(ride_passes[self.rides] | self._absent, axis=1)
        return passes

    @cached_property
    def departures(self) -> tuple[frozenset[str], ...]:
        """The departures of each itinerary."""
        return tuple(
            frozenset(ride.departure_id for ride in it.rides) for it in self.itineraries
        )

    def needed(self, moment: Moment, country: str | None) -> Dates:
        """When a document of that moment (and country) must be valid."""
        key = (moment, country)
        if key not in self._needed:
            self._needed[key] = self._find_needed(moment, country)
        return self._needed[key]

    def _find_needed(self, moment: Moment, country: str | None) -> Dates:
        always = np.ones(len(self), dtype=np.bool_)
        if moment is Moment.DEPARTURE:
            return _dates(always, self.first_on, self.first_on)
        if moment is Moment.ARRIVAL:
            enters = always if self.part is Part.OUTBOUND else ~always
            return _dates(enters, self.ends_on, self.ends_on)
        if moment is Moment.JOURNEY:
            return _dates(always, self.first_on, self.ends_on)
        find = _crossing_dates if moment is Moment.BORDER else _transit_dates
        dates = [list(find(self._network, it, country)) for it in self.itineraries]
        return _dates(
            np.array([bool(found) for found in dates], dtype=np.bool_),
            _ordinals([min(found, default=date.min) for found in dates]),
            _ordinals([max(found, default=date.min) for found in dates]),
        )


def _ride_matrix(network: Network, itineraries: tuple[Itinerary, ...]) -> IntArray:
    width = max((len(it.rides) for it in itineraries), default=1)
    matrix = np.full((len(itineraries), width), -1, dtype=np.int64)
    for row, itinerary in enumerate(itineraries):
        for column, ride in enumerate(itinerary.rides):
            matrix[row, column] = network.index[id(ride)]
    return matrix


def _ordinals(dates: list[date]) -> IntArray:
    return np.array([day.toordinal() for day in dates], dtype=np.int64)


def _crossing_dates(
    network: Network, itinerary: Itinerary, country: str | None
) -> Iterator[date]:
    places = network.connections.places
    for event in itinerary.events:
        in_country = country is None or places[event.place_id].country == country
        if event.kind is CapacityKind.CROSSING and in_country:
            yield event.on


def _transit_dates(
    network: Network, itinerary: Itinerary, country: str | None
) -> Iterator[date]:
    """Arriving at and leaving each alighting place that is not the destination."""
    places = network.connections.places
    leaving = [*(ride.departs for ride in itinerary.rides[1:]), itinerary.ends]
    for ride, departs in zip(itinerary.rides, leaving, strict=True):
        place = ride.to_place
        if place == itinerary.destination:
            continue
        if country is not None and places[place].country != country:
            continue
        moves = [
            move.departs
            for move in itinerary.moves
            if move.from_place == place and ride.arrives <= move.departs <= departs
        ]
        yield ride.arrives.date()
        yield network.clock.date(place, moves[0] if moves else departs)
