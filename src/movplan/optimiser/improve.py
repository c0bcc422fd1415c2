"""Integer programs over a part, the rest held still."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.counted_parts import Basis, CountedPart, cut_out_counted
from movplan.optimiser.fill import fill
from movplan.optimiser.from_arrays import search_cpsat
from movplan.optimiser.neighbourhoods import KINDS
from movplan.optimiser.neighbourhoods.drawing import nearest
from movplan.optimiser.parts import Part, cut_out
from movplan.optimiser.program import Answer, Effort
from movplan.optimiser.progress import Clock
from movplan.optimiser.state import LevelState

WAYS_PER_BLOC, FEW_WAYS = 6, 3
SUPPORT_WORK = 3.0
PART_WORK = 0.3
PART_SECONDS = 2.0
ROUND_PARTS, ROUND_COUNTED = 12, 4
AT_ONCE = 2
# Units that stay and are decided again with those a neighbourhood draws.
MOST_OTHERS = 50
SMALLEST, LARGEST = 12, 100
GROW, SHRINK = 1.25, 0.8


def both_cores() -> int:
    """Parts solved at once where nothing else is under way."""
    return AT_ONCE


def nothing_new() -> None:
    """Where prices do not change while searching."""


def construct(state: LevelState, clock: Clock, *, large: bool) -> None:
    """A first solution of a level that counts few families; columns for any.

    Such a level is whole at once over the columns the LP uses. One that counts most is
    searched by walks (``annealing/``), which need no columns.
    """
    if large:
        state.enrich(WAYS_PER_BLOC)
        return
    _over_support(state, clock)
    if not state.proved:
        state.enrich(FEW_WAYS)


def _near(state: LevelState, blocs: IntArray, slack: float) -> Part:
    """A part over the known columns whose reduced value is within ``slack`` of 0."""
    candidates = state.candidates(blocs, slack)
    return cut_out(state.held, state.blocs, state.best, blocs, candidates)


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
    _take(state, part, search_cpsat(part.program, effort, part.start, clock.stop))


@dataclass(slots=True)
class Improver:
    """Rounds of neighbourhoods: kinds by what they gave, sizes by how hard they are.

    Parts are over known columns, or over the compact model (``counted``) with whoever
    stays and could ride with those drawn.
    """

    state: LevelState
    clock: Clock
    at_once: Callable[[], int] = both_cores
    before: Callable[[], None] = nothing_new
    counted: bool = False
    round: int = 0
    size: dict[str, float] = field(default_factory=dict)
    credit: dict[str, float] = field(default_factory=dict)

    def run(self) -> int:
        """One round; returns how much it gained."""
        before = self.state.value
        rng = np.random.default_rng([self.clock.limits.seed, self.state.k, self.round])
        self.round += 1
        left = ROUND_COUNTED if self.counted else ROUND_PARTS
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while left > 0 and not self.clock.stop() and not self.state.proved:
                self.before()
                drawn = [self._draw(rng) for _ in range(self.at_once())]
                left -= len(drawn)
                parts = self._cut_out(rng, [units for _, units in drawn])
                answers = list(pool.map(self._solve, parts))
                for (kind, _), part, answer in zip(drawn, parts, answers, strict=True):
                    self._learn(kind, _take(self.state, part, answer), answer)
        fill(self.state)
        return self.state.value - before

    def _draw(self, rng: np.random.Generator) -> tuple[str, IntArray]:
        names = list(KINDS)
        credit = np.array([self.credit.get(self._key(name), 1.0) for name in names])
        name = names[int(rng.choice(len(names), p=credit / credit.sum()))]
        size = int(self.size.get(self._key(name), 2.5 * SMALLEST))
        return name, KINDS[name](
            self.state, rng, min(size, len(self.state.model.units))
        )

    def _key(self, kind: str) -> str:
        """What is learnt of a kind is learnt for parts of one sort."""
        return f"{kind}, counted" if self.counted else kind

    def _cut_out(
        self, rng: np.random.Generator, drawn: list[IntArray]
    ) -> list[Part | CountedPart]:
        """Parts to solve at once; of the compact model, no bloc is free in two."""
        state = self.state
        if not self.counted:
            return [_near(state, state.blocs_of(units), np.inf) for units in drawn]
        basis = Basis(state.blocs.compact, state.blocs, state.best)
        of_unit = state.blocs.blocs.of_unit
        stays = np.flatnonzero(state.best.column < 0)
        free = np.zeros(state.blocs.blocs.count, np.bool_)
        parts: list[Part | CountedPart] = []
        for turn, units in enumerate(drawn):
            others = stays[of_unit[stays] % len(drawn) == turn]
            others = nearest(state, rng, units, others, MOST_OTHERS)
            blocs = of_unit[np.concatenate([units, others])]
            blocs = np.unique(blocs[~free[blocs]])
            free[blocs] = True
            parts.append(cut_out_counted(basis, state.held, blocs))
        return parts

    def _solve(self, part: Part | CountedPart) -> Answer:
        left = self.clock.left()
        effort = Effort(
            seconds=None if left is None else max(0.05, min(left, PART_SECONDS)),
            work=PART_WORK,
            seed=self.clock.limits.seed,
        )
        return search_cpsat(part.program, effort, part.start, self.clock.stop)

    def _learn(self, kind: str, gained: bool, answer: Answer) -> None:
        """Larger where all is solved in vain, smaller where nothing is proved."""
        kind = self._key(kind)
        self.credit[kind] = 0.85 * self.credit.get(kind, 1.0) + (
            0.5 if gained else 0.05
        )
        size = self.size.get(kind, 2.5 * SMALLEST)
        if answer.optimal and not gained:
            size *= GROW
        elif not answer.optimal:
            size *= SHRINK
        self.size[kind] = min(max(size, SMALLEST), LARGEST)


def _take(state: LevelState, part: Part | CountedPart, answer: Answer) -> bool:
    """Put an answer into the solution as it is by now, if it fits and is better."""
    if answer.x is None or part.program.value(answer.x) <= part.program.value(
        part.start
    ):
        return False
    return state.offer_part(part, answer.x)
