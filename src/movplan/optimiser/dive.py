"""Diving: follow the LP down to a whole-number solution, a few decisions at a time.

Departures and vehicles the LP half runs are decided first, then blocs the LP half
moves, then missions. After every step, columns that no longer fit beside what is decided
are shut, so the LP does not promise what cannot be. A step that leaves the LP without a
solution is halved; a single decision that does is turned round.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.master import LpSolution, Master
from movplan.optimiser.progress import Stop
from movplan.optimiser.solution import Solution, settle_idle

FloatArray = NDArray[np.float64]
SURE = 0.7
BATCH = 0.25
MOST_TURNS = 25
WHOLE = 1e-6


@dataclass(slots=True)
class Box:
    """Bounds of plant columns and of bloc columns in a dive."""

    plant_lower: FloatArray
    plant_upper: FloatArray
    fixed: NDArray[np.bool_]
    shut: NDArray[np.bool_]

    def copy(self) -> "Box":
        """A copy to come back to."""
        return Box(
            self.plant_lower.copy(),
            self.plant_upper.copy(),
            self.fixed.copy(),
            self.shut.copy(),
        )


@dataclass(slots=True)
class Step:
    """Decisions of one step: plant columns rounded up, bloc columns fixed."""

    plant: IntArray
    level: FloatArray
    columns: IntArray
    before: Box = field(repr=False)


class Dive:
    """Dives in a master; its bounds are put back afterwards."""

    def __init__(self, model: Model, master: Master, stop: Stop) -> None:
        self.model, self.master, self.stop = model, master, stop
        self.pool = master.pool
        kinds = np.array([name.kind for name in model.plant.names])
        self._opens = (kinds == "run") | (kinds == "hire")
        self._sent = kinds == "mission"
        self._limits = ~model.rows.equal & ~self.pool.blocs.tied
        matrix = model.plant.matrix
        self._gives, self._takes = -matrix.minimum(0).T, matrix.maximum(0).T

    def run(self, fixed: IntArray) -> Solution | None:
        """Dive with some bloc columns fixed; ``None`` if it fails or is stopped."""
        box = self._whole_box()
        box.fixed[fixed] = True
        self._apply(self._whole_box(), box)
        try:
            return self._descend(box)
        finally:
            self._apply(self._now, self._whole_box())

    def _whole_box(self) -> Box:
        none = np.zeros(len(self.master.column_at), np.bool_)
        upper = self.model.plant.upper.astype(np.float64)
        return Box(np.zeros(len(upper)), upper, none, none.copy())

    def _descend(self, box: Box) -> Solution | None:
        trail: list[Step] = []
        turns = 0
        while not self.stop():
            self._shut_unfit(box)
            lp = self.master.solve()
            if not lp.feasible:
                turns += 1
                if turns > MOST_TURNS or not trail:
                    return None
                box = self._turn(trail)
                continue
            step = self._decide(lp, box)
            if step is None:
                return self._finish(lp)
            trail.append(step)
            box = self._take(step)
        return None

    def _take(self, step: Step) -> Box:
        box = step.before.copy()
        box.plant_lower[step.plant] = step.level
        box.fixed[step.columns] = True
        self._apply(self._now, box)
        return box

    def _turn(self, trail: list[Step]) -> Box:
        """Take back the last step; keep half of it, or decide its only choice anew."""
        step = trail.pop()
        count = len(step.plant) + len(step.columns)
        if count > 1:
            half = count // 2
            plant = step.plant[:half]
            kept = Step(
                plant,
                step.level[: len(plant)],
                step.columns[: half - len(plant)],
                step.before,
            )
            trail.append(kept)
            return self._take(kept)
        box = step.before.copy()
        box.plant_upper[step.plant] = step.level - 1
        box.shut[step.columns] = True
        self._apply(self._now, box)
        return box

    def _decide(self, lp: LpSolution, box: Box) -> Step | None:
        """The next decisions: departures, then blocs, then missions."""
        above = lp.plant - np.floor(lp.plant + WHOLE)
        none = np.zeros(0, np.int64)
        for kind, batch in ((self._opens, BATCH), (None, BATCH), (self._sent, 0.0)):
            if kind is None:
                columns = self._surest(lp, box)
                if len(columns):
                    return Step(none, np.zeros(0), columns, box)
                continue
            torn = np.flatnonzero(kind & (above > WHOLE))
            if len(torn):
                order = torn[np.argsort(-above[torn], kind="stable")]
                order = order[: max(1, int(len(order) * batch))]
                sure = order[(above[order] >= 0.5) | (order == order[0])]
                return Step(sure, np.ceil(lp.plant[sure] - WHOLE), none, box)
        return None

    def _surest(self, lp: LpSolution, box: Box) -> IntArray:
        """Torn bloc columns the LP uses most that fit beside one another."""
        torn = np.flatnonzero((lp.columns > WHOLE) & (lp.columns < 1 - WHOLE))
        order = torn[np.argsort(-lp.columns[torn], kind="stable")]
        order = order[: max(1, int(len(order) * BATCH))]
        room = self._room(box)
        chosen = []
        rows = self.pool.rows
        for c in order.tolist():
            if chosen and lp.columns[c] < SURE:
                break
            at = slice(rows.indptr[c], rows.indptr[c + 1])
            index, need = rows.indices[at], rows.data[at]
            if not chosen or (need <= room[index])[self._limits[index]].all():
                chosen.append(c)
                room[index] -= need
        return np.array(chosen, np.int64)

    def _room(self, box: Box) -> FloatArray:
        """What is left of every row if the plant gives all it may and takes least."""
        used = self.pool.rows[np.flatnonzero(box.fixed)].sum(axis=0)
        room = self.model.rows.rhs - np.asarray(used).ravel()
        given: FloatArray = room + self._gives @ box.plant_upper
        return given - self._takes @ box.plant_lower

    def _shut_unfit(self, box: Box) -> None:
        """Shut columns that do not fit beside those fixed."""
        rows = self.pool.rows[: len(box.shut)]
        room = np.where(self._limits, self._room(box), np.inf)
        misfit = (rows.data > room[rows.indices] + WHOLE).astype(np.int64)
        count = np.add.reduceat(np.append(misfit, 0), rows.indptr[:-1])
        count[np.diff(rows.indptr) == 0] = 0
        after = box.shut | ((count > 0) & ~box.fixed)
        fresh = np.flatnonzero(after & ~box.shut)
        box.shut = after
        self.master.bound_columns(fresh, 0.0, 0.0)
        self._now = box

    def _apply(self, old: Box, new: Box) -> None:
        """Bring the LP's bounds from one box to another."""
        lower_changed = old.plant_lower != new.plant_lower
        changed = lower_changed | (old.plant_upper != new.plant_upper)
        for j in np.flatnonzero(changed & (self.master.plant_at >= 0)).tolist():
            self.master.bound_plant(j, new.plant_lower[j], new.plant_upper[j])
        differs = (old.fixed != new.fixed) | (old.shut != new.shut)
        free = differs & ~new.fixed & ~new.shut
        self.master.bound_columns(np.flatnonzero(differs & new.fixed), 1.0, np.inf)
        self.master.bound_columns(np.flatnonzero(differs & new.shut), 0.0, 0.0)
        self.master.bound_columns(np.flatnonzero(free), 0.0, np.inf)
        self._now = new

    def _finish(self, lp: LpSolution) -> Solution | None:
        """The whole solution, if it is one in exact integers."""
        chosen = np.flatnonzero(lp.columns > 0.5)
        plant = settle_idle(self.model, np.rint(lp.plant).astype(np.int64))
        solution = self.pool.to_solution(chosen, plant)
        return solution if keeps_rows(self.model, self.pool, chosen, plant) else None


def keeps_rows(model: Model, pool: BlocPool, chosen: IntArray, plant: IntArray) -> bool:
    """Whether bloc columns and plant values keep every row and bound, exactly."""
    used = np.asarray(pool.rows[chosen].sum(axis=0)).ravel()
    used = used + model.plant.matrix.T @ plant
    rows = np.where(model.rows.equal, used == model.rows.rhs, used <= model.rows.rhs)
    bounds = (plant >= 0) & (plant <= model.plant.upper)
    return bool(rows.all() and bounds.all())
