"""What is alike in an integer program is counted instead of told apart.

Both programs have the same optimum. What is counted is smaller and, above all, has no
equal solutions that differ only by who is who; a proof would look at every one.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.counting.bins import count_bins
from movplan.optimiser.counting.units import count_units
from movplan.optimiser.program import Program


class Fold(Protocol):
    """A program that stands for a larger one."""

    @property
    def program(self) -> Program:
        """The smaller program."""

    @property
    def kept(self) -> IntArray:
        """The columns of the larger with which it begins."""

    def fold(self, x: IntArray) -> IntArray:
        """The vector of the smaller that stands for one of the larger."""

    def unfold(self, counted: IntArray) -> IntArray:
        """A vector of the larger that one of the smaller stands for."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A program with all counted that is alike: bins, then units."""

    program: Program
    folds: tuple[Fold, ...]

    def fold(self, x: IntArray) -> IntArray:
        """The vector of this program that stands for one of the original."""
        for fold in self.folds:
            x = fold.fold(x)
        return x

    def unfold(self, x: IntArray) -> IntArray:
        """A vector of the original that one of this program stands for."""
        for fold in reversed(self.folds):
            x = fold.unfold(x)
        return x

    def marked(self, columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Marks of the original's columns on those of this program."""
        for fold in self.folds:
            mine = np.zeros(len(fold.program.objective), np.bool_)
            mine[: len(fold.kept)] = columns[fold.kept]
            columns = mine
        return columns


def counted(program: Program) -> Counted:
    """The program with alike bins counted, then alike units; as it is if no bins are.

    Without bins few units are alike, and no rows known of the program would be of use.
    Rows that cannot break are left out: one that holds whatever one bin does may break
    once several are counted as one.
    """
    bins = count_bins(program.of_rows(_may_break(program)))
    if bins is None:
        return Counted(program, ())
    units = count_units(bins.program)
    if units is None:
        return Counted(bins.program, (bins,))
    return Counted(units.program, (bins, units))


def _may_break(program: Program) -> NDArray[np.bool_]:
    """Rows that some vector between the bounds breaks."""
    most = program.matrix.maximum(0) @ program.bound
    broken: NDArray[np.bool_] = program.equal | (most > program.upper)
    return broken
