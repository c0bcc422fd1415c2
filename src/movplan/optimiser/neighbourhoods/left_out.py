"""A few left-out units and those on the departures they could take."""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhoods.drawing import around
from movplan.optimiser.neighbourhoods.nearby import nearby
from movplan.optimiser.state import LevelState


def left_out(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """A few left-out units and those on the departures they could take."""
    stays = np.flatnonzero(state.best.column < 0)
    if not len(stays):
        return nearby(state, rng, size)
    few = rng.choice(stays, min(len(stays), max(2, size // 6)), replace=False)
    return around(state, rng, few, size)
