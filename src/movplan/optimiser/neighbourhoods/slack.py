"""What is left unused of a scarce row: who uses it, and who else could.

A row's loss is its price times what the plan leaves of it: with the losses of columns
(``loss.py``) these add up to the whole gap between bound and value.
"""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhoods.drawing import around
from movplan.optimiser.neighbourhoods.nearby import nearby
from movplan.optimiser.state import LevelState

OTHERS = 3


def slack(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """Units on one row with something left that has a price, and some who could be."""
    model, columns = state.model, state.pool.columns
    left = model.rows.rhs - state.best.usage(model, columns)
    lost = np.maximum(left * state.row_price, 0.0)
    if lost.sum() <= 0:
        return nearby(state, rng, size)
    row = int(rng.choice(len(lost), p=lost / lost.sum()))
    uses = columns.rows[:, [row]].toarray()[:, 0] > 0
    could = np.unique(model.pairs.unit[columns.pair[uses]])
    if not len(could):
        return nearby(state, rng, size)
    used = state.best.used()
    aboard = np.unique(model.pairs.unit[columns.pair[used[uses[used]]]])
    others = rng.choice(could, min(len(could), max(2, size // OTHERS)), replace=False)
    return around(state, rng, np.union1d(aboard, others)[:size], size)
