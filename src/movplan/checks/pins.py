"""pins: decisions already taken are kept."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.assignments import Assignment
from movplan.domain.words import AssignmentState

RULE = "pins"
KEPT = frozenset(
    {
        AssignmentState.PINNED,
        AssignmentState.LOCKED,
        AssignmentState.DEPARTED,
        AssignmentState.ARRIVED,
    }
)
STAYS = frozenset({AssignmentState.NO_SHOW, AssignmentState.WITHDRAWN})


def check(view: PlanView) -> Outcome:
    """Pinned rides and sessions are in the plan, forbidden ones are not."""
    tally = Tally(RULE)
    for row in view.scenario.assignments:
        if row.state in KEPT or row.state in STAYS or _forbids(row):
            tally.judge(_facts(view, row), row.family_id, row.departure_id)
    return tally.outcome()


def _forbids(row: Assignment) -> bool:
    return row.state is AssignmentState.FORBIDDEN


def _facts(view: PlanView, row: Assignment) -> Iterator[str]:
    journey = view.journeys.get((row.family_id, row.part))
    rides = journey.departure_ids if journey else frozenset()
    what = f"{row.family_id} {row.part.value}"
    if row.state in STAYS and row.family_id in view.travelling:
        yield f"{row.family_id} is {row.state.value}, but travels"
    if _forbids(row) and row.departure_id in rides:
        yield f"{what} rides {row.departure_id}, which is forbidden"
    if row.state not in KEPT:
        return
    if row.departure_id not in rides:
        yield f"{what} is {row.state.value} to {row.departure_id}, but does not ride it"
    attended = {leg.session_id for leg in journey.appointments} if journey else set()
    for session_id in row.session_ids:
        if session_id not in attended:
            yield f"{what} is {row.state.value} to {session_id}, but does not attend"
