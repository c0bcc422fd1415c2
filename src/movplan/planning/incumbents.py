"""Checked plans on the way: the best so far, for whoever must not lose it.

A plan that is handed over has passed every check and is certified like the last one:
levels not reached yet have the bound that needs no search. Making one takes time from
the search, so it is done when the solution is new and ten times as long as the last one
took has passed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from movplan.domain.words import StopReason
from movplan.optimiser.run import Board
from movplan.optimiser.solution import Solution
from movplan.optimiser.solve import Optimised, so_far
from movplan.planning.results import PlanningResult, Results

EVERY_S = 5.0
PATIENCE = 10.0
Keep = Callable[[PlanningResult], None]


@dataclass(slots=True)
class Incumbents:
    """Hands the best plan so far to ``keep``, now and then."""

    results: Results
    board: Board
    keep: Keep
    due: float = 0.0
    last: Solution | None = None

    def offer(self) -> None:
        """Hand over what is on the board, if it is new and time for it."""
        board = self.board
        if board.solution is None or board.solution is self.last:
            return
        began = time.monotonic()
        if began < self.due:
            return
        self.last = board.solution
        model = self.results.built.model
        found: Optimised = so_far(model, board, StopReason.CANCELLED)
        if not (model.has_pins and found.outcomes[0].value > 0):
            self.keep(self.results.of(found))
        took = time.monotonic() - began
        self.due = time.monotonic() + max(EVERY_S, PATIENCE * took)
