"""Starting columns and prices: column generation on samples of the blocs, in turn.

A sample of one bloc in n, with one n-th of every capacity, has much the same prices as
the whole and is solved in a fraction of the time. All n samples together use columns
that nearly solve the whole, whose LP then needs few rounds.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.generate import Generator
from movplan.optimiser.master import Held, LpSolution
from movplan.optimiser.pricing import Multipliers, price_pairs
from movplan.optimiser.progress import Stop
from movplan.optimiser.solution import nobody

BLOCS_PER_SAMPLE, MOST_SAMPLES = 120, 4
PROGRESS = 3e-2
USED = 1e-6


@dataclass(frozen=True, slots=True)
class Warm:
    """Prices to start from, over the model's rows (no cuts), at some level.

    ``missions`` are those that samples sent: the whole begins with them.
    """

    at: Multipliers
    missions: IntArray


def warm_prices(
    model: Model,
    blocs: BlocPool,
    held: Held,
    stop: Stop,
    *,
    told: Callable[[BlocPool, LpSolution], None] | None = None,
) -> Warm | None:
    """Solve every sample, keep the columns used; ``None`` with too few blocs.

    ``told`` hears of every sample: its pool, and its LP at the mean of the prices.
    """
    count = blocs.blocs.count // BLOCS_PER_SAMPLE
    warm: Warm | None = None
    for turn in range(min(count, MOST_SAMPLES) if count > 1 else 0):
        if stop():
            break
        pool = BlocPool(model, blocs.blocs, blocs.pool)
        generator = Generator(
            model, pool, held, stop, start=nobody(model), sample=count, turn=turn
        )
        if warm is not None:
            start_from(generator, warm)
        lp = generator.settle(PROGRESS)
        blocs.take(pool, np.flatnonzero(lp.columns > USED))
        sent = np.flatnonzero(lp.plant > USED)
        missions = sent if warm is None else np.union1d(warm.missions, sent)
        warm = Warm(_mixed(warm, lp.at, turn), missions)
        if told is not None:
            told(pool, replace(lp, at=warm.at))
    return warm


def _mixed(warm: Warm | None, at: Multipliers, turn: int) -> Multipliers:
    """The mean of the prices so far."""
    none = np.zeros(0)
    if warm is None:
        return Multipliers(row=at.row, cut=none, level=at.level)
    share = turn / (turn + 1)
    row = share * warm.at.row + (1 - share) * at.row
    level = share * warm.at.level + (1 - share) * at.level
    return Multipliers(row=row, cut=none, level=level)


def start_from(generator: Generator, warm: Warm) -> None:
    """Put the columns the prices promise into a generator, missions included."""
    at = warm.at
    priced = price_pairs(generator.model, generator.cuts, at)
    generator.centre = at
    generator.add_promising(priced, priced, _free(generator.master.nothing(), at))
    generator.master.add_columns()
    waiting = generator.master.plant_at[warm.missions] < 0
    generator.master.add_plant(warm.missions[waiting])
    generator.send_missions(at)


def _free(lp: LpSolution, at: Multipliers) -> LpSolution:
    """An LP solution at whose bloc prices every way is worth having."""
    price = np.full(len(lp.bloc_price), -np.inf)
    return LpSolution(lp.value, lp.columns, lp.plant, price, at, feasible=True)
