"""Until when the transport of a trip is booked, and by when it has to be firm."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from movplan.domain.manifest import Manifests
from movplan.domain.plan import Deadline
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.values import Values
from movplan.domain.windows import Files
from movplan.domain.words import DepartureStatus, SubjectKind
from movplan.planning.deadlines.trips import Trip, Trips


@dataclass(frozen=True, slots=True)
class Booking:
    """``by``: last date to be put on its manifests, ``to_firm``: from then to firm."""

    by: date
    is_firm: bool
    to_firm: timedelta


class Bookings:
    """Reads them off the departures of trips."""

    def __init__(self, scenario: Scenario, files: Files, reader: Trips) -> None:
        self._values, self._reader = files.values, reader
        self._manifests = Manifests(scenario)

    def of(self, trip: Trip) -> Booking:
        """Of departures on whose manifest the family is there is nothing to book."""
        rides = {ride.departure.departure_id: ride.departure for ride in trip.rides}
        new = [
            departure
            for name, departure in rides.items()
            if not self._manifests.lists(name, trip.family.family_id)
        ]
        days = self._values.family("days_to_firm", trip.family)
        return Booking(
            by=min(map(self._closes, new), default=date.max),
            is_firm=all(departure.is_firm for departure in rides.values()),
            to_firm=timedelta(days=days),
        )

    def _closes(self, departure: Departure) -> date:
        leaves = self._reader.local(departure.from_place, departure.departs)
        lock = timedelta(hours=lock_hours(self._values, departure))
        ticketed = departure.status is DepartureStatus.TICKETED
        dates = (departure.names_due, None if ticketed else departure.ticket_by)
        return min([(leaves - lock).date(), *(on for on in dates if on is not None)])


def lock_hours(values: Values, departure: Departure) -> int:
    """How long before it leaves a departure's manifest closes."""
    return values.departure(f"manifest_lock_hours_{departure.kind.value}", departure)


class FirmBy:
    """By when departures that are not firm yet have to be: the first of several."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[date, str]] = {}

    def ask(self, trip: Trip, on: date, detail: str) -> None:
        """Every departure of the trip has to be firm by a date."""
        for ride in trip.rides:
            name = ride.departure.departure_id
            known = self._first.get(name)
            if not ride.departure.is_firm and (known is None or on < known[0]):
                self._first[name] = on, detail

    def deadlines(self) -> Iterator[Deadline]:
        """One for each departure that was asked for."""
        for name, (on, detail) in self._first.items():
            yield Deadline(
                on=on,
                what="contract it: firm by then",
                subject_kind=SubjectKind.DEPARTURE,
                subject_id=name,
                detail=detail,
            )
