"""Where column generation begins: prices by first-order steps, and what they use."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.bound import free_rows
from movplan.optimiser.descent import Descent
from movplan.optimiser.first_order import FirstOrder, FirstPrices
from movplan.optimiser.generate import Generator
from movplan.optimiser.lagrangian import Lagrangian
from movplan.optimiser.master import Held, LpSolution
from movplan.optimiser.pricing import Multipliers
from movplan.optimiser.progress import Stop
from movplan.optimiser.use import Use

# How near to the LP first-order steps come: soon, then nearer.
TOLERANCES = (1e-2, 1e-3)
# With more blocs than simplex can do, prices come by descent first; then by first-order
# steps in a share of the time left that is so many seconds per bloc, else by descent.
# Without a clock, or none that a search races against, descent goes on.
# The first prices are told soon: a search that waits begins from them.
STEPS, SOON, STEPS_ALONE = 150, 50, 1_000
FINAL_SHARE, FINAL_EACH_S = 0.75, 5e-3
MOST_BLOCS = 4_000
SENT, FIRST_WAYS = 0.05, 3


# Hears of prices, and says whether they are better than those it heard of before.
Told = Callable[[FirstPrices], bool]


def nobody_told(_: FirstPrices) -> bool:
    """Where nobody waits for prices, the last are the best."""
    return True


def no_clock() -> None:
    """Where no time is known by which the level has to end."""


def warm_prices(
    pool: BlocPool,
    held: Held,
    stop: Stop,
    told: Told = nobody_told,
    left: Callable[[], float | None] = no_clock,
) -> FirstPrices:
    """First prices of a level; ``told`` hears of all that are found on the way.

    ``left`` says how many seconds the level has.
    """
    if beyond_simplex(pool):
        return _descended(pool, held, stop, told, left)
    model = pool.model
    nothing = Use(np.zeros(len(model.pairs)), np.zeros(len(model.plant)))
    best = FirstPrices(free_rows(model, held.level), nothing)
    first_order = FirstOrder(pool, held)
    for tolerance in TOLERANCES:
        found = None if stop() else first_order.solve(tolerance, stop)
        if found is None:
            break
        if told(found):
            best = found
    return best


def _descended(
    pool: BlocPool,
    held: Held,
    stop: Stop,
    told: Told,
    left: Callable[[], float | None],
) -> FirstPrices:
    """Prices of a level by descent, then by first-order steps if there is time."""
    lagrangian = Lagrangian(pool, held)
    descent = Descent.from_nothing(lagrangian)

    def priced(found: Descent) -> FirstPrices:
        use = Use(found.pairs, found.plant)
        return FirstPrices(lagrangian.multipliers(found.price), use)

    for _ in range(0, STEPS, SOON):
        descent.run(SOON, stop)
        told(priced(descent))
        if stop():
            break
    seconds = FINAL_SHARE * (left() or 0.0)
    if seconds > FINAL_EACH_S * pool.blocs.count:
        found = FirstOrder(pool, held).solve(TOLERANCES[-1], stop, seconds)
        if found is not None and told(found):
            return found
    descent.run(STEPS_ALONE, stop, lambda found: told(priced(found)))
    return priced(descent)


def beyond_simplex(pool: BlocPool) -> bool:
    """Whether there are more blocs than the simplex method can do in useful time."""
    return pool.blocs.count > MOST_BLOCS


def start_from(generator: Generator, warm: FirstPrices) -> None:
    """Give a generator the bound at the prices, and the columns they promise.

    Missions included.
    """
    at = warm.at
    priced = generator.blocs.pricing.price(generator.cuts, at)
    generator.prove(at)
    everything = _free(generator.master.nothing(), at)
    generator.add_promising(priced, priced, everything, FIRST_WAYS)
    generator.master.add_columns()
    sent = (warm.use.plant > SENT) & (generator.master.plant_at < 0)
    generator.master.add_plant(np.flatnonzero(sent))
    generator.send_missions(at)


def _free(lp: LpSolution, at: Multipliers) -> LpSolution:
    """An LP solution at whose bloc prices every way is worth having."""
    price: NDArray[np.float64] = np.full(len(lp.bloc_price), -np.inf)
    return LpSolution(lp.value, lp.columns, lp.plant, price, at, feasible=True)
