"""Valid rows added to the model's own: sum of pairs <= sum of plant columns + constant.

Every cut is written in pairs and plant columns, never in single columns of the pool, so
pricing stays exact over all columns that do not exist yet.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray


@dataclass(frozen=True, slots=True)
class Cuts:
    """Cuts ``pairs @ x <= plant @ y + rhs`` with integer coefficients.

    ``pairs`` [cuts x pairs], ``plant`` [cuts x plant columns], ``rhs`` [cuts].
    """

    pairs: csr_array
    plant: csr_array
    rhs: IntArray

    def __len__(self) -> int:
        return len(self.rhs)

    def join(self, other: "Cuts") -> "Cuts":
        """These cuts, then the others."""
        return Cuts(
            pairs=csr_array(vstack([self.pairs, other.pairs], format="csr")),
            plant=csr_array(vstack([self.plant, other.plant], format="csr")),
            rhs=np.concatenate([self.rhs, other.rhs]),
        )

    def take(self, which: IntArray) -> "Cuts":
        """Some of the cuts."""
        return Cuts(
            pairs=csr_array(self.pairs[which]),
            plant=csr_array(self.plant[which]),
            rhs=self.rhs[which],
        )

    def pair_price(self, price: NDArray[Any]) -> NDArray[Any]:
        """What each pair pays for the cuts it stands in."""
        paid: NDArray[Any] = self.pairs.T @ price
        return paid

    def plant_price(self, price: NDArray[Any]) -> NDArray[Any]:
        """What each plant column earns from the cuts it relaxes."""
        earned: NDArray[Any] = self.plant.T @ price
        return earned

    def excess(
        self, pair_use: NDArray[np.float64], plant_use: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """By how much a solution breaks each cut (negative: it does not)."""
        over: NDArray[np.float64] = (
            self.pairs @ pair_use - self.plant @ plant_use - self.rhs
        )
        return over


def no_cuts(model: Model) -> Cuts:
    """No cuts yet."""
    return Cuts(
        pairs=csr_array((0, len(model.pairs)), dtype=np.int64),
        plant=csr_array((0, len(model.plant)), dtype=np.int64),
        rhs=np.zeros(0, np.int64),
    )
