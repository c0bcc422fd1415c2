"""What is left of every row, and who uses how much of it, while exchanges are tried."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.state import LevelState


class Balance:
    """The bloc columns of a solution on its plant; held levels count as rows.

    ``used`` is the column of every bloc that travels, ``left`` [rows] what is left,
    ``price`` [columns] what a column's rows cost at the root's prices. Tied rows and
    equalities are not looked at: offering a solution looks at them.
    """

    def __init__(self, state: LevelState) -> None:
        pool = state.blocs
        columns = pool.of_solution(state.best)
        self._bloc = pool.bloc
        self._rows = _rows_and_levels(state)
        self._indptr = self._rows.indptr.tolist()
        taken = np.asarray(self._rows[columns].sum(axis=0)).ravel()
        self.left: IntArray = _left_by_plant(state) - taken
        row_price = np.zeros(self._rows.shape[1])
        row_price[: len(state.row_price)] = np.maximum(state.row_price, 0.0)
        self.price: NDArray[np.float64] = self._rows @ row_price
        self.used: dict[int, int] = {}
        self._users: dict[int, dict[int, int]] = defaultdict(dict)
        for column in columns.tolist():
            self._note(column)

    def lacking(self, column: int) -> dict[int, int]:
        """How much too little is left of which rows for a column."""
        rows, amounts = self._of(column)
        short = amounts - self.left[rows]
        return {int(rows[k]): int(short[k]) for k in np.flatnonzero(short > 0)}

    def users(self, lacking: dict[int, int]) -> list[int]:
        """Columns used that take at least so much of each of these rows."""
        found = [
            {column for column, amount in self._users[row].items() if amount >= need}
            for row, need in lacking.items()
        ]
        return sorted(set.intersection(*found)) if found else []

    def has_room(self, column: int) -> bool:
        """Whether no row lacks anything for a column."""
        rows, amounts = self._of(column)
        return bool((amounts <= self.left[rows]).all())

    def holds(self, *columns: int) -> bool:
        """Whether no row these columns touch is overdrawn."""
        return all((self.left[self._of(c)[0]] >= 0).all() for c in columns)

    def put(self, column: int) -> None:
        """Use a column's rows, for a try."""
        rows, amounts = self._of(column)
        self.left[rows] -= amounts

    def take_off(self, column: int) -> None:
        """Give a column's rows back, for a try."""
        rows, amounts = self._of(column)
        self.left[rows] += amounts

    def change(self, arrives: int, leaves: int, instead: int) -> None:
        """Make an exchange; -1 for nobody."""
        if leaves >= 0:
            self.take_off(leaves)
            del self.used[int(self._bloc[leaves])]
            for row in self._of(leaves)[0].tolist():
                self._users[row].pop(leaves, None)
        for column in (arrives, instead):
            if column >= 0:
                self.put(column)
                self._note(column)

    def _note(self, column: int) -> None:
        self.used[int(self._bloc[column])] = column
        rows, amounts = self._of(column)
        for row, amount in zip(rows.tolist(), amounts.tolist(), strict=True):
            if amount > 0:
                self._users[row][column] = amount

    def _of(self, column: int) -> tuple[IntArray, IntArray]:
        at = slice(self._indptr[column], self._indptr[column + 1])
        return self._rows.indices[at], self._rows.data[at]  # type: ignore[return-value]


def _looked_at(state: LevelState) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = ~(state.blocs.blocs.tied | state.model.rows.equal)
    return found


def _rows_and_levels(state: LevelState) -> csr_array:
    """What every bloc column uses: [columns x (rows + held levels, negated)]."""
    pool = state.blocs
    plain = pool.rows.multiply(_looked_at(state).astype(np.int64))
    levels = csr_array(-pool.values[: len(state.held.values)].T)
    stacked = csr_array(hstack([plain, levels], format="csr"))
    stacked.eliminate_zeros()
    return stacked


def _left_by_plant(state: LevelState) -> IntArray:
    """What the plant leaves of every row and held level."""
    model, plant = state.model, state.best.plant
    left = np.where(_looked_at(state), model.rows.rhs - model.plant.matrix.T @ plant, 0)
    held = [
        int(model.levels[k].plant_value @ plant) - value
        for k, value in enumerate(state.held.values)
    ]
    found: IntArray = np.concatenate([left, np.array(held, np.int64)])
    return found
