"""Plan again from the plan in force, after something changed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from movplan.application.changing import SAME_CLOCK, Clock, changed
from movplan.application.loading import Loaded
from movplan.application.planning import Stop, Watch
from movplan.application.same_scenario import refuse_another
from movplan.domain.assignments import Assignment
from movplan.domain.changes import Change
from movplan.domain.plan import Plan
from movplan.domain.scenario import Level, Scenario
from movplan.domain.words import AssignmentState, Measure
from movplan.files import canonical
from movplan.planning import Limits, PlanningResult, plan_scenario
from movplan.reports.journeys import Journey, journeys

CHANGES = Level(name="changes", measure=Measure.CHANGES)
# People come before keeping promises; promises before dates and money.
_AFTER_CHANGES = frozenset({Measure.WAITING_DAYS, Measure.COST})

# What the plan in force replaces.
_OUTDATED = frozenset(
    {AssignmentState.PROPOSED, AssignmentState.APPROVED, AssignmentState.NOTIFIED}
)


def replan(
    loaded: Loaded,
    in_force: Plan,
    limits: Limits,
    *,
    watch: Watch | None = None,
    stop: Stop | None = None,
) -> PlanningResult:
    """Plan what was ``prepared`` with the plan in force as start."""
    return plan_scenario(
        loaded.scenario,
        limits,
        progress=watch,
        stop=stop,
        start=in_force,
        before=in_force,
        set_aside=loaded.set_aside,
    )


# Who stays at home has no part that is still a promise.
_STAYS = frozenset({AssignmentState.NO_SHOW, AssignmentState.WITHDRAWN})


def prepared(
    loaded: Loaded,
    in_force: Plan,
    changes: Sequence[str | Change],
    clock: Clock = SAME_CLOCK,
) -> Loaded:
    """The scenario to plan: changes applied, families of the plan notified.

    A scenario without a level for changes gets one before waiting and cost. Raises
    ``InputError`` for a change that cannot be read or applied, and for a plan of
    another scenario.
    """
    refuse_another(loaded.scenario, in_force)
    done = changed(loaded, changes, clock)
    after = done.scenario
    firm = tuple(row for row in after.assignments if row.state not in _OUTDATED)
    update = {
        "levels": _with_changes(after.levels),
        "assignments": (*firm, *_notified(after, in_force, firm)),
    }
    return replace(done, scenario=canonical(after.model_copy(update=update)))


def _with_changes(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    if any(level.measure is Measure.CHANGES for level in levels):
        return levels
    place = next(
        (k for k, level in enumerate(levels) if level.measure in _AFTER_CHANGES),
        len(levels),
    )
    return (*levels[:place], CHANGES, *levels[place:])


def _notified(
    scenario: Scenario, in_force: Plan, firm: Sequence[Assignment]
) -> Iterator[Assignment]:
    """The rides in force as notified, unless the scenario says something firmer."""
    held = [row for row in firm if row.state is not AssignmentState.FORBIDDEN]
    spoken_for = {(row.family_id, row.part) for row in held}
    at_home = {row.family_id for row in held if row.state in _STAYS}
    known = {row.family_id for row in scenario.families} - at_home
    for journey in journeys(in_force):
        part = (journey.family_id, journey.part)
        if journey.family_id in known and part not in spoken_for:
            yield from rides_as_assignments(journey, AssignmentState.NOTIFIED)


def rides_as_assignments(
    journey: Journey, state: AssignmentState
) -> Iterator[Assignment]:
    """One assignment per ride, legs from 1; the first names the sessions attended."""
    sessions = tuple(
        sorted({leg.session_id for leg in journey.legs if leg.session_id is not None})
    )
    for number, ride in enumerate(journey.rides, start=1):
        yield Assignment(
            family_id=journey.family_id,
            part=journey.part,
            leg=number,
            departure_id=ride.departure_id or "",
            from_place=ride.from_place,
            to_place=ride.to_place,
            vehicle=ride.vehicle,
            escort_id=ride.escort_ids[0] if ride.escort_ids else None,
            session_ids=sessions if number == 1 else (),
            state=state,
        )
