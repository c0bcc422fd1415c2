"""Where column generation begins: prices by descent, and the missions they send."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.descent import Descent
from movplan.optimiser.generate import Generator
from movplan.optimiser.lagrangian import Lagrangian
from movplan.optimiser.master import Held, LpSolution
from movplan.optimiser.pricing import Multipliers
from movplan.optimiser.progress import Stop

# Steps before column generation; with more blocs than simplex can do, steps are all.
STEPS, STEPS_ALONE = 150, 1_000
MOST_BLOCS = 4_000
SENT, FIRST_WAYS = 0.05, 3


@dataclass(frozen=True, slots=True)
class Warm:
    """Prices to start from, without cuts, and the missions sent at them on average."""

    at: Multipliers
    missions: IntArray


def warm_prices(
    pool: BlocPool,
    held: Held,
    stop: Stop,
    told: Callable[[Multipliers], None] | None = None,
) -> Warm:
    """Prices of a level by descent; ``told`` hears of them on the way."""
    lagrangian = Lagrangian(pool, held)
    descent = Descent.from_nothing(lagrangian)

    def tell(found: Descent) -> None:
        if told is not None:
            told(lagrangian.multipliers(found.price))

    descent.run(STEPS, stop)
    tell(descent)
    if beyond_simplex(pool):
        descent.run(STEPS_ALONE, stop, tell)
    return Warm(
        at=lagrangian.multipliers(descent.price),
        missions=np.flatnonzero(descent.plant > SENT),
    )


def beyond_simplex(pool: BlocPool) -> bool:
    """Whether there are more blocs than the simplex method can do in useful time."""
    return pool.blocs.count > MOST_BLOCS


def start_from(generator: Generator, warm: Warm) -> None:
    """Put the columns the prices promise into a generator, missions included."""
    at = warm.at
    priced = generator.blocs.pricing.price(generator.cuts, at)
    generator.centre = at
    everything = _free(generator.master.nothing(), at)
    generator.add_promising(priced, priced, everything, FIRST_WAYS)
    generator.master.add_columns()
    waiting = generator.master.plant_at[warm.missions] < 0
    generator.master.add_plant(warm.missions[waiting])
    generator.send_missions(at)


def _free(lp: LpSolution, at: Multipliers) -> LpSolution:
    """An LP solution at whose bloc prices every way is worth having."""
    price: NDArray[np.float64] = np.full(len(lp.bloc_price), -np.inf)
    return LpSolution(lp.value, lp.columns, lp.plant, price, at, feasible=True)
