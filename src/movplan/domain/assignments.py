"""Assignments (pins, the plan in force, a plan made by hand) and overrides."""

from datetime import date
from typing import ClassVar

from movplan.domain.rows import Row
from movplan.domain.words import AssignmentState, Part


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
