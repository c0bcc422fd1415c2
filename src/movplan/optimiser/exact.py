"""Closing the gap: drop what cannot be in a better plan, solve what is left whole.

At integer prices with Lagrangian bound T, forcing pair p bounds every plan by T less
what the bloc of p loses by it. Pairs for which that is not above the best known value
can be left out: a better plan uses none of them. What is left goes to CP-SAT, whose
bound is exact; the plan's bound is the larger of that and the value already known.
"""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bound import exact_total, value_step
from movplan.optimiser.program import Effort, solve_cpsat
from movplan.optimiser.progress import Clock
from movplan.optimiser.state import LevelState
from movplan.optimiser.whole import decoded, encoded, num_columns, write_whole

WORK = 20.0


def survivors(state: LevelState) -> IntArray:
    """Pairs that a plan better than the best known may use."""
    model, cuts = state.model, state.root.cuts
    blocs = state.blocs.blocs
    total, at, denominator = exact_total(
        model, blocs, cuts, state.held, state.root.lp.at
    )
    value = blocs.pricing.price(cuts, at).pair_value
    needed = (state.value + value_step(model, state.k)) * denominator
    slack = total - needed
    if slack < 0:
        return np.zeros(0, np.int64)
    pair, loss = blocs.loss(value)
    found: IntArray = np.sort(pair[loss <= slack])
    return found


def prove(state: LevelState, clock: Clock, *, most_columns: int, share: float) -> None:
    """Solve the surviving pairs whole, if that takes at most so many columns."""
    pairs = np.union1d(survivors(state), _used_pairs(state))
    if num_columns(state.model, pairs) > most_columns:
        return
    whole = write_whole(state.model, state.held, pairs)
    left = clock.left()
    effort = Effort(
        seconds=None if left is None else max(0.1, left * share),
        work=WORK,
        seed=clock.limits.seed,
    )
    answer = solve_cpsat(
        whole.program, effort, encoded(whole, state.pool, state.best), clock.stop
    )
    if answer.x is not None:
        state.offer(decoded(whole, state.pool, answer.x))
    if np.isfinite(answer.bound):
        reached = int(np.floor(answer.bound + 1e-6))
        state.bound = min(state.bound, max(state.value, reached))


def _used_pairs(state: LevelState) -> IntArray:
    return state.pool.columns.pair[state.best.used()]
