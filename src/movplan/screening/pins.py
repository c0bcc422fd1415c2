"""What assignments hold a family to, or keep it off."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from movplan.domain.assignments import Assignment
from movplan.domain.words import AssignmentState, Part
from movplan.screening.result import BoolArray
from movplan.screening.table import Table

HELD = frozenset(
    {
        AssignmentState.PINNED,
        AssignmentState.LOCKED,
        AssignmentState.DEPARTED,
        AssignmentState.ARRIVED,
    }
)


@dataclass(frozen=True, slots=True)
class Pin:
    """Departures a part has to ride, those it may not, and sessions to attend."""

    rides: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    sessions: frozenset[str] = frozenset()

    def keeps_off(self, table: Table) -> BoolArray:
        """Itineraries without a forbidden departure."""
        return np.array(
            [self.forbidden.isdisjoint(ridden) for ridden in table.departures],
            dtype=np.bool_,
        )

    def holds(self, table: Table) -> BoolArray:
        """Itineraries that ride every pinned departure."""
        return np.array(
            [self.rides <= ridden for ridden in table.departures], dtype=np.bool_
        )


class Pins:
    """The pins of every family and part."""

    def __init__(self, assignments: Iterable[Assignment]) -> None:
        held: dict[tuple[str, Part], list[str]] = defaultdict(list)
        forbidden: dict[tuple[str, Part], list[str]] = defaultdict(list)
        sessions: dict[tuple[str, Part], list[str]] = defaultdict(list)
        for row in assignments:
            key = (row.family_id, row.part)
            if row.state in HELD:
                held[key].append(row.departure_id)
                sessions[key].extend(row.session_ids)
            if row.state is AssignmentState.FORBIDDEN:
                forbidden[key].append(row.departure_id)
        self._pins = {
            key: Pin(
                rides=frozenset(held[key]),
                forbidden=frozenset(forbidden[key]),
                sessions=frozenset(sessions[key]),
            )
            for key in {**held, **forbidden}
        }

    def of(self, family_id: str, part: Part) -> Pin:
        """What holds the family in this part (nothing, for most)."""
        return self._pins.get((family_id, part), Pin())

    def held_to(self, family_id: str) -> tuple[str, ...]:
        """The departures it has to ride because of assignments, by name."""
        rides = (self.of(family_id, part).rides for part in Part)
        return tuple(sorted(frozenset().union(*rides)))
