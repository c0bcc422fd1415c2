"""A level after a round of walking."""

from movplan.optimiser.annealing.annealer import Annealer
from movplan.optimiser.improve import nothing_new
from movplan.optimiser.progress import Clock, Limits
from movplan.optimiser.state import LevelState


def annealed(state: LevelState, seed: int = 0) -> LevelState:
    """The state, with the best of one round of one walk."""
    clock = Clock(Limits(seed=seed), lambda: False)
    Annealer(state, clock, lambda: 1, nothing_new).run()
    return state
