"""Rounds of a search: walks, and integer programs over parts, by turns.

A walk tries a hundred thousand small changes a second and finds most of what is to be
gained; a part decides some dozens of blocs and their plant at once, and finds what no
row of small changes leads to. Where a round gains little, the next is of another sort.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from movplan.optimiser.annealing.annealer import Annealer
from movplan.optimiser.annealing.prepare import is_prepared, prepare, prepare_beside
from movplan.optimiser.improve import Improver, both_cores, nothing_new
from movplan.optimiser.progress import Clock
from movplan.optimiser.state import LevelState

# Share of the value a round has to gain for the next to be of its sort, with so many
# blocs; the more there are, the less of them a round decides.
ENOUGH, FEW_BLOCS = 1e-2, 240


@dataclass(slots=True)
class Rounds:
    """Rounds at a level; ``before`` each of its programs, news are looked for.

    ``meanwhile`` is called while walks go on. On levels that count most of the model,
    or too many for parts alone (``large``), there are walks, and parts of both sorts;
    on others parts over known columns only.
    """

    state: LevelState
    clock: Clock
    large: bool
    at_once: Callable[[], int] = both_cores
    before: Callable[[], None] = nothing_new
    meanwhile: Callable[[], None] = nothing_new
    turn: int = 0
    annealer: Annealer = field(init=False)
    improver: Improver = field(init=False)

    def __post_init__(self) -> None:
        self.annealer = Annealer(self.state, self.clock, self.at_once, self.meanwhile)
        self.improver = Improver(self.state, self.clock, self.at_once, self.before)

    def run(self) -> int:
        """One round; returns how much it gained."""
        self.before()
        if not self.large:
            return self.improver.run()
        before = self.state.value
        if self.annealer.outdated:
            self.turn = 0
        sorts = self._walk, self._columns, self._counted
        gained = sorts[self.turn]()
        if self.annealer.ended:
            return gained
        share = FEW_BLOCS / max(FEW_BLOCS, self.state.blocs.blocs.count)
        if gained <= ENOUGH * share * abs(before):
            self.turn = (self.turn + 1) % len(sorts)
        return gained

    def _walk(self) -> int:
        """A walk; with a clock that runs, not before it is compiled."""
        if not is_prepared():
            if self.clock.left() is not None:
                prepare_beside()
                return 0
            prepare()
        return self.annealer.run()

    def _columns(self) -> int:
        self.improver.counted = False
        return self.improver.run()

    def _counted(self) -> int:
        self.improver.counted = True
        return self.improver.run()
