"""Named neighbourhoods: which units to decide again. Adding one is a file and a line.

A neighbourhood is a function of the level's state, a random generator and a size; it
returns unit indices, sorted.
"""

from collections.abc import Callable

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.neighbourhoods.departures import departures
from movplan.optimiser.neighbourhoods.left_out import left_out
from movplan.optimiser.neighbourhoods.loss import loss
from movplan.optimiser.neighbourhoods.money import money
from movplan.optimiser.neighbourhoods.nearby import nearby
from movplan.optimiser.neighbourhoods.slack import slack
from movplan.optimiser.neighbourhoods.torn import torn
from movplan.optimiser.state import LevelState

Kind = Callable[[LevelState, np.random.Generator, int], IntArray]

KINDS: dict[str, Kind] = {
    "loss": loss,
    "slack": slack,
    "departures": departures,
    "left_out": left_out,
    "money": money,
    "nearby": nearby,
    "torn": torn,
}

__all__ = ["KINDS", "Kind"]
