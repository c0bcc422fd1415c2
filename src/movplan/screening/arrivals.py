"""Rules ``arrival_notice`` and ``late_arrival``: what the receiving side asks for."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import numpy as np

from movplan.domain.aside import Aside
from movplan.domain.calendar import WorkingDays
from movplan.domain.people import Family
from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Part, Reason
from movplan.screening.bars import Bar, Side
from movplan.screening.result import BoolArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table

NOTICE, LATE = "arrival_notice", "late_arrival"
NOTICE_DAYS = "arrival_notice_working_days"
HOURS_OF_A_DAY = 24


class ArrivalNotice:
    """Bars arrivals sooner than notice of them can be given.

    An arrival that a row with notice counts, and the outbound's final arrival where the
    family's value asks for notice, is on or after the n-th working day after ``as_of``
    at the place, unless the family is on the manifest of the ride it comes by.
    """

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._days = WorkingDays(shared.scenario)
        self._today = shared.scenario.as_of.date()
        rows = [
            row
            for row in shared.scenario.capacities
            if row.kind is CapacityKind.ARRIVAL and row.notice_working_days > 0
        ]
        self._rows: dict[str, list[tuple[Capacity, date]]] = defaultdict(list)
        for row in rows:
            first = self._nth(row.place_id, row.notice_working_days)
            self._rows[row.place_id].append((row, first))
        self._in_time: dict[str, BoolArray] = {}
        self._by_table: dict[tuple[int, str], BoolArray] = {}

    def _nth(self, place_id: str, days: int) -> date:
        return self._days.nth_after(place_id, days, self._today)

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """Bars if some arrival of some itinerary is too soon."""
        if self._rows:
            yield from self._of_rows(family, table)
        days = self._shared.files.values.family(NOTICE_DAYS, family)
        if days and table.part is Part.OUTBOUND:
            yield from self._of_destination(family, table, days)

    def _of_destination(self, family: Family, table: Table, days: int) -> Iterator[Bar]:
        """The final arrival, by the days that programme and destination ask for."""
        first = self._nth(family.destination, days)
        passes: BoolArray = table.ends_on >= first.toordinal()
        listed = self._shared.on_manifest(family)
        if listed is not None:
            passes = passes | listed[table.last_ride]
        if not passes.all():
            fact = _wanted(family.destination, days, first)
            yield _too_soon(table, passes, fact)

    def _of_rows(self, family: Family, table: Table) -> Iterator[Bar]:
        programme = family.programme
        by_ride = self._shared.but_listed(self._of_rides(programme), family)
        passes = table.whole(by_ride)
        if family.destination in self._rows or table.part is Part.RETURN:
            passes &= self._by_transfer(family, table)
        if not passes.all():
            yield _too_soon(table, passes, self._fact(programme, table, passes))

    def _fact(self, programme: str, table: Table, passes: BoolArray) -> str:
        barred = table.itineraries[int(np.flatnonzero(~passes)[-1])]
        places = [*(ride.to_place for ride in barred.rides), barred.destination]
        firsts = [
            (first, row)
            for place in places
            for row, first in self._rows.get(place, ())
            if row.programme in (None, programme)
        ]
        first, row = max(firsts, key=lambda found: found[0])
        return _wanted(row.place_id, row.notice_working_days, first)

    def _of_rides(self, programme: str) -> BoolArray:
        """Rides that arrive in time for notice."""
        if programme not in self._in_time:
            rides = self._shared.network.rides
            self._in_time[programme] = np.array(
                [
                    self._is_in_time(programme, ride.to_place, ride.arrives.date())
                    for ride in rides
                ],
                dtype=np.bool_,
            )
        return self._in_time[programme]

    def _by_transfer(self, family: Family, table: Table) -> BoolArray:
        """Journeys that end by transfer: as the last ride's manifest says."""
        key = (id(table), family.programme)
        if key not in self._by_table:
            self._by_table[key] = self._ends_in_time(family.programme, table)
        passes = self._by_table[key]
        listed = self._shared.on_manifest(family)
        return passes if listed is None else passes | listed[table.last_ride]

    def _ends_in_time(self, programme: str, table: Table) -> BoolArray:
        in_time = [
            it.rides[-1].to_place == it.destination
            or self._is_in_time(programme, it.destination, date.fromordinal(int(on)))
            for it, on in zip(table.itineraries, table.ends_on, strict=True)
        ]
        return np.array(in_time, dtype=np.bool_)

    def _is_in_time(self, programme: str, place_id: str, on: date) -> bool:
        return all(
            on >= first
            for row, first in self._rows.get(place_id, ())
            if row.programme in (None, programme)
            and (row.date_from or date.min) <= on <= (row.date_to or date.max)
        )


def _wanted(place_id: str, days: int, first: date) -> str:
    return (
        f"{place_id} wants {days} working days' notice of arrivals, so they are"
        f" possible from {first}"
    )


def _too_soon(table: Table, passes: BoolArray, fact: str) -> Bar:
    return Bar(
        reason=Reason.NOTICE_TOO_SHORT,
        fact=fact,
        passes=passes,
        dates=table.ends_on,
        noun="arrival",
        nearest=Side.LAST,
        rule=NOTICE,
    )


class LateArrival:
    """Bars outbound journeys that end after the hour the destination takes people.

    The small hours belong to the evening before: they are later than any hour.
    """

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._aside = Aside(shared.scenario, LATE)

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """A bar if there is an hour, and nobody has set it aside."""
        values = self._shared.files.values
        hour = values.family("latest_arrival_hour", family)
        if hour >= HOURS_OF_A_DAY or table.part is Part.RETURN:
            return
        if self._aside.family(family) or self._aside.row(family.destination):
            return
        first = values.family("earliest_arrival_hour", family)
        passes = (table.ends_s >= first * 3600) & (table.ends_s <= hour * 3600)
        if not passes.all():
            yield Bar(
                reason=Reason.LATE_ARRIVAL,
                fact=(
                    f"{family.destination} takes arrivals from {first:02}:00 to"
                    f" {hour:02}:00"
                ),
                passes=passes,
                dates=table.ends_on,
                noun="arrival",
                rule=LATE,
                change=lambda i: _taken(int(table.ends_s[i]), first, hour),
            )


def _taken(seconds: int, first: int, last: int) -> str:
    """The hours that would take an arrival at a time of day, or who sets them aside."""
    first, last = min(first, seconds // 3600), max(last, -(-seconds // 3600))
    return f"arrivals taken {first:02}:00 to {last:02}:00 or an override of {LATE}"
