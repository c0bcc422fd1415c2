"""pins: decisions already taken are kept."""

from collections import defaultdict
from collections.abc import Iterator

from movplan.checks.firmness import too_firm
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.groups import groups_of
from movplan.domain.assignments import Assignment
from movplan.domain.people import Family
from movplan.domain.words import AssignmentState, Part, SessionKind

RULE = "pins"
KEPT = frozenset(
    {
        AssignmentState.PINNED,
        AssignmentState.LOCKED,
        AssignmentState.DEPARTED,
        AssignmentState.ARRIVED,
    }
)
NAMED = KEPT - {AssignmentState.ARRIVED}
STAYS = frozenset({AssignmentState.NO_SHOW, AssignmentState.WITHDRAWN})


def check(view: PlanView) -> Outcome:
    """Pinned rides (vehicle, escort) and sessions are there, forbidden ones not.

    Nothing is said to be firmer than it was assigned.
    """
    tally = Tally(RULE)
    pinned = _pinned_sessions(view)
    for row in view.scenario.assignments:
        if row.state in KEPT or row.state in STAYS or _forbids(row):
            sessions = pinned[row.family_id, row.part]
            facts = _facts(view, row, sessions)
            tally.judge(facts, row.family_id, row.departure_id)
    for family_id, fact in too_firm(view):
        tally.broken(fact, family_id)
    return tally.outcome()


def _forbids(row: Assignment) -> bool:
    return row.state is AssignmentState.FORBIDDEN


def _facts(view: PlanView, row: Assignment, pinned: set[str]) -> Iterator[str]:
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
    elif journey is not None and row.state in NAMED:
        yield from _vehicle_and_escort(view, row, journey)
    yield from (
        f"{what} is {row.state.value} {fact}" for fact in _sessions(view, row, pinned)
    )


def _vehicle_and_escort(
    view: PlanView, row: Assignment, journey: Journey
) -> Iterator[str]:
    """The vehicle ridden in and an escort who serves the family on the ride."""
    ride = next(r for r in journey.rides if r.departure_id == row.departure_id)
    what = f"{journey.name} on {row.departure_id} is {row.state.value} to"
    if row.vehicle is not None and ride.leg.vehicle != row.vehicle:
        yield f"{what} {row.vehicle}, but rides in {ride.leg.vehicle or 'no vehicle'}"
    if row.escort_id is None:
        return
    serving = {
        mission.mission.escort_id
        for mission in view.missions
        if row.family_id in mission.mission.family_ids
        and ride.segments <= mission.segments
    }
    if row.escort_id not in serving:
        found = ", ".join(sorted(serving)) or "nobody"
        yield f"{what} the escort {row.escort_id}, but {found} serves it"


def _sessions(view: PlanView, row: Assignment, pinned: set[str]) -> Iterator[str]:
    """Of the sessions pinned for a step still to be done, every group attends one.

    Several of a step are for several groups, or leave the choice.
    """
    family = view.families[row.family_id]
    if row.part is Part.RETURN or not row.session_ids:
        return
    attended = _attended(view, row)
    for session_id in row.session_ids:
        if session_id not in view.sessions:
            yield f"to {session_id}, but does not attend"
    known = [s for s in row.session_ids if s in view.sessions]
    for kind in SessionKind:
        named = [s for s in known if view.sessions[s].kind is kind]
        if not named or not _is_due(view, family, kind):
            continue
        there = {s for s in attended if view.sessions[s].kind is kind}
        if not there:
            yield f"to {', '.join(named)}, but does not attend"
        for session_id in sorted(there - pinned):
            yield f"to {', '.join(named)}, but attends {session_id}"


def _is_due(view: PlanView, family: Family, kind: SessionKind) -> bool:
    if view.aside("appointments").family(family):
        return False
    required = view.programme_of(family).required_steps
    due = kind in required and kind not in family.steps_done
    return due and bool(groups_of(view, family, kind))


def _pinned_sessions(view: PlanView) -> dict[tuple[str, Part], set[str]]:
    """Sessions that rows of a family's part are pinned to."""
    found: dict[tuple[str, Part], set[str]] = defaultdict(set)
    for row in view.scenario.assignments:
        if row.state in KEPT:
            found[row.family_id, row.part].update(row.session_ids)
    return found


def _attended(view: PlanView, row: Assignment) -> set[str]:
    journey = view.journeys.get((row.family_id, row.part))
    legs = journey.appointments if journey else ()
    return {leg.session_id for leg in legs if leg.session_id in view.sessions}
