"""A level that counts few families, solved outright: whole numbers over a few ways.

The LP of such a level meets its bound before it has a single cut. Links and patterns
would then only make it more whole, round by round; a whole program over what the LP
uses and the best way of everybody concerned is sooner done, and where it reaches the
bound the level is proved. Ways on which a plan could not be finished are left out and
others offered instead.
"""

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.from_arrays import search_cpsat
from movplan.optimiser.parts import Part, cut_out
from movplan.optimiser.program import Effort
from movplan.optimiser.progress import Clock
from movplan.optimiser.state import LevelState

WORK, SECONDS, TRIES = 1.0, 2.0, 4
# Ways for everybody concerned, if they are few, and for those who cannot go theirs.
WAYS, FEW, OTHER_WAYS = 1, 300, 4
USED = 1e-6


def solve_outright(state: LevelState, clock: Clock) -> None:
    """Decide everybody concerned again, over a few ways and those they ride now."""
    concerned = _concerned(state)
    if len(concerned) <= FEW:
        state.enrich(WAYS, concerned)
    refused = np.zeros(0, np.int64)
    for _ in range(TRIES):
        lost = _decide(state, clock, concerned, refused)
        if state.proved or clock.stop() or not len(lost):
            return
        refused = np.union1d(refused, lost)
        state.enrich(OTHER_WAYS, np.unique(state.blocs.bloc[refused]))


def _decide(
    state: LevelState, clock: Clock, concerned: IntArray, refused: IntArray
) -> IntArray:
    """Offer the best plan without the refused ways; those it could not be finished on.

    None if it was finished as it is, or if there is nothing to be learnt from it. From
    one that finishing took more from than levels held allow there is.
    """
    part = _part(state, concerned, refused)
    left = clock.left()
    effort = Effort(
        seconds=None if left is None else max(0.1, min(0.3 * left, SECONDS)),
        work=WORK,
        seed=clock.limits.seed,
    )
    x = search_cpsat(part.program, effort, part.start, clock.stop).x
    taken = x is not None and state.offer_part(part, x)
    finished = state.best if taken else state.short
    if x is None or finished is None:
        return np.zeros(0, np.int64)
    asked = part.candidates[x[: len(part.candidates)] > 0]
    return np.setdiff1d(asked, state.blocs.of_solution(finished))


def _part(state: LevelState, concerned: IntArray, refused: IntArray) -> Part:
    """Everybody concerned over their columns, or those the LP uses if they are many."""
    pool = state.blocs
    used = pool.of_solution(state.best)
    columns = np.flatnonzero(np.isin(pool.bloc, concerned))
    if len(concerned) > FEW:
        others = np.flatnonzero(np.isin(pool.bloc, pool.bloc[refused]))
        columns = np.union1d(np.flatnonzero(state.root.lp.columns > USED), others)
    candidates = np.union1d(np.setdiff1d(columns, refused), used)
    free = np.unique(pool.bloc[candidates])
    return cut_out(state.held, pool, state.best, free, candidates)


def _concerned(state: LevelState) -> IntArray:
    """Blocs the level counts, and those that the LP uses to reach its value."""
    blocs, lp = state.blocs, state.root.lp
    counted = np.flatnonzero(state.model.levels[state.k].pair_value)
    lp_uses = blocs.bloc[np.flatnonzero(lp.columns > USED)]
    return np.union1d(blocs.blocs.of_pair[counted], lp_uses)
