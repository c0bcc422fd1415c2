"""The whole search on tiny models: values, proofs, repetition, cancellation."""

import time
from typing import cast

import numpy as np
import pytest

from movplan.domain.words import StopReason
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.columns import Pool
from movplan.optimiser.from_arrays import search_cpsat
from movplan.optimiser.master import Held
from movplan.optimiser.parts import cut_out
from movplan.optimiser.program import Effort, solve_cpsat
from movplan.optimiser.progress import Clock, Limits
from movplan.optimiser.solve import Optimised, optimise
from movplan.screening.result import Screening
from tests.optimiser.second_engine import solve_highs
from tests.optimiser.tiny import Data, best_by_trying, random_data, tiny_model

NOBODY = cast(Screening, None)


def _optimise(data: Data, limits: Limits) -> Optimised:
    model = tiny_model(data, NOBODY)
    return optimise(model, Clock(limits, lambda: False), lambda _: None)


@pytest.mark.parametrize("seed", range(12))
def test_both_levels_reach_the_optimum_found_by_trying(seed: int) -> None:
    data = random_data(seed)
    weight, cost = best_by_trying(data)
    found = _optimise(data, Limits(effort=3))
    assert found.outcomes[0].value == weight
    assert found.outcomes[1].value == cost
    assert found.outcomes[0].bound >= weight
    assert found.outcomes[1].bound <= cost


def test_effort_repeats_and_says_so() -> None:
    data = random_data(3)
    first, second = (_optimise(data, Limits(effort=2, seed=5)) for _ in range(2))
    assert first.repeatable
    assert first.outcomes == second.outcomes
    assert np.array_equal(first.solution.column, second.solution.column)
    assert np.array_equal(first.solution.plant, second.solution.plant)


def test_a_cancelled_run_returns_what_it_has_at_once() -> None:
    model = tiny_model(random_data(1), NOBODY)
    begun = time.monotonic()
    found = optimise(model, Clock(Limits(), lambda: True), lambda _: None)
    assert time.monotonic() - begun < 2
    assert found.reason is StopReason.CANCELLED
    assert len(found.outcomes) == 2


@pytest.mark.parametrize("seed", range(6))
def test_engines_agree_on_a_part_and_it_merges_back(seed: int) -> None:
    data = random_data(seed)
    model = tiny_model(data, NOBODY)
    found = _optimise(data, Limits(effort=1))
    pool = BlocPool(model, Blocs(model), cast(Pool, found.pool))
    used = pool.of_solution(found.solution)
    free = np.arange(pool.blocs.count)
    part = cut_out(Held(()), pool, found.solution, free, np.arange(len(pool)))
    assert part.program.is_solution(part.start)
    effort = Effort(work=5.0)
    answers = [
        solve(part.program, effort, part.start, lambda: False)
        for solve in (solve_highs, solve_cpsat, search_cpsat)
    ]
    values = [part.program.value(a.x) for a in answers if a.x is not None]
    assert values == [values[0]] * 3
    same = part.merge(found.solution, part.start)
    assert np.array_equal(same.column, found.solution.column)
    assert len(used) == len(np.unique(pool.bloc[used]))
