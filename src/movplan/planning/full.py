"""What a family would need that a plan does not leave: the row that binds it.

Ways of many families are tried at once, in arrays; sentences are made once per row and
what is asked of it (10,000 families, 5,900 left out: CPU time 10 s -> 1.5 s).
"""

from collections import Counter
from functools import cache

import numpy as np
from numpy.typing import NDArray

from movplan.costing.approvals import LINE_APPROVAL, Approvals
from movplan.domain.scenario import Scenario
from movplan.domain.words import Reason, SubjectKind
from movplan.formulation.model import Model
from movplan.formulation.ragged import pointers
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Columns, Pool
from movplan.optimiser.solution import Solution
from movplan.planning.binding import REASONS, binding_fact, rule_of
from movplan.planning.cause import Cause
from movplan.planning.tried import Broken, Tried


class Full:
    """Tries ways against what a solution leaves of every row.

    ``stopped`` says that the search did not come to an end of its own: a family with
    room may then have been left out for want of time, and not for others.
    """

    def __init__(
        self,
        scenario: Scenario,
        model: Model,
        pool: Pool,
        solution: Solution,
        *,
        stopped: bool = False,
    ) -> None:
        self._stopped = stopped
        self._scenario, self._model, self._solution = scenario, model, solution
        self._approvals = Approvals(scenario, frozenset())
        self._left = model.rows.rhs - solution.usage(model, pool.columns)
        self._left += _can_still_provide(model, solution, self._left)
        self._own = np.array([name.rule in REASONS for name in model.rows.names])
        self._minimum = {d.departure_id: d.min_persons for d in scenario.departures}
        self._bound = cache(self._say_bound)
        self._too_few = cache(self._say_too_few)

    def causes(self, ways: Columns, ptr: IntArray) -> list[Cause]:
        """Why each of several families stays, its ways being ``ptr[k] .. ptr[k + 1]``.

        Every family has a way or more.
        """
        over = self._beyond(ways, ~self._model.rows.equal)
        tried = Tried(ways, self.broken(ways), over.count == 0)
        segments = zip(ptr[:-1].tolist(), ptr[1:].tolist(), strict=True)
        return [self._cause(tried, first, last) for first, last in segments]

    def broken(self, ways: Columns) -> Broken:
        """Rows that give a reason and that a way takes more of than is left."""
        return self._beyond(ways, self._own)

    def _beyond(self, ways: Columns, looked_at: NDArray[np.bool_]) -> Broken:
        row, taken = ways.rows.indices, ways.rows.data
        over = (taken > self._left[row]) & (taken > 0) & looked_at[row]
        counted = pointers(over.astype(np.int64))
        return Broken(
            counted[ways.rows.indptr], row[over].astype(np.int64), taken[over]
        )

    def _cause(self, tried: Tried, first: int, last: int) -> Cause:
        """The way with the fewest broken rows; among those the row seen most."""
        count = np.diff(tried.broken.ptr[first : last + 1])
        nearest = (first + np.flatnonzero(count == count.min())).tolist()
        if not count.min():
            whole = (first + np.flatnonzero(tried.whole[first:last])).tolist()
            return self._outranked(tried.ways, nearest, whole)
        broken = {way: tried.broken.of(way) for way in nearest}
        seen = Counter(row for rows in broken.values() for row in rows)
        row = min(seen, key=lambda r: (-seen[r], r))
        way = next(way for way in nearest if row in broken[way])
        taken = broken[way]
        told = [self._bound(r, taken[r]) for r in (row, *(taken.keys() - {row}))]
        fact = f"{told[0].fact}, to depart {self._when(tried.ways, way)}"
        rule = told[0].rule
        # segments of one departure say the same
        others = set(told) - {told[0]}
        for cause in sorted(others, key=lambda cause: (cause.rule != rule, cause)):
            named = "" if cause.rule == rule else f"by rule {cause.rule}: "
            fact, rule = f"{fact}; also {named}{cause.fact}", cause.rule
        return told[0]._replace(fact=fact)

    def _say_bound(self, row: int, needs: int) -> Cause:
        """What a broken row says; a departure that waits for approval says that."""
        name = self._model.rows.names[row]
        line = self._approvals.waiting_for(SubjectKind.DEPARTURE, name.subject)
        if line is not None:
            fact = f"{name.subject} waits for the approval of line {line}"
            return Cause(Reason.NOT_APPROVED, fact, LINE_APPROVAL)
        left = max(0, int(self._left[row]))
        fact = binding_fact(self._scenario, name, needs, left)
        return Cause(REASONS[name.rule], fact, rule_of(name))

    def _outranked(self, ways: Columns, free: list[int], whole: list[int]) -> Cause:
        """Ways with room: each at others' expense, or its departure has too few.

        ``whole`` are those with room in every row of the model: nobody stands in their
        way, so that a search that was stopped had not got round to them.
        """
        few = {way: self._fewer_than_asked(ways, way) for way in free}
        if all(few.values()):
            return Cause(Reason.BELOW_MINIMUM, few[free[0]], "departure_runs")
        open_ways = [way for way in whole if not few[way]]
        if self._stopped and open_ways:
            fact = (
                "the search stopped before the family was placed; the way to depart "
                f"{self._when(ways, open_ways[0])} has room, more time would do"
            )
            return Cause(Reason.OUTRANKED, fact)
        fact = (
            f"ways with room: {len(free)}, the first to depart "
            f"{self._when(ways, free[0])}; each at the expense of others"
        )
        return Cause(Reason.OUTRANKED, fact)

    def _fewer_than_asked(self, ways: Columns, way: int) -> str:
        """The departure of a way that does not run for want of persons, if any."""
        model, pair = self._model, ways.pair[way]
        persons = int(model.units.persons[model.pairs.unit[pair]])
        return self._too_few(int(model.pairs.itinerary[pair]), persons)

    def _say_too_few(self, itinerary: int, persons: int) -> str:
        model = self._model
        for ride in model.screening.itineraries[itinerary].rides:
            column = model.run_column.get(ride.departure_id)
            least = self._minimum[ride.departure_id]
            idle = column is not None and not self._solution.plant[column]
            if idle and least > persons:
                return (
                    f"{ride.departure_id} on {ride.on} runs with {least} persons or "
                    f"more, the family is {persons}; {least - persons} others would do"
                )
        return ""

    def _when(self, ways: Columns, way: int) -> str:
        itinerary = int(self._model.pairs.itinerary[ways.pair[way]])
        first = self._model.screening.itineraries[itinerary].rides[0]
        return f"{first.on} ({first.departure_id})"


def _can_still_provide(model: Model, solution: Solution, left: IntArray) -> IntArray:
    """What plant columns not used up could add to rows, money permitting."""
    spare = np.maximum(model.plant.upper - solution.plant, 0)
    money = np.array(
        [n.rule in ("budget_ceiling", "enrolment") for n in model.rows.names]
    )
    matrix = model.plant.matrix
    coo = matrix.tocoo()
    too_dear = money[coo.col] & (coo.data > np.maximum(left, 0)[coo.col])
    affordable = np.ones(len(spare), np.bool_)
    affordable[coo.row[too_dear]] = False
    kinds = np.array([name.kind != "idle" for name in model.plant.names])
    gives = -matrix.multiply(matrix < 0).T @ (spare * affordable * kinds)
    return np.asarray(np.where(money, 0, gives), np.int64)
