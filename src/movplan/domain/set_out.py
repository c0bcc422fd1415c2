"""Journeys that have set out: facts, which no rule about setting out asks after."""

from collections import defaultdict
from collections.abc import Iterable

from movplan.domain.assignments import Assignment
from movplan.domain.words import AssignmentState, Part

_LEFT = frozenset({AssignmentState.DEPARTED, AssignmentState.ARRIVED})
_SETTLED = _LEFT | {AssignmentState.LOCKED, AssignmentState.PINNED}

# Rules that say who may set out, and when: they look at journeys still to come.
OF_SETTING_OUT = frozenset(
    {
        "airline_clearance",
        "appointments",
        "arrival_notice",
        "companion",
        "consent",
        "departure_deadlines",
        "document_order",
        "document_validity",
        "fitness_between",
        "household",
        "late_arrival",
        "manifest_lock",
        "medical_fitness",
        "newborn_age",
        "open_to_programme",
        "overnight_transit",
        "place_open",
        "pregnancy",
        "public_holidays",
        "special_notice",
        "stay_limit",
        "step_order",
        "travel_window",
        "unaccompanied_minor",
    }
)


class SetOut:
    """Whose journeys have set out, by the assignments.

    A part has **set out** if one of its rides is ``departed`` or ``arrived``. It is
    settled as it stands while it rides what is assigned and nothing else: with another
    ride it is a new journey, and the rules ask again.
    """

    def __init__(self, assignments: Iterable[Assignment]) -> None:
        settled: dict[tuple[str, Part], set[str]] = defaultdict(set)
        gone = set()
        for row in assignments:
            if row.state in _SETTLED:
                settled[row.family_id, row.part].add(row.departure_id)
            if row.state in _LEFT:
                gone.add((row.family_id, row.part))
        self._settled = {key: frozenset(settled[key]) for key in gone}
        self.families = frozenset(family_id for family_id, _ in gone)
        """Families some part of which has set out."""
        self.departures = frozenset().union(*self._settled.values())
        """Departures that somebody has left on, or is on the way to."""

    def __bool__(self) -> bool:
        return bool(self._settled)

    def is_settled(
        self, family_id: str, part: Part, departures: frozenset[str]
    ) -> bool:
        """Whether a part that rides these departures set out as it stands."""
        return self._settled.get((family_id, part)) == departures
