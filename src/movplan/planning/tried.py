"""Ways that were tried against what a plan leaves, and the rows that each breaks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns


@dataclass(frozen=True, slots=True)
class Broken:
    """What ways take too much of: the rows of way k are ``row[ptr[k] : ptr[k + 1]]``.

    ``taken`` is what it takes of each.
    """

    ptr: IntArray
    row: IntArray
    taken: IntArray

    @property
    def count(self) -> IntArray:
        """How many rows every way breaks."""
        return np.diff(self.ptr)

    def of(self, way: int) -> dict[int, int]:
        """What a way takes of every row that it breaks, in row order."""
        at = slice(self.ptr[way], self.ptr[way + 1])
        return dict(zip(self.row[at].tolist(), self.taken[at].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Tried:
    """Ways with the rows that give a reason against each.

    ``whole`` [ways] are those with room in every row of the model, not only in those
    that give a reason.
    """

    ways: Columns
    broken: Broken
    whole: NDArray[np.bool_]
