"""Construct and improve: integer programs over a part, the rest held still."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhood import Part, cut_out
from movplan.optimiser.program import Answer, Effort, solve_cpsat
from movplan.optimiser.progress import Clock
from movplan.optimiser.state import LevelState

WAYS_PER_BLOC, FEW_WAYS = 6, 3
GROUP_BLOCS, GROUP_WORK, GROUP_SECONDS = 40, 0.3, 1.0
NEAR = 0.07
SUPPORT_BLOCS = 400
SUPPORT_WORK = 3.0
PART_WORK = 1.0
PART_SECONDS = 2.0
ROUND_PARTS = 12
AT_ONCE = 2
SMALLEST, LARGEST = 12, 240
GROW, SHRINK = 1.25, 0.8


def construct(state: LevelState, clock: Clock, *, large: bool) -> None:
    """A first solution: group by group near the LP, and over what the LP uses.

    Levels that count few families are whole at once over the columns the LP uses.
    """
    if not large:
        _over_support(state, clock)
        if not state.proved:
            state.enrich(FEW_WAYS)
        return
    state.enrich(WAYS_PER_BLOC)
    for group in groups(state):
        if clock.stop():
            return
        part = _near(state, group)
        left = clock.left()
        seconds = None if left is None else max(0.05, min(left, GROUP_SECONDS))
        effort = Effort(seconds=seconds, work=GROUP_WORK, seed=clock.limits.seed)
        _take(state, part, solve_cpsat(part.program, effort, part.start, clock.stop))
    if state.blocs.blocs.count <= SUPPORT_BLOCS and not state.proved:
        _over_support(state, clock)


def groups(state: LevelState) -> Iterator[IntArray]:
    """Blocs in groups that share departures, those the LP is surest of first."""
    blocs = state.blocs.blocs
    use = np.bincount(
        state.blocs.bloc[: len(state.root.lp.columns)],
        state.root.lp.columns,
        minlength=blocs.count,
    )
    rides = np.zeros((blocs.count, state.unit_departures.shape[1]))
    np.maximum.at(rides, blocs.of_unit, state.unit_departures)
    rest = np.arange(blocs.count)
    while len(rest):
        first = rest[np.argmax(use[rest])]
        shared = rides[rest] @ rides[first] / (1 + rides[rest].sum(axis=1))
        order = np.argsort(-shared, kind="stable")
        yield np.sort(rest[order[:GROUP_BLOCS]])
        rest = np.sort(rest[order[GROUP_BLOCS:]])


def _near(state: LevelState, group: IntArray) -> Part:
    """A group over the columns that cost least against the LP."""
    slack = NEAR * abs(state.bound) / max(1, state.blocs.blocs.count)
    candidates = state.candidates(group, max(1.0, slack))
    return cut_out(state.held, state.blocs, state.best, group, candidates)


def _over_support(state: LevelState, clock: Clock) -> None:
    """Whole numbers over the columns the LP uses and those of the best solution."""
    everybody = np.arange(state.blocs.blocs.count)
    support = np.flatnonzero(state.root.lp.columns > 1e-6)
    candidates = np.union1d(support, state.blocs.of_solution(state.best))
    part = cut_out(state.held, state.blocs, state.best, everybody, candidates)
    left = clock.left()
    effort = Effort(
        seconds=None if left is None else max(0.1, min(0.3 * left, 6.0)),
        work=SUPPORT_WORK,
        seed=clock.limits.seed,
    )
    _take(state, part, solve_cpsat(part.program, effort, part.start, clock.stop))


@dataclass(slots=True)
class Improver:
    """Rounds of neighbourhoods: kinds by what they gave, sizes by how hard they are."""

    state: LevelState
    clock: Clock
    round: int = 0
    size: dict[str, float] = field(default_factory=dict)
    credit: dict[str, float] = field(default_factory=dict)

    def run(self) -> int:
        """One round; returns how much it gained."""
        before = self.state.value
        rng = np.random.default_rng([self.clock.limits.seed, self.state.k, self.round])
        self.round += 1
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in range(ROUND_PARTS // AT_ONCE):
                if self.clock.stop() or self.state.proved:
                    break
                drawn = [self._draw(rng) for _ in range(AT_ONCE)]
                parts = [self._cut_out(units) for _, units in drawn]
                answers = list(pool.map(self._solve, parts))
                for (kind, _), part, answer in zip(drawn, parts, answers, strict=True):
                    self._learn(kind, _take(self.state, part, answer), answer)
        return self.state.value - before

    def _draw(self, rng: np.random.Generator) -> tuple[str, IntArray]:
        names = list(KINDS)
        credit = np.array([self.credit.get(name, 1.0) for name in names])
        name = names[int(rng.choice(len(names), p=credit / credit.sum()))]
        size = int(self.size.get(name, 2.5 * SMALLEST))
        return name, KINDS[name](
            self.state, rng, min(size, len(self.state.model.units))
        )

    def _cut_out(self, units: IntArray) -> Part:
        state = self.state
        free = state.blocs_of(units)
        candidates = state.candidates(free, np.inf)
        return cut_out(state.held, state.blocs, state.best, free, candidates)

    def _solve(self, part: Part) -> Answer:
        left = self.clock.left()
        effort = Effort(
            seconds=None if left is None else max(0.05, min(left, PART_SECONDS)),
            work=PART_WORK,
            seed=self.clock.limits.seed,
        )
        return solve_cpsat(part.program, effort, part.start, self.clock.stop)

    def _learn(self, kind: str, gained: bool, answer: Answer) -> None:
        """Larger where all is solved in vain, smaller where nothing is proved."""
        self.credit[kind] = 0.85 * self.credit.get(kind, 1.0) + (
            0.5 if gained else 0.05
        )
        size = self.size.get(kind, 2.5 * SMALLEST)
        if answer.optimal and not gained:
            size *= GROW
        elif not answer.optimal:
            size *= SHRINK
        self.size[kind] = min(max(size, SMALLEST), LARGEST)


def _take(state: LevelState, part: Part, answer: Answer) -> bool:
    """Put an answer into the solution as it is by now, if it fits and is better."""
    if answer.x is None or part.program.value(answer.x) <= part.program.value(
        part.start
    ):
        return False
    return state.offer_part(part, answer.x)


Kind = Callable[[LevelState, np.random.Generator, int], IntArray]


def _torn(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """Units the LP splits, with others drawn by chance."""
    use = state.root.lp.columns
    split = np.zeros(state.blocs.blocs.count)
    bloc = state.blocs.bloc[: len(use)]
    np.add.at(split, bloc, np.minimum(use, 1 - np.minimum(use, 1)))
    return _draw(rng, split[state.blocs.blocs.of_unit] + 0.02, size)


def _left_out(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """A few left-out units and those on the departures they could take."""
    stays = np.flatnonzero(state.best.column < 0)
    if not len(stays):
        return _nearby(state, rng, size)
    few = rng.choice(stays, min(len(stays), max(2, size // 6)), replace=False)
    return _around(state, rng, few, size)


def _nearby(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """A unit drawn by chance and those it shares departures with."""
    one = rng.choice(len(state.model.units), 1)
    return _around(state, rng, one, size)


def _departures(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """Everybody on a few departures of the plan, and some who could ride them."""
    rides = state.departures_used()
    busy = np.flatnonzero(np.asarray(rides.sum(axis=0)).ravel() > 0)
    if not len(busy):
        return _nearby(state, rng, size)
    chosen = rng.choice(busy, min(len(busy), max(1, size // 15)), replace=False)
    aboard = np.flatnonzero(rides[:, chosen].sum(axis=1) > 0)
    could = state.unit_departures[:, chosen].sum(axis=1) + 1e-3
    could[aboard] = 1e4
    return _draw(rng, could, size)


def _money(state: LevelState, rng: np.random.Generator, size: int) -> IntArray:
    """Units that could draw on one tight line, in the plan or left out."""
    rows = np.flatnonzero(
        [name.rule == "budget_ceiling" for name in state.model.rows.names]
    )
    price = state.root.lp.at.row[rows] * state.model.rows.rhs[rows]
    if not len(rows) or price.sum() <= 0:
        return _nearby(state, rng, size)
    row = int(rng.choice(rows, p=price / price.sum()))
    draws = state.pool.columns.rows[:, [row]].toarray()[:, 0] > 0
    could = np.full(len(state.model.units), 1e-3)
    could[state.model.pairs.unit[state.pool.columns.pair[draws]]] = 1.0
    return _draw(rng, could, size)


KINDS: dict[str, Kind] = {
    "torn": _torn,
    "left_out": _left_out,
    "nearby": _nearby,
    "departures": _departures,
    "money": _money,
}


def _around(
    state: LevelState, rng: np.random.Generator, seeds: IntArray, size: int
) -> IntArray:
    """Seeds and units that could ride the same departures, nearest first by chance."""
    rides = state.unit_departures
    shared = rides @ rides[seeds].sum(axis=0)
    weight = shared / max(1.0, float(shared.max(initial=0))) + 1e-3
    weight[seeds] = 1e6
    return _draw(rng, weight, size)


def _draw(rng: np.random.Generator, weight: NDArray[np.float64], size: int) -> IntArray:
    chance = weight / weight.sum()
    size = min(size, int(np.count_nonzero(chance)))
    drawn = rng.choice(len(weight), size, replace=False, p=chance)
    return np.sort(drawn).astype(np.int64)
