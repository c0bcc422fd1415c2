"""What airlines have to be told and asked before a patient boards."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from movplan.domain.manifest import Manifests
from movplan.domain.people import Member
from movplan.domain.plan import Deadline
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import Need
from movplan.planning.deadlines.trips import Trip, TripRide, Trips

ANNOUNCED = (Need.OXYG, Need.STCR, Need.MEDA)


class Announcements:
    """Airline clearance to ask for, special needs to announce."""

    def __init__(self, scenario: Scenario, files: Files, reader: Trips) -> None:
        self._files, self._reader = files, reader
        self._manifests = Manifests(scenario)

    def of(self, trips: Sequence[Trip]) -> Iterator[Deadline]:
        """Per member: clearance by the part's first flight, notice of each flight."""
        for trip in trips:
            for member in self._files.members[trip.family.family_id]:
                needs = ", ".join(n.value for n in ANNOUNCED if n in member.needs)
                if not needs:
                    continue
                for flight in trip.flights[:1]:
                    yield from self._ask(trip, member, flight)
                for flight in trip.flights:
                    yield from self._announce(trip, member, flight, needs)

    def _ask(self, trip: Trip, member: Member, flight: TripRide) -> Iterator[Deadline]:
        medical = self._files.medical.get(member.member_id)
        if medical is not None and medical.airline_clearance_until is not None:
            return
        days = self._value("airline_clearance_days", trip, flight)
        yield trip.deadline(
            flight.boards_on - timedelta(days=days),
            what="ask for airline clearance",
            detail=f"member {member.member_id}, {flight.departure.departure_id} on "
            f"{flight.boards_on}",
        )

    def _announce(
        self, trip: Trip, member: Member, flight: TripRide, needs: str
    ) -> Iterator[Deadline]:
        departure_id = flight.departure.departure_id
        if self._manifests.lists(departure_id, trip.family.family_id):
            return
        hours = self._value("special_notice_hours", trip, flight)
        before = flight.departs - timedelta(hours=hours)
        yield trip.deadline(
            self._reader.local(flight.from_place, before).date(),
            what="announce special needs",
            detail=f"member {member.member_id}: {needs}, {departure_id} by "
            f"{before:%H:%M}",
        )

    def _value(self, name: str, trip: Trip, flight: TripRide) -> int:
        return self._files.values.ride(name, trip.family, flight.departure.carrier)
