"""Units the LP splits, with others drawn by chance."""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhoods.drawing import draw
from movplan.optimiser.state import LevelState


def torn(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """Units the LP splits, with others drawn by chance."""
    use = state.root.lp.columns
    split = np.zeros(state.blocs.blocs.count)
    bloc = state.blocs.bloc[: len(use)]
    np.add.at(split, bloc, np.minimum(use, 1 - np.minimum(use, 1)))
    return draw(rng, split[state.blocs.blocs.of_unit] + 0.02, size)
