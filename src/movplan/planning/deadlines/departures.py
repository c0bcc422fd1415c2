"""Options, names, tickets, manifests and free cancellation of departures that run."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from movplan.domain.plan import Deadline
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.values import Values
from movplan.domain.words import AssignmentState, DepartureStatus, SubjectKind
from movplan.planning.deadlines.booking import lock_hours
from movplan.planning.deadlines.trips import Trip, Trips

_LEFT = frozenset({AssignmentState.DEPARTED, AssignmentState.ARRIVED})


def departure_deadlines(
    scenario: Scenario, reader: Trips, trips: Sequence[Trip]
) -> Iterator[Deadline]:
    """Those still ahead; firm departures run even when nobody rides them.

    A departure that somebody has left on has left.
    """
    left = {row.departure_id for row in scenario.assignments if row.state in _LEFT}
    values, today = Values(scenario), scenario.as_of.date()
    ridden = {ride.departure.departure_id for trip in trips for ride in trip.rides}
    for departure in scenario.departures:
        rides = departure.departure_id in ridden
        if departure.departure_id in left:
            continue
        if not rides and not departure.is_firm:
            continue
        leaves = reader.local(departure.from_place, departure.departs)
        lock = timedelta(hours=lock_hours(values, departure))
        dates = [(departure.free_cancel_until, "cancel free of charge")]
        if rides:
            dates += _of_riders(departure)
            dates.append(((leaves - lock).date(), "manifest closes"))
        for on, what in dates:
            if on is not None and on >= today:
                yield _deadline(departure, leaves.date(), on, what)


def _of_riders(departure: Departure) -> Iterator[tuple[date | None, str]]:
    if departure.status is DepartureStatus.OPTION:
        yield departure.option_until, "confirm option"
    yield departure.names_due, "send names"
    if departure.status is not DepartureStatus.TICKETED:
        yield departure.ticket_by, "issue tickets"


def _deadline(departure: Departure, leaves: date, on: date, what: str) -> Deadline:
    return Deadline(
        on=on,
        what=what,
        subject_kind=SubjectKind.DEPARTURE,
        subject_id=departure.departure_id,
        detail=f"departs {leaves}",
    )
