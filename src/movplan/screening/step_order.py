"""Rule ``step_order``: which of DOC and CO stands first."""

from enum import StrEnum

from movplan.domain.people import Family
from movplan.domain.windows import Files
from movplan.domain.words import SessionKind

ORDERED = (SessionKind.DOCUMENT_STEP, SessionKind.CULTURAL_ORIENTATION)


class Place(StrEnum):
    """First: ends ``doc_hours_min`` before departure; second: starts no sooner."""

    FREE = "free"
    FIRST = "first"
    SECOND = "second"


class StepOrder:
    """Knows the place of a step among those a family still has to do."""

    def __init__(self, files: Files, *, without: frozenset[str]) -> None:
        self._programmes = files.programmes
        self._is_off = "step_order" in without

    def place(self, family: Family, kind: SessionKind) -> Place:
        """DOC and CO have one where both are still to be done; PEC has none."""
        steps = self._programmes[family.programme].required_steps
        both = [
            step
            for step in dict.fromkeys(steps)
            if step in ORDERED and step not in family.steps_done
        ]
        if self._is_off or kind not in both or len(both) < len(ORDERED):
            return Place.FREE
        return Place.FIRST if kind is both[0] else Place.SECOND
