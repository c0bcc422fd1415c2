"""Assignments (pins, the plan in force, a plan made by hand) and overrides."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from movplan.domain.rows import Row
from movplan.domain.words import AssignmentState, Part

# States of a row that is ridden, from the loosest to the firmest.
FIRMNESS = (
    AssignmentState.PROPOSED,
    AssignmentState.APPROVED,
    AssignmentState.NOTIFIED,
    AssignmentState.PINNED,
    AssignmentState.LOCKED,
    AssignmentState.DEPARTED,
    AssignmentState.ARRIVED,
)


def loosest(states: Iterable[AssignmentState]) -> AssignmentState:
    """The loosest of some states of `FIRMNESS`; of none ``proposed``."""
    firm = (state for state in states if state in FIRMNESS)
    return min(firm, key=FIRMNESS.index, default=AssignmentState.PROPOSED)


class Assignment(Row):
    """A family on (or kept off) a departure, with how firm that is.

    ``leg`` counts the rides of the part from 1. One row per ride; an itinerary made by
    hand is given ride by ride, transfers and nights follow from it.
    """

    KEY: ClassVar[tuple[str, ...]] = ("family_id", "part", "leg", "departure_id")

    family_id: str
    part: Part = Part.OUTBOUND
    leg: int = 1
    departure_id: str
    from_place: str | None = None
    to_place: str | None = None
    vehicle: str | None = None
    escort_id: str | None = None
    session_ids: tuple[str, ...] = ()
    state: AssignmentState = AssignmentState.PROPOSED


class Override(Row):
    """A named authority sets an overridable (O) rule aside for a scope."""

    KEY: ClassVar[tuple[str, ...]] = ("rule", "scope")

    rule: str
    scope: str
    by: str
    reference: str
    date: date
    reason: str = ""
