"""Units that could draw on one tight budget line, in the plan or left out."""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhoods.drawing import FAINT, draw
from movplan.optimiser.neighbourhoods.nearby import nearby
from movplan.optimiser.state import LevelState


def money(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """Units that could draw on one tight budget line, in the plan or left out."""
    rows = np.flatnonzero(
        [name.rule == "budget_ceiling" for name in state.model.rows.names]
    )
    price = state.root.lp.at.row[rows] * state.model.rows.rhs[rows]
    if not len(rows) or price.sum() <= 0:
        return nearby(state, rng, size)
    row = int(rng.choice(rows, p=price / price.sum()))
    draws = state.pool.columns.rows[:, [row]].toarray()[:, 0] > 0
    could = np.full(len(state.model.units), FAINT)
    could[state.model.pairs.unit[state.pool.columns.pair[draws]]] = 1.0
    return draw(rng, could, size)
