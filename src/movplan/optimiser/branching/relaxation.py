"""The LP of an integer program between changing bounds, kept warm; its bound is exact.

For prices p (>= 0 on rows <=, any on equalities) every vector of the program is worth
at most

    p b + sum_j max(r_j lower_j, r_j upper_j),    r = c - A' p.

The prices are those HiGHS ends with, rounded to integers over a power of two; the sum
is in whole numbers. The same sum without c, at the ray of an LP without a solution, is
below 0, which proves that there is none.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program, interrupt_when, quiet_highs
from movplan.optimiser.progress import Stop

FloatArray = NDArray[np.float64]

# No sum leaves this many bits; prices are not told finer than the second.
SAFE_BITS, FINEST_BITS = 60, 40
# Values are told the LP in units in which the largest has so many bits at most.
LARGEST_BITS = 20
# An LP takes about as long as this many more pivots; pivots x (rows + columns) that a
# core does in a second, measured on programs of 1,000 to 3,000 columns.
OTHER_PIVOTS, PIVOTED_PER_S = 10, 3e7


@dataclass(frozen=True, slots=True)
class ValidRows:
    """ValidRows ``matrix x <= upper`` every vector of a program keeps, in integers."""

    matrix: csr_array
    upper: IntArray

    def __len__(self) -> int:
        return len(self.upper)


@dataclass(frozen=True, slots=True)
class Proof:
    """``total`` over ``2**bits`` bounds the objective; ``reduced`` [n] in the same."""

    total: int
    reduced: IntArray
    bits: int

    @property
    def value(self) -> float:
        """The bound as a float, for comparisons that decide nothing."""
        return self.total / (1 << self.bits)

    def bound(self, step: int) -> int:
        """The largest value in steps that a vector may have."""
        return (self.total >> self.bits) // step * step

    def tightened(
        self, lower: IntArray, upper: IntArray, needed: int
    ) -> tuple[IntArray, IntArray]:
        """Bounds that every vector worth ``needed`` or more keeps as well."""
        slack = min(self.total - (needed << self.bits), 1 << SAFE_BITS)
        room = slack // np.maximum(np.abs(self.reduced), 1)
        up = np.where(self.reduced > 0, np.maximum(lower, upper - room), lower)
        down = np.where(self.reduced < 0, np.minimum(upper, lower + room), upper)
        return up, down


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Where an LP ended: its proof, and its solution unless it was not solved.

    ``empty``: proved to have no solution; there is no proof of a bound then.
    """

    proof: Proof | None
    x: FloatArray | None
    empty: bool = False


class Relaxation:
    """The LP of a program. ValidRows may be added that every vector of it keeps.

    ``work`` is what was done so far, in seconds of a machine that is always the same.
    """

    def __init__(self, program: Program, stop: Stop) -> None:
        self.program, self.work = program, 0.0
        largest = max(1, int(np.abs(program.objective).max(initial=0)))
        self._scale = 2.0 ** -max(0, largest.bit_length() - LARGEST_BITS)
        self._upper, self._equal = program.upper, program.equal
        self._hold(program.matrix)
        self._between = np.zeros_like(program.bound), program.bound
        self._highs = quiet_highs()
        # Presolve would begin anew at every node, and knows of no ray.
        self._highs.setOptionValue("presolve", "off")
        interrupt_when(self._highs, stop)
        self._pass()

    def _pass(self) -> None:
        program, matrix = self.program, self.program.matrix
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(program.objective), len(program.upper)
        lp.col_cost_ = -program.objective.astype(np.float64) * self._scale
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = program.bound.astype(np.float64)
        upper = program.upper.astype(np.float64)
        lp.row_lower_ = np.where(program.equal, upper, -highspy.kHighsInf)
        lp.row_upper_ = upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = matrix.indptr
        lp.a_matrix_.index_ = matrix.indices
        lp.a_matrix_.value_ = matrix.data.astype(np.float64)
        self._highs.passModel(lp)

    def _hold(self, matrix: csr_array) -> None:
        self._matrix = matrix
        self._by_column = csr_array(matrix.T)
        self._sizes = abs(self._by_column)

    def add(self, rows: ValidRows) -> None:
        """Add rows; every vector of the program has to keep them."""
        if not len(rows):
            return
        self._highs.addRows(
            len(rows),
            np.full(len(rows), -highspy.kHighsInf),
            rows.upper.astype(np.float64),
            rows.matrix.nnz,
            rows.matrix.indptr[:-1].astype(np.int32),
            rows.matrix.indices.astype(np.int32),
            rows.matrix.data.astype(np.float64),
        )
        self._hold(csr_array(vstack([self._matrix, rows.matrix], format="csr")))
        self._upper = np.concatenate([self._upper, rows.upper])
        self._equal = np.concatenate([self._equal, np.zeros(len(rows), np.bool_)])

    def solve(self, lower: IntArray, upper: IntArray) -> Relaxed:
        """Solve between bounds, from the last basis."""
        highs = self._highs
        self._change(lower, upper)
        highs.run()
        pivots = highs.getInfo().simplex_iteration_count + OTHER_PIVOTS
        self.work += pivots * sum(self._matrix.shape) / PIVOTED_PER_S
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Relaxed(None, None, empty=self._is_empty(lower, upper))
        if status != highspy.HighsModelStatus.kOptimal:
            return Relaxed(None, None)
        solution = highs.getSolution()
        price = -np.array(solution.row_dual) / self._scale
        proof = self._proof(self.program.objective, price, lower, upper)
        return Relaxed(proof, None if proof is None else np.array(solution.col_value))

    def _change(self, lower: IntArray, upper: IntArray) -> None:
        """Tell the LP the bounds that are not those of the last time."""
        before = self._between
        other = np.flatnonzero((lower != before[0]) | (upper != before[1]))
        self._highs.changeColsBounds(
            len(other),
            other.astype(np.int32),
            lower[other].astype(np.float64),
            upper[other].astype(np.float64),
        )
        self._between = lower.copy(), upper.copy()

    def _is_empty(self, lower: IntArray, upper: IntArray) -> bool:
        """Whether the ray HiGHS ended with proves that there is no solution."""
        _, found, ray = self._highs.getDualRay()
        size = float(np.abs(ray).max(initial=0.0)) if found else 0.0
        if size == 0.0:
            return False
        nothing = np.zeros_like(self.program.objective)
        proofs = [
            self._proof(nothing, sign * ray / size, lower, upper)
            for sign in (-1.0, 1.0)
        ]
        return any(proof is not None and proof.total < 0 for proof in proofs)

    def _proof(
        self, objective: IntArray, price: FloatArray, lower: IntArray, upper: IntArray
    ) -> Proof | None:
        """The bound at some prices; ``None`` where sums might leave 64 bits."""
        price = np.where(self._equal, price, np.maximum(price, 0.0))
        most = np.maximum(np.abs(lower), np.abs(upper))
        uses = np.abs(objective) + self._sizes @ np.abs(price)
        largest = float(uses @ most + np.abs(price) @ np.abs(self._upper))
        largest = max(largest, float(uses.max(initial=0.0)), 1.0)
        bits = min(FINEST_BITS, SAFE_BITS - 1 - int(np.ceil(np.log2(largest))))
        if bits < 0:
            return None
        whole = np.rint(price * float(1 << bits)).astype(np.int64)
        reduced = (objective << bits) - self._by_column @ whole
        total = int(whole @ self._upper)
        total += int(np.maximum(reduced * lower, reduced * upper).sum())
        return Proof(total, reduced, bits)
