"""Rules ``place_capacity`` and ``beds`` for one family alone, and quota years."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Period, Reason
from movplan.network import Event, Itinerary, Ride
from movplan.screening.bars import Bar
from movplan.screening.result import BoolArray, IntArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table

RULE, BEDS = "place_capacity", "beds"
NEVER = int(np.iinfo(np.int64).max)
Key = tuple[CapacityKind, str]


@dataclass(frozen=True, slots=True)
class Room:
    """Persons each itinerary has room for, beds apart; whether a quota covers it."""

    places: IntArray
    beds: IntArray
    covered: BoolArray


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that apply to a programme, by kind and place; ranges of quota years.

    ``single`` are those that limit each departure by itself.
    """

    ids: tuple[str, ...]
    limits: dict[Key, list[Capacity]]
    single: dict[Key, list[Capacity]]
    quotas: dict[Key, list[Capacity]]


class PlaceLimits:
    """Bars places on the way that take fewer persons than the family has."""

    def __init__(self, shared: Shared) -> None:
        self._capacities = shared.scenario.capacities
        self._events = shared.network.events
        self._network_rides = shared.network.rides
        self._aside = Aside(shared.scenario, RULE)
        self._rows: dict[str, _Rows] = {}
        self._rides: dict[tuple[str, ...], tuple[IntArray, BoolArray]] = {}
        self._room: dict[tuple[int, tuple[str, ...]], Room] = {}

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """Bars of places and beds that are too small, and of dates without a quota."""
        if not self._capacities:
            return
        room = self._find_room(table, family.programme)
        persons = family.persons
        fact = f"a place on the way takes fewer than {persons} persons"
        yield from _bar(room.beds >= persons, fact, table, BEDS)
        if not self._aside.family(family):
            yield from _bar(room.places >= persons, fact, table, RULE)
            fact = f"no quota year of programme {family.programme} covers the date"
            yield from _bar(room.covered, fact, table, RULE)

    def _find_room(self, table: Table, programme: str) -> Room:
        rows = self._of_programme(programme)
        key = (id(table), rows.ids)
        if key not in self._room:
            places, covered = self._by_ride(rows, table)
            extra = _extra(table, rows)
            for number in extra:
                tightest, is_covered = self._room_of(table.itineraries[number], rows)
                places[number], covered[number] = tightest, is_covered
            self._room[key] = Room(places, _beds(table, rows), covered)
        return self._room[key]

    def _by_ride(self, rows: _Rows, table: Table) -> tuple[IntArray, BoolArray]:
        """What the events of the rides leave of each itinerary."""
        if rows.ids not in self._rides:
            found = [_of_events(events, rows) for events in self._events]
            alone = [self._aboard(ride, rows) for ride in self._network_rides]
            left = [min(x, y) for (x, _), y in zip(found, alone, strict=True)]
            places = np.array([*left, NEVER], dtype=np.int64)
            covered = np.array([is_covered for _, is_covered in found] + [True])
            self._rides[rows.ids] = (places, covered)
        places, covered = self._rides[rows.ids]
        rides = table.rides
        return places[rides].min(axis=1), np.all(covered[rides], axis=1)

    def _of_programme(self, programme: str) -> _Rows:
        if programme not in self._rows:
            some = [r for r in self._capacities if r.programme in (None, programme)]
            ids = tuple(row.capacity_id for row in some)
            rows = _Rows(ids, defaultdict(list), defaultdict(list), defaultdict(list))
            for row in some:
                self._add(row, rows)
            self._rows[programme] = rows
        return self._rows[programme]

    def _add(self, row: Capacity, rows: _Rows) -> None:
        """A row set aside is no limit but still covers its dates."""
        key, beds = (row.kind, row.place_id), row.kind is CapacityKind.BEDS
        if beds or not self._aside.row(row.capacity_id, row.place_id):
            single = row.period is Period.DEPARTURE
            (rows.single if single else rows.limits)[key].append(row)
        is_quota = row.period is Period.QUOTA_YEAR and not beds
        if is_quota and not self._aside.row(row.place_id):
            rows.quotas[key].append(row)

    def _room_of(self, itinerary: Itinerary, rows: _Rows) -> tuple[int, bool]:
        """Persons one itinerary has room for, with all its events but beds."""
        events = (e for e in itinerary.events if e.kind is not CapacityKind.BEDS)
        places, covered = _of_events(tuple(events), rows)
        alone = (self._aboard(ride, rows) for ride in itinerary.rides)
        return min(places, *alone), covered

    def _aboard(self, ride: Ride, rows: _Rows) -> int:
        """The least that rows of each departure leave of a ride's."""
        if not rows.single or self._aside.row(ride.departure_id):
            return NEVER
        boards = CapacityKind.DEPARTURE, ride.from_place, ride.on
        alights = CapacityKind.ARRIVAL, ride.to_place, ride.arrives.date()
        return min(
            _tightest(rows.single.get((kind, place), ()), on)
            for kind, place, on in (boards, alights)
        )


def _extra(table: Table, rows: _Rows) -> list[int]:
    """Itineraries with events besides those of their rides, at a place with rows.

    A crossing on boarding at a border, and what ends a journey by transfer.
    """
    destination = table.itineraries[0].destination
    crossed = {place for kind, place in rows.limits if kind is CapacityKind.CROSSING}
    crossed |= {place for kind, place in rows.quotas if kind is CapacityKind.CROSSING}
    arrival = (CapacityKind.ARRIVAL, destination)
    by_transfer = arrival in rows.limits or arrival in rows.quotas
    by_transfer |= destination in crossed
    if not by_transfer and not crossed:
        return []
    return [
        number
        for number, it in enumerate(table.itineraries)
        if (by_transfer and it.rides[-1].to_place != destination)
        or any(ride.from_place in crossed for ride in it.rides)
    ]


def _beds(table: Table, rows: _Rows) -> IntArray:
    """The fewest beds of the nights of each itinerary."""
    beds = np.full(len(table), NEVER, dtype=np.int64)
    if any(kind is CapacityKind.BEDS for kind, _ in rows.limits):
        for number in np.flatnonzero(table.nights).tolist():
            events = table.itineraries[number].events
            nights = (e for e in events if e.kind is CapacityKind.BEDS)
            beds[number] = min(_left(night, rows) for night in nights)
    return beds


def _of_events(events: tuple[Event, ...], rows: _Rows) -> tuple[int, bool]:
    places = min((_left(event, rows) for event in events), default=NEVER)
    return places, all(_is_covered(event, rows) for event in events)


def _is_covered(event: Event, rows: _Rows) -> bool:
    quotas = rows.quotas.get((event.kind, event.place_id))
    return not quotas or any(_holds(row, event.on) for row in quotas)


def _left(event: Event, rows: _Rows) -> int:
    """The least that rows of days, weeks and quota years leave."""
    return _tightest(rows.limits.get((event.kind, event.place_id), ()), event.on)


def _tightest(rows: Iterable[Capacity], on: date) -> int:
    limits = (
        row.limit - (row.used_to_date if row.period is Period.QUOTA_YEAR else 0)
        for row in rows
        if _holds(row, on)
    )
    return min(limits, default=NEVER)


def _holds(row: Capacity, on: date) -> bool:
    return (row.date_from or date.min) <= on <= (row.date_to or date.max)


def _bar(passes: BoolArray, fact: str, table: Table, rule: str) -> Iterator[Bar]:
    if not passes.all():
        yield Bar(Reason.PLACE_FULL, fact, passes, table.first_on, rule=rule)
