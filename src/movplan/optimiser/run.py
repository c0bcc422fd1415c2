"""A run of the optimiser: its clock, who watches, and the best solution so far."""

from collections.abc import Callable
from dataclasses import dataclass, field

from movplan.optimiser.blocs import Blocs
from movplan.optimiser.columns import Pool
from movplan.optimiser.progress import Clock, Watch
from movplan.optimiser.solution import Solution

# What a solution becomes when vehicles are packed and escorts placed; ``None`` if they
# cannot be. Rows count seats and missions, so they admit more than can be finished.
Mend = Callable[[Solution], Solution | None]


# A plain solution with whoever travels so far, if there is one.
Plain = Callable[[Solution], Solution | None]


def nothing_plain(_: Solution) -> None:
    """Where nothing is known of plain solutions."""


def as_it_is(solution: Solution) -> Solution:
    """Nothing to finish."""
    return solution


@dataclass(slots=True)
class Board:
    """The best solution so far, for whoever wants it before the run is over.

    ``bounds`` are the external bounds proved so far, level by level up to the one being
    solved. ``pool`` and ``solution`` belong together and are not changed in place: a
    solution stays good while the search goes on. ``blocs`` are the model's, with what
    pricing knows of it: looking for these again takes longer than a bound.
    """

    pool: Pool | None = None
    blocs: Blocs | None = None
    solution: Solution | None = None
    bounds: list[int] = field(default_factory=list)

    def pin_up(self, k: int, solution: Solution, pool: Pool, bound: int) -> None:
        """Note the best solution and the bound of level k."""
        self.solution, self.pool = solution, pool
        self.bounds[k:] = [bound]


@dataclass(frozen=True, slots=True)
class Run:
    """What every part of a run is given.

    ``patient`` mends whole plans of levels that count few families.
    """

    clock: Clock
    watch: Watch
    board: Board
    mend: Mend = as_it_is
    patient: Mend = as_it_is
    plain: Plain = nothing_plain
