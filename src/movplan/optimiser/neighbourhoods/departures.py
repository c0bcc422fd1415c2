"""Everybody on a few departures of the plan, and some who could ride them."""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhoods.drawing import FAINT, draw
from movplan.optimiser.neighbourhoods.nearby import nearby
from movplan.optimiser.state import LevelState

ABOARD = 1e4
UNITS_PER_DEPARTURE = 15


def departures(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """Everybody on a few departures of the plan, and some who could ride them."""
    rides = state.departures_used()
    busy = np.flatnonzero(np.asarray(rides.sum(axis=0)).ravel() > 0)
    if not len(busy):
        return nearby(state, rng, size)
    number = min(len(busy), max(1, size // UNITS_PER_DEPARTURE))
    chosen = rng.choice(busy, number, replace=False)
    aboard = np.flatnonzero(rides[:, chosen].sum(axis=1) > 0)
    could = state.unit_departures[:, chosen].sum(axis=1) + FAINT
    could[aboard] = ABOARD
    return draw(rng, could, size)
