"""How firm the rows of a schedule are, and how often they changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from movplan.domain.assignments import FIRMNESS, Assignment, loosest
from movplan.domain.plan import Leg, Plan
from movplan.domain.words import AssignmentState, LegKind, Part

_Key = tuple[str, Part]


class States:
    """The states that assignments give to rows of the schedule."""

    def __init__(self, assignments: Iterable[Assignment]) -> None:
        self._told: dict[_Key, list[Assignment]] = defaultdict(list)
        for row in assignments:
            if row.state in FIRMNESS:
                self._told[row.family_id, row.part].append(row)

    def given(self, legs: Sequence[Leg]) -> list[Leg]:
        """The rows of one part with their states.

        A ride has that of its assignment; all other rows the loosest of the rides.
        """
        rides = [self._of_ride(leg) for leg in legs if leg.kind is LegKind.RIDE]
        others = loosest(rides)
        if all(state is AssignmentState.PROPOSED for state in (*rides, others)):
            return list(legs)
        return [
            leg.model_copy(
                update={
                    "state": self._of_ride(leg) if leg.kind is LegKind.RIDE else others
                }
            )
            for leg in legs
        ]

    def _of_ride(self, leg: Leg) -> AssignmentState:
        said = (
            row.state
            for row in self._told.get((leg.family_id, leg.part), ())
            if row.departure_id == leg.departure_id
            and row.from_place in (None, leg.from_place)
            and row.to_place in (None, leg.to_place)
        )
        return max(said, key=FIRMNESS.index, default=AssignmentState.PROPOSED)


def revised(schedule: Iterable[Leg], before: Plan | None) -> tuple[Leg, ...]:
    """The rows with their revisions, counted on from the plan they were made from.

    A row as it was keeps its revision. Any other of a part that was scheduled has one
    more than the highest of that part; of a part that was not, 0.
    """
    if before is None:
        return tuple(schedule)
    known: dict[Leg, int] = {}
    highest: dict[_Key, int] = {}
    for leg in before.schedule:
        key = leg.family_id, leg.part
        known[_content(leg)] = leg.revision
        highest[key] = max(highest.get(key, 0), leg.revision)
    return tuple(
        leg.model_copy(
            update={
                "revision": known.get(
                    _content(leg), highest.get((leg.family_id, leg.part), -1) + 1
                )
            }
        )
        for leg in schedule
    )


def _content(leg: Leg) -> Leg:
    """What a row says, whatever its place in the part, its state and its revision."""
    plain = {"sequence": 0, "state": AssignmentState.PROPOSED, "revision": 0}
    return leg.model_copy(update=plain)
