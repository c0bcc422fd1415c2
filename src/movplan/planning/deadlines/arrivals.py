"""Notice of arrivals to the receiving side."""

from collections.abc import Iterator, Sequence
from datetime import date

from movplan.domain.calendar import WorkingDays
from movplan.domain.manifest import Manifests
from movplan.domain.plan import Deadline
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.values import Values
from movplan.domain.words import CapacityKind, Part
from movplan.planning.deadlines.trips import Trip, TripRide

Arrival = tuple[str, date, TripRide]


def arrival_notices(scenario: Scenario, trips: Sequence[Trip]) -> Iterator[Deadline]:
    """Send notice by the last date that leaves the working days asked for."""
    calendar, manifests = WorkingDays(scenario), Manifests(scenario)
    values = Values(scenario)
    rows = [
        row
        for row in scenario.capacities
        if row.kind is CapacityKind.ARRIVAL and row.notice_working_days
    ]
    for trip in trips:
        for place_id, on, ride in _arrivals(trip):
            if manifests.lists(ride.departure.departure_id, trip.family.family_id):
                continue
            counting = [row for row in rows if _counts(row, place_id, on, trip)]
            days = max((row.notice_working_days for row in counting), default=0)
            if place_id == trip.family.destination and trip.part is Part.OUTBOUND:
                of_family = values.family("arrival_notice_working_days", trip.family)
                days = max(days, of_family)
            if days:
                yield trip.deadline(
                    calendar.last_notice(place_id, days, on),
                    what="send notice of arrival",
                    detail=f"{place_id} on {on}, {days} working days before",
                )


def _arrivals(trip: Trip) -> Iterator[Arrival]:
    """Alighting places, and the end of a trip that ends by transfer."""
    for ride in trip.rides:
        yield ride.to_place, ride.alights_on, ride
    if trip.by_transfer:
        yield trip.ends_at, trip.ends_on, trip.rides[-1]


def _counts(row: Capacity, place_id: str, on: date, trip: Trip) -> bool:
    return (
        row.place_id == place_id
        and row.programme in (None, trip.family.programme)
        and (row.date_from or date.min) <= on <= (row.date_to or date.max)
    )
