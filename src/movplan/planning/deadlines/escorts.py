"""Escorts to book from rosters without names."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from movplan.domain.plan import Deadline, EscortMission
from movplan.domain.scenario import Scenario
from movplan.domain.words import SubjectKind
from movplan.planning.deadlines.trips import Trips


def booking_deadlines(
    scenario: Scenario, reader: Trips, missions: Sequence[EscortMission]
) -> Iterator[Deadline]:
    """Every mission of a roster: the lead time before it leaves its base, if ahead."""
    escorts = {row.escort_id: row for row in scenario.escorts if row.unnamed}
    today = scenario.as_of.date()
    for mission in missions:
        escort = escorts.get(mission.escort_id)
        if escort is None:
            continue
        leaves = reader.local(escort.base, mission.leaves_base)
        last = (leaves - timedelta(days=escort.lead_days)).date()
        if last < today:
            continue
        rides = ", ".join(ride.departure_id for ride in mission.rides)
        yield Deadline(
            on=last,
            what="book escort",
            subject_kind=SubjectKind.ESCORT,
            subject_id=escort.escort_id,
            detail=f"{mission.mission_id} for {rides}, leaves {escort.base} on"
            f" {leaves.date()}",
        )
