"""Plan again from the plan in force, after something changed."""

from collections.abc import Iterator, Sequence

from movplan.application.loading import Loaded
from movplan.application.planning import Stop, Watch
from movplan.domain.apply import apply_changes, parse_change
from movplan.domain.assignments import Assignment
from movplan.domain.plan import Plan
from movplan.domain.scenario import Level, Scenario
from movplan.domain.words import AssignmentState, Measure
from movplan.planning import Limits, PlanningResult, plan_scenario
from movplan.reports.journeys import Journey, journeys

CHANGES = Level(name="changes", measure=Measure.CHANGES)
# People come before keeping promises; promises before dates and money.
_AFTER_CHANGES = frozenset({Measure.WAITING_DAYS, Measure.COST})


def replan(
    loaded: Loaded,
    in_force: Plan,
    changes: Sequence[str],
    limits: Limits,
    *,
    watch: Watch | None = None,
    stop: Stop | None = None,
) -> PlanningResult:
    """Apply the changes, then plan with the plan in force as start.

    Raises ``InputError`` for a change that cannot be read or applied.
    """
    return plan_scenario(
        changed(loaded.scenario, in_force, changes),
        limits,
        progress=watch,
        stop=stop,
        start=in_force,
        set_aside=loaded.set_aside,
    )


def changed(scenario: Scenario, in_force: Plan, changes: Sequence[str]) -> Scenario:
    """The scenario to plan: changes applied, families of the plan notified.

    A scenario without a level for changes gets one before waiting and cost.
    """
    parsed = [parse_change(text) for text in changes]
    after = apply_changes(scenario, parsed)
    levels = _with_changes(after.levels)
    assignments = (*after.assignments, *_notified(after, in_force))
    return after.model_copy(update={"levels": levels, "assignments": assignments})


def _with_changes(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    if any(level.measure is Measure.CHANGES for level in levels):
        return levels
    place = next(
        (k for k, level in enumerate(levels) if level.measure in _AFTER_CHANGES),
        len(levels),
    )
    return (*levels[:place], CHANGES, *levels[place:])


def _notified(scenario: Scenario, in_force: Plan) -> Iterator[Assignment]:
    """The rides in force as notified, unless the scenario says something firmer."""
    spoken_for = {row.family_id for row in scenario.assignments}
    known = {row.family_id for row in scenario.families}
    for journey in journeys(in_force):
        if journey.family_id in known - spoken_for:
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
