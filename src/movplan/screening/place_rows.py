"""Capacities that count a programme's families: what each leaves, and in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Period
from movplan.network import Event, Itinerary, Ride

NEVER = int(np.iinfo(np.int64).max)
Key = tuple[CapacityKind, str]
PERIODS = {
    Period.DAY: "a day",
    Period.WEEK: "a week",
    Period.QUOTA_YEAR: "in the quota year",
    Period.DEPARTURE: "a departure",
}


@dataclass(frozen=True, slots=True)
class PlaceRows:
    """Rows that apply to a programme, by kind and place; ranges of quota years.

    ``single`` are those that limit each departure by itself.
    """

    ids: tuple[str, ...]
    limits: dict[Key, list[Capacity]]
    single: dict[Key, list[Capacity]]
    quotas: dict[Key, list[Capacity]]

    def of_event(self, event: Event) -> Iterator[Capacity]:
        """Rows of days, weeks and quota years that count an event."""
        for row in self.limits.get((event.kind, event.place_id), ()):
            if _holds(row, event.on):
                yield row

    def of_ride(self, ride: Ride) -> Iterator[Capacity]:
        """Rows that count the persons of a ride's departure alone."""
        boards = CapacityKind.DEPARTURE, ride.from_place, ride.on
        alights = CapacityKind.ARRIVAL, ride.to_place, ride.arrives.date()
        for kind, place_id, on in (boards, alights):
            for row in self.single.get((kind, place_id), ()):
                if _holds(row, on):
                    yield row

    def cover(self, event: Event) -> bool:
        """Whether some quota year covers the event's date, if there are any."""
        quotas = self.quotas.get((event.kind, event.place_id))
        return not quotas or any(_holds(row, event.on) for row in quotas)


def left(row: Capacity) -> int:
    """Persons a row leaves to the plan."""
    used = row.used_to_date if row.period is Period.QUOTA_YEAR else 0
    return row.limit - used


def least(rows: Iterable[Capacity]) -> int:
    """The least that rows leave."""
    return min(map(left, rows), default=NEVER)


def but_beds(itinerary: Itinerary) -> Iterator[Event]:
    """Events that ``place_capacity`` looks at."""
    return (e for e in itinerary.events if e.kind is not CapacityKind.BEDS)


def beds(itinerary: Itinerary) -> Iterator[Event]:
    """Nights on the way."""
    return (e for e in itinerary.events if e.kind is CapacityKind.BEDS)


def full(row: Capacity, persons: int) -> str:
    """That a row has no room for so many persons."""
    where = "beds" if row.kind is CapacityKind.BEDS else f"persons ({row.kind.value})"
    return (
        f"{row.place_id} has room for {max(0, left(row))} {where}"
        f" {PERIODS[row.period]}, the family takes {persons}"
    )


def wanted(row: Capacity, persons: int) -> str:
    """What would do, to be read after "possible with "."""
    return f"room for {persons - left(row)} more at {row.place_id}"


def _holds(row: Capacity, on: date) -> bool:
    return (row.date_from or date.min) <= on <= (row.date_to or date.max)
