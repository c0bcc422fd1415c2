"""Construct and improve: integer programs over part of the model, the rest held still."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhood import Part, cut_out
from movplan.optimiser.program import Answer, Effort, solve_cpsat, solve_highs
from movplan.optimiser.progress import Clock
from movplan.optimiser.state import LevelState

CONSTRUCT_PAIRS = 8
WHOLE_NODES = 20.0
PART_NODES = 2.0
CPSAT_WORK = 2.0
ROUND_PARTS = 6


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Units to free together, and why: its name is counted for what it gives."""

    name: str
    units: IntArray


def construct(state: LevelState, clock: Clock) -> None:
    """A first solution: the whole model over its most promising columns."""
    state.enrich(CONSTRUCT_PAIRS)
    everybody = np.arange(len(state.model.units))
    slack = max(1.0, 0.02 * abs(state.bound))
    effort = Effort(
        seconds=_seconds(clock, 0.4), work=WHOLE_NODES, seed=clock.limits.seed
    )
    solve_part(state, clock, everybody, slack=slack, effort=effort)


def improve(state: LevelState, clock: Clock, seed: int) -> int:
    """One round of neighbourhoods; returns how many improved the solution."""
    generator = np.random.default_rng([clock.limits.seed, state.k, seed])
    improved = 0
    for hood in neighbourhoods(state, generator):
        if clock.stop() or state.proved:
            break
        effort = Effort(
            seconds=_seconds(clock, 0.5), work=PART_NODES, seed=clock.limits.seed
        )
        improved += solve_part(state, clock, hood.units, slack=np.inf, effort=effort)
    return improved


def solve_part(
    state: LevelState,
    clock: Clock,
    units: IntArray,
    *,
    slack: float,
    effort: Effort,
) -> bool:
    """Free some units, solve, and take what is better."""
    candidates = state.candidates(units, slack)
    part = cut_out(
        state.model, state.held, state.pool.columns, state.best, units, candidates
    )
    answer = run_engine(part, effort, clock)
    if answer.x is None:
        return False
    found = part.merge(state.best, state.pool.columns, answer.x)
    return state.offer(found)


def run_engine(part: Part, effort: Effort, clock: Clock) -> Answer:
    """HiGHS by measurement; CP-SAT where it returns nothing."""
    answer = solve_highs(part.program, effort, part.start, clock.stop)
    if answer.x is not None or clock.stop():
        return answer
    work = Effort(seconds=effort.seconds, work=CPSAT_WORK, seed=effort.seed)
    return solve_cpsat(part.program, work, part.start, clock.stop)


def neighbourhoods(
    state: LevelState, generator: np.random.Generator
) -> Iterator[Neighbourhood]:
    """A round: departures the LP is torn about, left-out families, chance."""
    size = min(len(state.model.units), 80)
    for k in range(ROUND_PARTS):
        if k % 3 == 0:
            yield _torn(state, generator, size)
        elif k % 3 == 1:
            yield _left_out(state, generator, size)
        else:
            yield _nearby(state, generator, size)


def _torn(
    state: LevelState, generator: np.random.Generator, size: int
) -> Neighbourhood:
    """Units the LP splits, with others drawn by how much of them it splits."""
    unit = state.model.pairs.unit[state.pool.columns.pair]
    use = state.root.lp.columns
    split = np.zeros(len(state.model.units))
    np.add.at(split, unit[: len(use)], np.minimum(use, 1 - np.minimum(use, 1)))
    weight = split + 0.02
    return Neighbourhood("torn", _draw(generator, weight, size))


def _left_out(
    state: LevelState, generator: np.random.Generator, size: int
) -> Neighbourhood:
    """A few left-out units and those on the departures they could take."""
    stays = np.flatnonzero(state.best.column < 0)
    if not len(stays):
        return _nearby(state, generator, size)
    few = generator.choice(stays, min(len(stays), 5), replace=False)
    return Neighbourhood("left_out", _around(state, generator, few, size))


def _nearby(
    state: LevelState, generator: np.random.Generator, size: int
) -> Neighbourhood:
    """A unit drawn by chance and those it shares departures with."""
    one = generator.choice(len(state.model.units), 1)
    return Neighbourhood("nearby", _around(state, generator, one, size))


def _around(
    state: LevelState, generator: np.random.Generator, seeds: IntArray, size: int
) -> IntArray:
    """Seeds and units that could ride the same departures, nearest first by chance."""
    rides = _unit_departures(state)
    shared = np.asarray(rides @ rides[seeds].sum(axis=0)).ravel()
    weight = shared / max(1.0, float(shared.max(initial=0))) + 1e-3
    weight[seeds] = 1e6
    return _draw(generator, weight, size)


def _unit_departures(state: LevelState) -> NDArray[np.float64]:
    """How much of a unit's pairs ride each departure: [units x departures]."""
    model = state.model
    counts = np.zeros((len(model.units), len(model.departure_ids)))
    coo = model.pair_departures.tocoo()
    np.add.at(counts, (model.pairs.unit[coo.row], coo.col), 1.0)
    return np.minimum(counts, 1.0)


def _draw(
    generator: np.random.Generator, weight: NDArray[np.float64], size: int
) -> IntArray:
    chance = weight / weight.sum()
    size = min(size, int(np.count_nonzero(chance)))
    drawn = generator.choice(len(weight), size, replace=False, p=chance)
    return np.sort(drawn).astype(np.int64)


def _seconds(clock: Clock, share: float) -> float | None:
    left = clock.left()
    return None if left is None else max(0.05, left * share)
