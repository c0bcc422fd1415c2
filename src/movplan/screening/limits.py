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
from movplan.network import Event, Itinerary
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
    """Rows that apply to a programme, by kind and place; ranges of quota years."""

    limits: dict[Key, list[Capacity]]
    quotas: dict[Key, list[Capacity]]


class PlaceLimits:
    """Bars places on the way that take fewer persons than the family has."""

    def __init__(self, shared: Shared) -> None:
        self._capacities = shared.scenario.capacities
        self._aside = Aside(shared.scenario, RULE)
        self._rows: dict[str, _Rows] = {}
        self._room: dict[tuple[int, str], Room] = {}

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
        key = (id(table), programme)
        if key not in self._room:
            rows = self._of_programme(programme)
            places, beds, covered = zip(
                *(_room(it, rows) for it in table.itineraries), strict=True
            )
            self._room[key] = Room(
                np.array(places, dtype=np.int64),
                np.array(beds, dtype=np.int64),
                np.array(covered, dtype=np.bool_),
            )
        return self._room[key]

    def _of_programme(self, programme: str) -> _Rows:
        if programme not in self._rows:
            rows = _Rows(defaultdict(list), defaultdict(list))
            for row in self._capacities:
                if row.programme in (None, programme):
                    self._add(row, rows)
            self._rows[programme] = _Rows(dict(rows.limits), dict(rows.quotas))
        return self._rows[programme]

    def _add(self, row: Capacity, rows: _Rows) -> None:
        """A row set aside is no limit but still covers its dates."""
        key, beds = (row.kind, row.place_id), row.kind is CapacityKind.BEDS
        if beds or not self._aside.row(row.capacity_id, row.place_id):
            rows.limits[key].append(row)
        is_quota = row.period is Period.QUOTA_YEAR and not beds
        if is_quota and not self._aside.row(row.place_id):
            rows.quotas[key].append(row)


def _room(itinerary: Itinerary, rows: _Rows) -> tuple[int, int, bool]:
    places, beds, covered = NEVER, NEVER, True
    egress = itinerary.rides[-1].to_place != itinerary.destination
    last = itinerary.events[-1] if egress and itinerary.events else None
    for event in itinerary.events:
        key = (event.kind, event.place_id)
        tightest = _tightest(event, rows.limits.get(key, ()), by_ride=event is not last)
        if event.kind is CapacityKind.BEDS:
            beds = min(beds, tightest)
        else:
            places = min(places, tightest)
        quotas = rows.quotas.get(key)
        if quotas and not any(_holds(row, event.on) for row in quotas):
            covered = False
    return places, beds, covered


def _tightest(event: Event, rows: Iterable[Capacity], *, by_ride: bool) -> int:
    """The least that is left; a row per departure does not count ends by transfer."""
    limits = (
        row.limit - (row.used_to_date if row.period is Period.QUOTA_YEAR else 0)
        for row in rows
        if _holds(row, event.on) and (by_ride or row.period is not Period.DEPARTURE)
    )
    return min(limits, default=NEVER)


def _holds(row: Capacity, on: date) -> bool:
    return (row.date_from or date.min) <= on <= (row.date_to or date.max)


def _bar(passes: BoolArray, fact: str, table: Table, rule: str) -> Iterator[Bar]:
    if not passes.all():
        yield Bar(Reason.PLACE_FULL, fact, passes, table.first_on, rule=rule)
