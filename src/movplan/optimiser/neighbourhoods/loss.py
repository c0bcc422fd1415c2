"""Units on ways that cost most against the bound's prices, or left out at a price."""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhoods.drawing import around
from movplan.optimiser.neighbourhoods.nearby import nearby
from movplan.optimiser.state import LevelState

SEEDS = 8


def loss(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """Units by what their bloc loses in the plan, and those around them."""
    used = state.blocs.of_solution(state.best)
    lost = np.maximum(state.root.lp.bloc_price, 0.0)
    lost[state.blocs.bloc[used]] = np.maximum(-state.reduced_values()[used], 0.0)
    weight = lost[state.blocs.blocs.of_unit]
    if weight.sum() <= 0:
        return nearby(state, rng, size)
    number = min(int(np.count_nonzero(weight)), max(1, size // SEEDS))
    seeds = rng.choice(len(weight), number, replace=False, p=weight / weight.sum())
    return around(state, rng, seeds, size)
