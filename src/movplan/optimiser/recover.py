"""A plan found again from the journeys it told; all else is decided whole.

Serving families one after another may leave some of a plan's families without a seat,
an appointment or money they had. With the journeys given, everything else is a small
whole program, so nobody is lost who can be kept.
"""

import numpy as np

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Pool
from movplan.optimiser.master import Held
from movplan.optimiser.program import Effort, solve_cpsat
from movplan.optimiser.progress import Stop
from movplan.optimiser.solution import Solution
from movplan.optimiser.whole import decoded, encoded, write_whole

WORK, SECONDS = 4.0, 4.0
NOTHING_HELD = -(10**15)


def recover(
    model: Model, pool: Pool, start: Solution, pairs: IntArray, stop: Stop
) -> Solution:
    """The best solution over some pairs and those of ``start``, never worse than it.

    Best at the first level that is maximised (the first of all without one).
    """
    k = next((j for j, level in enumerate(model.levels) if level.sign > 0), 0)
    used = pool.columns.pair[start.used()]
    held = Held((NOTHING_HELD,) * k)
    whole = write_whole(model, held, np.union1d(pairs, used))
    vector = encoded(whole, pool, start)
    effort = Effort(seconds=SECONDS, work=WORK)
    answer = solve_cpsat(whole.program, effort, vector, stop)
    if answer.x is None:
        return start
    found = decoded(whole, pool, answer.x)
    better = found.value(model, pool.columns, k) > start.value(model, pool.columns, k)
    return found if better else start
