"""Rows of places: what capacities count on which dates."""

from collections import defaultdict
from datetime import date, timedelta

import numpy as np

from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Period
from movplan.formulation.context import Context
from movplan.formulation.journeys import RawPairs
from movplan.formulation.ragged import expand, pointers
from movplan.formulation.rowbook import RowName

Counted = list[tuple[int, str | None]]


class PlaceRows:
    """Finds the rows an event counts in, creating each on first use."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._capacities: dict[tuple[CapacityKind, str], list[Capacity]] = defaultdict(
            list
        )
        for row in sorted(context.scenario.capacities, key=lambda c: c.capacity_id):
            self._capacities[row.kind, row.place_id].append(row)
        self._found: dict[tuple[CapacityKind, str, date], Counted] = {}

    def rows(self, kind: CapacityKind, place_id: str, on: date) -> Counted:
        """Rows with the programme each is limited to (``None``: everybody counts)."""
        key = (kind, place_id, on)
        if key not in self._found:
            self._found[key] = [
                (self._row(capacity, on), capacity.programme)
                for capacity in self._capacities.get((kind, place_id), ())
                if _covers(capacity, on)
            ]
        return self._found[key]

    def _row(self, capacity: Capacity, on: date) -> int:
        rule = "beds" if capacity.kind is CapacityKind.BEDS else "place_capacity"
        rhs = capacity.limit
        if capacity.period is Period.QUOTA_YEAR:
            rhs -= capacity.used_to_date
        name = RowName(rule, capacity.capacity_id, _period(capacity, on))
        return self._context.rows.row(name, rhs=rhs)


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
    """Count every journey's events in the capacities of their places."""
    programmes: dict[str | None, int] = {None: -1}
    data, counts = [], []
    for it in context.screening.itineraries:
        found = [
            (row, programmes.setdefault(programme, len(programmes)))
            for event in it.events
            for row, programme in places.rows(event.kind, event.place_id, event.on)
        ]
        counts.append(len(found))
        data.extend(found)
    table = np.array(data, np.int64).reshape(-1, 2)
    ptr = pointers(np.array(counts, np.int64))
    pair, entry = expand(ptr[pairs.itinerary], np.diff(ptr)[pairs.itinerary])
    families = [context.families[part.family_id] for part in context.parts]
    own = np.array([programmes.get(f.programme, -2) for f in families], np.int64)
    persons = np.array([family.persons for family in families], np.int64)
    unit = pairs.unit[pair]
    counted = (table[entry, 1] == -1) | (table[entry, 1] == own[unit])
    context.resources.add(
        pair[counted], table[entry, 0][counted], persons[unit[counted]]
    )
