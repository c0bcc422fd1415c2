"""Rows of places: what capacities count on which dates."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from movplan.domain.aside import Aside
from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, DepartureKind, Period
from movplan.formulation.context import Context
from movplan.formulation.pairs import RawPairs
from movplan.formulation.ragged import pointers, under
from movplan.formulation.rowbook import RowName
from movplan.network.itinerary import Itinerary

Counted = list[tuple[int, str | None]]
# Kinds that another rule than ``place_capacity`` looks at.
OTHER_RULES = {
    CapacityKind.BEDS: "beds",
    CapacityKind.APPOINTMENT: "session_places",
}
PERSONS_ABOARD = "persons aboard"
AtPlace = dict[tuple[CapacityKind, str], list[Capacity]]


class PlaceRows:
    """Finds the rows an event counts in, creating each on first use.

    Capacities that are set aside have no rows.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._dated: AtPlace = defaultdict(list)
        self._per_departure: AtPlace = defaultdict(list)
        aside = Aside(context.scenario, "place_capacity")
        self._aside = aside
        self._flights = _limited_flights(context, aside)
        for row in sorted(context.scenario.capacities, key=lambda c: c.capacity_id):
            is_other = row.kind in OTHER_RULES
            if not is_other and aside.row(row.capacity_id, row.place_id):
                continue
            single = row.period is Period.DEPARTURE
            index = self._per_departure if single else self._dated
            index[row.kind, row.place_id].append(row)
        self._found: dict[tuple[CapacityKind, str, date], Counted] = {}

    def rows(self, kind: CapacityKind, place_id: str, on: date) -> Counted:
        """Rows with the programme each is limited to (``None``: everybody counts)."""
        key = (kind, place_id, on)
        if key not in self._found:
            self._found[key] = [
                (self._row(capacity, _period(capacity, on)), capacity.programme)
                for capacity in self._dated.get((kind, place_id), ())
                if _covers(capacity, on)
            ]
        return self._found[key]

    def of_rides(self, it: Itinerary) -> Iterator[tuple[int, str | None]]:
        """Rows that count persons per departure, of every ride."""
        for ride in it.rides:
            if ride.departure_id in self._flights:
                most = self._flights[ride.departure_id]
                name = RowName("place_capacity", ride.departure_id, PERSONS_ABOARD)
                yield self._context.rows.row(name, rhs=most), None
            if not self._per_departure or self._aside.row(ride.departure_id):
                continue
            for kind, place_id, on in (
                (CapacityKind.DEPARTURE, ride.from_place, ride.on),
                (CapacityKind.ARRIVAL, ride.to_place, ride.arrives.date()),
            ):
                for capacity in self._per_departure.get((kind, place_id), ()):
                    if _covers(capacity, on):
                        row = self._row(capacity, ride.departure_id)
                        yield row, capacity.programme

    def _row(self, capacity: Capacity, period: str) -> int:
        rule = OTHER_RULES.get(capacity.kind, "place_capacity")
        rhs = capacity.limit
        if capacity.period is Period.QUOTA_YEAR:
            rhs -= capacity.used_to_date
        name = RowName(rule, capacity.capacity_id, period)
        return self._context.rows.row(name, rhs=rhs)


def _limited_flights(context: Context, aside: Aside) -> dict[str, int]:
    """Most persons by flight, of those that have a limit for all our people."""
    limits = {
        flight.departure_id: context.values.departure("flight_max_persons", flight)
        for flight in context.scenario.departures
        if flight.kind is DepartureKind.FLIGHT
        and not aside.row(flight.to_place, flight.departure_id)
    }
    return {name: most for name, most in limits.items() if most}


def _covers(capacity: Capacity, on: date) -> bool:
    starts, ends = capacity.date_from or date.min, capacity.date_to or date.max
    return starts <= on <= ends


def _period(capacity: Capacity, on: date) -> str:
    """The period a date falls in: the day, the Monday of its week, or the whole row."""
    if capacity.period is Period.DAY:
        return on.isoformat()
    if capacity.period is Period.WEEK:
        return (on - timedelta(days=on.weekday())).isoformat()
    return "quota_year"


def add_places(context: Context, pairs: RawPairs, places: PlaceRows) -> None:
    """Count every journey's events in the capacities of their places.

    Families set aside for ``place_capacity`` count in beds alone.
    """
    programmes: dict[str | None, int] = {None: -1}
    data, counts = [], []
    for it in context.screening.itineraries:
        found = [
            (row, programme, event.kind is CapacityKind.BEDS)
            for event in it.events
            for row, programme in places.rows(event.kind, event.place_id, event.on)
        ]
        found += [(row, programme, False) for row, programme in places.of_rides(it)]
        counts.append(len(found))
        data += [
            (row, programmes.setdefault(programme, len(programmes)), is_beds)
            for row, programme, is_beds in found
        ]
    table = np.array(data, np.int64).reshape(-1, 3)
    ptr = pointers(np.array(counts, np.int64))
    pair, entry = under(ptr, pairs.itinerary)
    families = [context.families[part.family_id] for part in context.parts]
    own = np.array([programmes.get(f.programme, -2) for f in families], np.int64)
    persons = np.array([family.persons for family in families], np.int64)
    out = np.array([f.family_id in context.uncounted for f in families], np.bool_)
    unit = pairs.unit[pair]
    counted = (table[entry, 1] == -1) | (table[entry, 1] == own[unit])
    counted &= ~out[unit] | (table[entry, 2] == 1)
    context.resources.add(
        pair[counted], table[entry, 0][counted], persons[unit[counted]]
    )
