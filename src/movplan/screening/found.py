"""What screening finds of one family: the parts it may travel, or why it may not."""

from dataclasses import dataclass, field, replace

from movplan.domain.words import Part
from movplan.screening.appointments import Attendance
from movplan.screening.result import BoolArray, IntArray, Refusal, Window
from movplan.screening.table import Table


@dataclass(frozen=True, slots=True)
class PartFound:
    """Eligible itineraries of a part (indices into its table) and their options."""

    part: Part
    table: Table
    chosen: IntArray
    attendance: Attendance

    def only(self, keep: BoolArray) -> "PartFound":
        """The part with some of its chosen itineraries."""
        if keep.all():
            return self
        options = tuple(
            tuple(some for some, kept in zip(slot, keep, strict=True) if kept)
            for slot in self.attendance.options
        )
        return replace(
            self,
            chosen=self.chosen[keep],
            attendance=replace(self.attendance, options=options),
        )


@dataclass(frozen=True, slots=True)
class FamilyFound:
    """What screening found of one family: parts, or a refusal; pins that failed."""

    window: Window
    parts: tuple[PartFound, ...] = ()
    refusal: Refusal | None = None
    pin_conflicts: tuple[Refusal, ...] = field(default=())
