"""What branching on a column has cost so far: which is worth branching on next."""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.branching.relaxation import FloatArray

DOWN, UP = 0, 1
LEAST = 1e-6


class BranchingCosts:
    """Mean loss of the LP value per unit a column was pushed, down and up."""

    def __init__(self, num_columns: int) -> None:
        self._loss = np.zeros((2, num_columns))
        self._count = np.zeros((2, num_columns), np.int64)

    def record(self, column: int, side: int, loss: float, by: float) -> None:
        """Pushing a column ``by`` so much of a unit lost so much."""
        self._loss[side, column] += max(loss, 0.0) / by
        self._count[side, column] += 1

    def ranked(self, some: IntArray, x: FloatArray) -> IntArray:
        """Fractional columns, those that are expected to lose most first."""
        order: IntArray = some[np.argsort(-self.scores(some, x), kind="stable")]
        return order

    def scores(self, some: IntArray, x: FloatArray) -> FloatArray:
        """Expected loss down times expected loss up, see ``score``."""
        part = x[some] - np.floor(x[some])
        count = self._count[:, some]
        known = np.maximum(self._count.sum(axis=1), 1)
        mean = (self._loss.sum(axis=1) / known)[:, np.newaxis]
        each = np.where(count > 0, self._loss[:, some] / np.maximum(count, 1), mean)
        losses = each * np.stack([part, 1 - part])
        found: FloatArray = np.maximum(losses, LEAST).prod(axis=0)
        return found

    def sure(self, column: int) -> int:
        """How often a column was pushed either way."""
        return int(self._count[:, column].min())


def score(down: float, up: float) -> float:
    """A column is the better to branch on the more both sides lose (product)."""
    return max(down, LEAST) * max(up, LEAST)
