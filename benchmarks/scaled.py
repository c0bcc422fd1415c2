"""The program in floating point for the MIP engines, rows scaled by powers of two."""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scaled:
    """maximise objective x / ``unit``, lower <= matrix x <= upper, 0 <= x <= bound.

    ``scale`` [rows] is what every row of the program was multiplied by.
    """

    program: Program
    objective: FloatArray
    unit: float
    step: int
    matrix: csr_array
    lower: FloatArray
    upper: FloatArray
    scale: FloatArray

    def prices(self, dual: FloatArray) -> FloatArray:
        """Duals of the scaled rows, not negative for <=, as prices of the program's."""
        price = dual * self.scale / self.unit
        return np.where(self.program.equal, price, np.maximum(price, 0.0))

    def whole_bound(self, bound: float) -> int | None:
        """A floating bound of the scaled objective as the whole value it allows."""
        if not np.isfinite(bound) or abs(bound) > 1e15:
            return None
        value = bound / self.unit
        return int(np.floor(value * (1 + 1e-9) / self.step + 1e-6)) * self.step

    def whole(self, x: list[float]) -> IntArray | None:
        """A floating solution rounded, if it is one in exact integers."""
        rounded = np.rint(np.array(x)).astype(np.int64)
        return rounded if self.program.is_solution(rounded) else None


def scaled(program: Program) -> Scaled:
    """Scale every row so that its largest coefficient is about eight."""
    matrix = csr_array(program.matrix)
    top = np.ones(len(program.upper))
    if matrix.nnz:
        top = np.maximum(top, abs(matrix).max(axis=1).toarray().ravel())
    scale = 2.0 ** -np.round(np.log2(top) - 3)
    upper = program.upper * scale
    largest = max(1.0, float(np.abs(program.objective).max(initial=0)))
    unit = float(2.0 ** -np.round(np.log2(largest) - 6))
    return Scaled(
        program=program,
        objective=program.objective * unit,
        unit=unit,
        step=max(1, int(np.gcd.reduce(np.abs(program.objective), initial=0))),
        matrix=csr_array(matrix.multiply(scale[:, np.newaxis])),
        lower=np.where(program.equal, upper, -np.inf),
        upper=upper,
        scale=scale,
    )


def lp_of(data: Scaled, lower: FloatArray, upper: FloatArray) -> highspy.HighsLp:
    """The relaxation with these sides of its rows, minimised."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = data.matrix.shape
    lp.col_cost_ = -data.objective
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = data.program.bound.astype(float)
    lp.row_lower_, lp.row_upper_ = lower, upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = data.matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = data.matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = data.matrix.data
    return lp
