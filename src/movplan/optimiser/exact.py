"""Closing the gap: drop what cannot be in a better plan, solve what is left whole.

At integer prices with Lagrangian bound T, forcing pair p bounds every plan by T less
what the bloc of p loses by it. Pairs for which that is not above the best known value
can be left out: a better plan uses none of them. What is left goes to CP-SAT, whose
bound is exact; the plan's bound is the larger of that and the value already known.
"""

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bound import exact_total, value_step
from movplan.optimiser.pricing import price_pairs
from movplan.optimiser.program import Effort, solve_cpsat
from movplan.optimiser.progress import Clock
from movplan.optimiser.solution import Solution
from movplan.optimiser.state import LevelState
from movplan.optimiser.whole import Whole, write_whole

WORK = 20.0


def survivors(state: LevelState) -> IntArray:
    """Pairs that a plan better than the best known may use."""
    model, cuts = state.model, state.root.cuts
    blocs = state.blocs.blocs
    total, at, denominator = exact_total(
        model, blocs, cuts, state.held, state.root.lp.at
    )
    value = price_pairs(model, cuts, at).pair_value
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
    whole = write_whole(state.model, state.held, pairs)
    if whole.program.matrix.shape[1] > most_columns:
        return
    left = clock.left()
    effort = Effort(
        seconds=None if left is None else max(0.1, left * share),
        work=WORK,
        seed=clock.limits.seed,
    )
    answer = solve_cpsat(whole.program, effort, start_of(state, whole), clock.stop)
    if answer.x is not None:
        state.offer(_solution(state, whole, answer.x))
    if np.isfinite(answer.bound):
        reached = int(np.floor(answer.bound + 1e-6))
        state.bound = min(state.bound, max(state.value, reached))


def _used_pairs(state: LevelState) -> IntArray:
    return state.pool.columns.pair[state.best.used()]


def _solution(state: LevelState, whole: Whole, x: IntArray) -> Solution:
    """A solution of the whole program as columns of the pool."""
    columns = whole.columns_of(x)
    index = state.pool.add(columns)
    column = np.full(len(state.model.units), -1, np.int64)
    column[state.model.pairs.unit[columns.pair]] = index
    return replace(state.best, column=column, plant=whole.plant_of(x))


def start_of(state: LevelState, whole: Whole) -> IntArray | None:
    """The best known solution as a vector of the whole program."""
    columns = state.pool.columns
    used = state.best.used()
    x = np.isin(whole.pairs, columns.pair[used]).astype(np.int64)
    chosen = {
        (int(pair), int(template))
        for k, pair in zip(used, columns.pair[used], strict=True)
        for template in _entries(columns.templates, int(k))
    }
    y = [
        (int(whole.pairs[pair]), int(template)) in chosen
        for pair, template in zip(whole.y_pair, whole.y_template, strict=True)
    ]
    paying = {
        (int(pair), int(choice))
        for k, pair in zip(used, columns.pair[used], strict=True)
        for choice in _entries(columns.choices, int(k))
    }
    of_use = np.concatenate([np.arange(len(whole.pairs)), whole.y_pair])
    z = [
        (int(whole.pairs[of_use[owner]]), int(choice)) in paying
        for owner, choice in zip(whole.z_owner, whole.z_choice, strict=True)
    ]
    start = np.concatenate(
        [x, np.array(y, np.int64), np.array(z, np.int64), state.best.plant]
    )
    return start if whole.program.is_solution(start) else None


def _entries(matrix: csr_array, row: int) -> IntArray:
    """Column indices of one row of a sparse matrix."""
    indptr, indices = matrix.indptr, matrix.indices
    return np.asarray(indices[indptr[row] : indptr[row + 1]], np.int64)
