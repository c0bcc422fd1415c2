"""Dates by which somebody must act for the plan to hold: one file per source."""

from collections.abc import Sequence

from movplan.domain.plan import Charge, Deadline, EscortMission, Leg
from movplan.domain.scenario import Scenario
from movplan.domain.set_out import SetOut
from movplan.domain.windows import Files
from movplan.domain.words import Part
from movplan.planning.deadlines.arrivals import arrival_notices
from movplan.planning.deadlines.departures import departure_deadlines
from movplan.planning.deadlines.documents import Applications
from movplan.planning.deadlines.escorts import booking_deadlines
from movplan.planning.deadlines.health import Announcements
from movplan.planning.deadlines.notes import note_deadlines
from movplan.planning.deadlines.pregnancy import certificates
from movplan.planning.deadlines.steps import session_deadlines
from movplan.planning.deadlines.trips import Trip, Trips

__all__ = ["find_deadlines"]


def find_deadlines(
    scenario: Scenario,
    schedule: Sequence[Leg],
    ledger: Sequence[Charge],
    missions: Sequence[EscortMission],
) -> tuple[Deadline, ...]:
    """Every deadline of a schedule, in time order; loans are read off the ledger.

    Of parts that have set out only notices of arrivals still to come are left.
    """
    files, reader = Files(scenario), Trips(scenario)
    whole = reader.read(schedule)
    under_way = _under_way(SetOut(scenario.assignments), whole)
    trips = [trip for trip in whole if trip.key not in under_way]
    gone = [trip for trip in whole if trip.key in under_way]
    rows = [leg for leg in schedule if (leg.family_id, leg.part) not in under_way]
    today = scenario.as_of.date()
    found = {
        *departure_deadlines(scenario, reader, whole),
        *Applications(scenario, files, reader).of(trips),
        *Announcements(scenario, files, reader).of(trips),
        *certificates(files, trips),
        *arrival_notices(scenario, trips),
        *(d for d in arrival_notices(scenario, gone) if d.on >= today),
        *note_deadlines(scenario, files, trips, ledger),
        *session_deadlines(scenario, reader, rows),
        *booking_deadlines(scenario, reader, missions),
    }
    return tuple(
        sorted(
            found, key=lambda d: (d.on, d.subject_kind, d.subject_id, d.what, d.detail)
        )
    )


def _under_way(out: SetOut, trips: Sequence[Trip]) -> frozenset[tuple[str, Part]]:
    """Parts that have set out as they stand in the schedule."""
    return frozenset(
        trip.key
        for trip in trips
        if out.is_settled(
            *trip.key, frozenset(ride.departure.departure_id for ride in trip.rides)
        )
    )
