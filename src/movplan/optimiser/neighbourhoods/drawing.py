"""Drawing units by chance, and those who could ride with others."""

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.state import LevelState

FAINT = 1e-3
SURE = 1e6
# How much chance counts beside nearness.
CHANCE = 0.5


def draw(rng: np.random.Generator, weight: NDArray[np.float64], size: int) -> IntArray:
    """``size`` units, more likely the larger their weight."""
    chance = weight / weight.sum()
    size = min(size, int(np.count_nonzero(chance)))
    drawn = rng.choice(len(weight), size, replace=False, p=chance)
    return np.sort(drawn).astype(np.int64)


def around(
    state: LevelState, rng: np.random.Generator, seeds: IntArray, size: int
) -> IntArray:
    """Seeds and units that could ride the same departures, nearest first by chance."""
    rides = state.unit_departures
    shared = rides @ rides[seeds].sum(axis=0)
    weight = shared / max(1.0, float(shared.max(initial=0))) + FAINT
    weight[seeds] = SURE
    return draw(rng, weight, size)


def nearest(
    state: LevelState,
    rng: np.random.Generator,
    units: IntArray,
    among: IntArray,
    most: int,
) -> IntArray:
    """At most so many of ``among`` that could ride with units, nearest by chance."""
    if len(among) <= most:
        return among
    rides = state.unit_departures
    shared = rides[among] @ rides[units].sum(axis=0)
    near = shared / max(1.0, float(shared.max())) + CHANCE * rng.random(len(among))
    return np.sort(among[np.argsort(-near, kind="stable")[:most]])
