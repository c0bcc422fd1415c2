"""Taking along whoever still fits: blocs that stay, on what already runs.

Parts are decided a few blocs at a time; what they leave may suit somebody who was not
among them. Trying every known way of everybody who stays is one pass over sparse rows,
so it is done between rounds. Plant stays as it is: nothing is run, hired or sent anew.
"""

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.ragged import under
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.solution import Solution
from movplan.optimiser.state import LevelState

# Share of its rows' prices a way has to be worth, against its plain value.
PRICE_SHARE = 0.5


def fill(state: LevelState) -> bool:
    """Take along blocs that fit, the most worth first; says whether anybody did."""
    chosen = _fitting(state)
    if not len(chosen):
        return False
    found = state.blocs.to_solution(chosen, state.best.plant)
    column = np.where(found.column >= 0, found.column, state.best.column)
    return state.offer_whole(Solution(column, state.best.plant))


def _fitting(state: LevelState) -> IntArray:
    """Bloc columns that fit together into what is left."""
    model, pool = state.model, state.blocs
    left = model.rows.rhs - state.best.usage(model, state.pool.columns)
    loose = pool.blocs.tied | model.rows.equal
    travels = np.zeros(pool.blocs.count, np.bool_)
    used = pool.of_solution(state.best)
    travels[pool.bloc[used]] = True
    value = pool.values[state.k]
    candidates = np.flatnonzero(~travels[pool.bloc] & (value > 0))
    worth = value - PRICE_SHARE * (pool.rows @ state.row_price)
    chosen = []
    while len(candidates):
        candidates = candidates[_fits(state, candidates, left, loose)]
        if not len(candidates):
            break
        best = candidates[np.argmax(worth[candidates])]
        left = left - pool.rows[[best]].toarray()[0]
        chosen.append(best)
        candidates = candidates[pool.bloc[candidates] != pool.bloc[best]]
    return np.array(chosen, np.int64)


def _fits(
    state: LevelState, columns: IntArray, left: IntArray, loose: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether each column uses no more of any row than is left."""
    rows = state.blocs.rows
    indptr = rows.indptr.astype(np.int64)
    owner, at = under(indptr, columns)
    row = rows.indices[at]
    over = (rows.data[at] > left[row]) & ~loose[row]
    fits: NDArray[np.bool_] = np.bincount(owner, over, minlength=len(columns)) == 0
    return fits
