"""Dates by which somebody must act for the plan to hold: one file per source."""

from collections.abc import Sequence

from movplan.domain.plan import Charge, Deadline, EscortMission, Leg
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.planning.deadlines.arrivals import arrival_notices
from movplan.planning.deadlines.departures import departure_deadlines
from movplan.planning.deadlines.documents import Applications
from movplan.planning.deadlines.escorts import booking_deadlines
from movplan.planning.deadlines.health import Announcements
from movplan.planning.deadlines.notes import note_deadlines
from movplan.planning.deadlines.pregnancy import certificates
from movplan.planning.deadlines.steps import session_deadlines
from movplan.planning.deadlines.trips import Trips

__all__ = ["find_deadlines"]


def find_deadlines(
    scenario: Scenario,
    schedule: Sequence[Leg],
    ledger: Sequence[Charge],
    missions: Sequence[EscortMission],
) -> tuple[Deadline, ...]:
    """Every deadline of a schedule, in time order; loans are read off the ledger."""
    files, reader = Files(scenario), Trips(scenario)
    trips = reader.read(schedule)
    found = {
        *departure_deadlines(scenario, reader, trips),
        *Applications(scenario, files, reader).of(trips),
        *Announcements(scenario, files, reader).of(trips),
        *certificates(files, trips),
        *arrival_notices(scenario, trips),
        *note_deadlines(scenario, files, trips, ledger),
        *session_deadlines(scenario, reader, schedule),
        *booking_deadlines(scenario, reader, missions),
    }
    return tuple(
        sorted(
            found, key=lambda d: (d.on, d.subject_kind, d.subject_id, d.what, d.detail)
        )
    )
