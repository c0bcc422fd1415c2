"""Rows of the schedule that are said to be firmer than anybody assigned them.

They may be looser: a plan was made before its families were told, or had departed. Up
to ``notified`` a plan may say what its scenario does not: a replan keeps the promises
of the plan before, which nobody has to write down.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from movplan.checks.view import Journey, PlanView
from movplan.domain.assignments import FIRMNESS, Assignment, loosest
from movplan.domain.plan import Leg
from movplan.domain.words import AssignmentState, LegKind, Part

_PROMISED = AssignmentState.NOTIFIED


def too_firm(view: PlanView) -> Iterator[tuple[str, str]]:
    """Family and fact: rides firmer than assigned, other rows than the loosest ride."""
    assigned: dict[tuple[str, Part], list[Assignment]] = defaultdict(list)
    for row in view.scenario.assignments:
        if row.state in FIRMNESS:
            assigned[row.family_id, row.part].append(row)
    for key, journey in view.journeys.items():
        for fact in _rides(journey, assigned.get(key, ())):
            yield journey.family.family_id, fact
        for fact in _others(journey):
            yield journey.family.family_id, fact


def _rides(journey: Journey, assigned: Sequence[Assignment]) -> Iterator[str]:
    for ride in journey.rides:
        said = [row.state for row in assigned if _is_to(row, ride.leg)]
        at_most = max((*said, _PROMISED), key=FIRMNESS.index)
        if _is_firmer(ride.leg.state, at_most):
            yield (
                f"{journey.name} on {ride.departure_id} is said to be "
                f"{ride.leg.state.value}, its assignment at most {at_most.value}"
            )


def _others(journey: Journey) -> Iterator[str]:
    at_most = loosest(ride.leg.state for ride in journey.rides)
    for leg in journey.legs:
        if leg.kind is not LegKind.RIDE and _is_firmer(leg.state, at_most):
            yield (
                f"{journey.name}, row {leg.sequence}, is said to be "
                f"{leg.state.value}, a ride of it only {at_most.value}"
            )


def _is_firmer(said: AssignmentState, than: AssignmentState) -> bool:
    return said not in FIRMNESS or FIRMNESS.index(said) > FIRMNESS.index(than)


def _is_to(row: Assignment, leg: Leg) -> bool:
    """Whether an assignment is to the stretch of a departure that a row rides."""
    return (
        row.departure_id == leg.departure_id
        and row.from_place in (None, leg.from_place)
        and row.to_place in (None, leg.to_place)
    )
