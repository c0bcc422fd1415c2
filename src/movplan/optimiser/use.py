"""How much a solution in fractions uses of pairs and plant."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Use:
    """How much is used of every pair [pairs] and plant column [plant]."""

    pairs: NDArray[np.float64]
    plant: NDArray[np.float64]
