"""Which plant columns serve which rows: what a part has to take along."""

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray

# Money is spent by everybody, so these rows do not make a plant column relevant.
SHARED_BY_ALL = frozenset({"budget_ceiling", "enrolment"})


class PlantIndex:
    """Plant columns by the rows they serve, with their rosters and their runs."""

    def __init__(self, model: Model) -> None:
        names, rows = model.plant.names, model.rows.names
        own = np.array([name.rule not in SHARED_BY_ALL for name in rows], np.bool_)
        coo = model.plant.matrix.tocoo()
        serving = own[coo.col] & (coo.data < 0)
        self.column, self.row = coo.row[serving], coo.col[serving]
        self.num_rows = len(rows)
        kinds = np.array([name.kind for name in names])
        self.is_mission, self.is_idle = kinds == "mission", kinds == "idle"
        self.is_run = kinds == "run"
        subjects = {name.subject: k for k, name in enumerate(names)}
        self.subject = np.array([subjects[name.subject] for name in names], np.int64)

    def serving(self, used: IntArray) -> IntArray:
        """Plant that serves these rows; with missions their whole roster."""
        rows = np.zeros(self.num_rows, np.bool_)
        rows[used] = True
        relevant = np.zeros(len(self.subject), np.bool_)
        relevant[self.column[rows[self.row]]] = True
        relevant |= self.is_idle & self._shares(relevant & self.is_mission)
        found: IntArray = np.flatnonzero(
            relevant | (self.is_run & self._shares(relevant))
        )
        return found

    def _shares(self, which: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Plant of the same subject (departure, pool) as some."""
        wanted = np.zeros(len(self.subject), np.bool_)
        wanted[self.subject[which]] = True
        shared: NDArray[np.bool_] = wanted[self.subject]
        return shared
