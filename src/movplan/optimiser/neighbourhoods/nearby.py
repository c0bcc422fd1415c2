"""A unit drawn by chance and those it could share departures with."""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhoods.drawing import around
from movplan.optimiser.state import LevelState


def nearby(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """A unit drawn by chance and those it could share departures with."""
    return around(state, rng, rng.choice(len(state.model.units), 1), size)
