"""Sessions to attend."""

from collections.abc import Iterator, Sequence

from movplan.domain.plan import Deadline, Leg
from movplan.domain.scenario import Scenario
from movplan.domain.words import LegKind, SubjectKind
from movplan.planning.deadlines.trips import Trips


def session_deadlines(
    scenario: Scenario, reader: Trips, schedule: Sequence[Leg]
) -> Iterator[Deadline]:
    """Every attended session, on the local date it starts."""
    sessions = {row.session_id: row for row in scenario.sessions}
    for leg in schedule:
        if leg.kind is not LegKind.APPOINTMENT or leg.session_id is None:
            continue
        session = sessions[leg.session_id]
        who = "1 person" if leg.persons == 1 else f"{leg.persons} persons"
        starts = reader.local(session.place_id, session.starts)
        yield Deadline(
            on=starts.date(),
            what=f"attend {session.kind.value}",
            subject_kind=SubjectKind.FAMILY,
            subject_id=leg.family_id,
            detail=(
                f"{who}, {session.session_id} at {session.place_id} from {starts:%H:%M}"
            ),
        )
