"""Why families are left out: screening's refusal, or what is full in this plan.

For a family that could travel, every way it has is tried against what the plan leaves:
the way that breaks fewest rows says what binds. A way that breaks none was outranked
by the objective (or a later packing), and says so.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from movplan.costing.approvals import LINE_APPROVAL, Approvals
from movplan.domain.people import Family
from movplan.domain.plan import LeftOut
from movplan.domain.scenario import Scenario
from movplan.domain.ties import find_ties
from movplan.domain.windows import Files
from movplan.domain.words import Reason, SubjectKind
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.cheapest import Cheapest
from movplan.optimiser.columns import Columns, Pool
from movplan.optimiser.solution import Solution
from movplan.planning.binding import REASONS, binding_fact, rule_of
from movplan.planning.cause import Cause
from movplan.planning.no_line import NoLine


class Reasons:
    """Finds a reason and the binding fact for every family left out of a plan."""

    def __init__(
        self, scenario: Scenario, model: Model, pool: Pool, solution: Solution
    ) -> None:
        self.scenario, self.model, self.solution = scenario, model, solution
        self.files = Files(scenario)
        self.approvals = Approvals(scenario, frozenset())
        self.no_line = NoLine(scenario)
        self.ties = find_ties(scenario)
        self.minimum = {d.departure_id: d.min_persons for d in scenario.departures}
        self.cheapest = Cheapest(model)
        self.left = model.rows.rhs - solution.usage(model, pool.columns)
        self.left += _can_still_provide(model, solution, self.left)
        self.refusals = {r.family_id: r for r in model.screening.refusals}
        units = model.units
        moved = units.family[np.flatnonzero(solution.column >= 0)]
        self.travels = {units.family_ids[k] for k in moved.tolist()}
        self.units_of = {
            units.family_ids[family]: unit
            for unit, family in reversed(list(enumerate(units.family.tolist())))
        }

    def left_out(self) -> Iterator[LeftOut]:
        """One row per family of the scenario that does not travel."""
        for family in sorted(self.scenario.families, key=lambda f: f.family_id):
            if family.family_id in self.travels:
                continue
            why = self._reason(family.family_id)
            refused = family.family_id in self.refusals
            yield left_out_row(self.files, family, why, refused=refused)

    def _reason(self, family_id: str) -> Cause:
        """Its own cause; with room for itself, that of a family it travels with."""
        own = self._own(family_id)
        if own.reason is not Reason.OUTRANKED:
            return own
        for other in sorted(self.ties.get(family_id, ())):
            cause = self._own(other)
            if cause.reason is not Reason.OUTRANKED:
                fact = f"travels with {other}, which stays: {cause.fact}"
                return Cause(Reason.COMPANION_LEFT_OUT, fact, "travels_with")
        return own

    def _own(self, family_id: str) -> Cause:
        refusal = self.refusals.get(family_id)
        if refusal is not None:
            return Cause(refusal.reason, refusal.fact, refusal.rule)
        unit = self.units_of.get(family_id)
        ways = None if unit is None else self._ways(unit)
        if ways is None or not len(ways):
            family = self.files.family[family_id]
            return self.no_line.why(family, self._first_date(family_id))
        return self._full(ways)

    def _first_date(self, family_id: str) -> date:
        """When the first of its itineraries departs."""
        screening = self.model.screening
        part = next(p for p in screening.parts if p.family_id == family_id)
        return screening.itineraries[int(part.itineraries[0])].first_date

    def _ways(self, unit: int) -> Columns:
        """Every itinerary of a unit, with its cheapest options and lines."""
        pairs = self.model.pairs
        own = np.arange(pairs.unit_ptr[unit], pairs.unit_ptr[unit + 1])
        return self.cheapest.columns(own)

    def _full(self, ways: Columns) -> Cause:
        """The way with the fewest broken rows; among those the one seen most."""
        own = np.array([name.rule in REASONS for name in self.model.rows.names])
        taken = ways.rows.toarray()
        broken = (taken > self.left) & (taken > 0) & own
        count = broken.sum(axis=1)
        fewest = int(count.min())
        nearest = np.flatnonzero(count == fewest)
        if fewest == 0:
            return self._outranked(ways, nearest)
        seen = Counter(row for way in nearest for row in np.flatnonzero(broken[way]))
        row = int(min(seen, key=lambda r: (-seen[r], r)))
        way = next(way for way in nearest.tolist() if broken[way, row])
        cause = self._bound(row, int(taken[way, row]))
        also = [
            self._bound(other, int(taken[way, other])).fact
            for other in np.flatnonzero(broken[way]).tolist()
            if other != row
        ]
        others = f"; also {'; '.join(also)}" if also else ""
        fact = f"{cause.fact}, to depart {self._when(ways, way)}{others}"
        return cause._replace(fact=fact)

    def _bound(self, row: int, needs: int) -> Cause:
        """What a broken row says; a departure that waits for approval says that."""
        name = self.model.rows.names[row]
        line = self.approvals.waiting_for(SubjectKind.DEPARTURE, name.subject)
        if line is not None:
            fact = f"{name.subject} waits for the approval of line {line}"
            return Cause(Reason.NOT_APPROVED, fact, LINE_APPROVAL)
        left = max(0, int(self.left[row]))
        fact = binding_fact(self.scenario, name, needs, left)
        return Cause(REASONS[name.rule], fact, rule_of(name))

    def _outranked(self, ways: Columns, free: IntArray) -> Cause:
        """Ways with room: each at others' expense, or its departure has too few."""
        few = [self._too_few(ways, way) for way in free.tolist()]
        if all(few):
            return Cause(Reason.BELOW_MINIMUM, few[0], "departure_runs")
        fact = (
            f"ways with room: {len(free)}, the first to depart "
            f"{self._when(ways, int(free[0]))}; each at the expense of others"
        )
        return Cause(Reason.OUTRANKED, fact)

    def _too_few(self, ways: Columns, way: int) -> str:
        """The departure of a way that does not run for want of persons, if any."""
        for name in self._departures(ways, way):
            column = self.model.run_column.get(name)
            if column is not None and not self.solution.plant[column]:
                least = self.minimum[name]
                persons = int(self.model.units.persons[self._unit(ways, way)])
                if least > persons:
                    return (
                        f"{name} runs with {least} persons or more, the family is "
                        f"{persons}; {least - persons} others would do"
                    )
        return ""

    def _when(self, ways: Columns, way: int) -> str:
        itinerary = int(self.model.pairs.itinerary[ways.pair[way]])
        first = self.model.screening.itineraries[itinerary].rides[0]
        return f"{first.on} ({first.departure_id})"

    def _unit(self, ways: Columns, way: int) -> int:
        return int(self.model.pairs.unit[ways.pair[way]])

    def _departures(self, ways: Columns, way: int) -> list[str]:
        itinerary = int(self.model.pairs.itinerary[ways.pair[way]])
        rides = self.model.screening.itineraries[itinerary].rides
        return [ride.departure_id for ride in rides]


def left_out_row(files: Files, family: Family, why: Cause, *, refused: bool) -> LeftOut:
    """A family left out: why, when its window closes, whether it may go later."""
    closes = files.closes(family.family_id)
    later = files.scenario.horizon.last + timedelta(days=1)
    return LeftOut(
        family_id=family.family_id,
        case_ids=family.case_ids,
        external_ref=family.external_ref,
        persons=family.persons,
        reason=why.reason,
        fact=why.fact,
        rule=why.rule,
        deferred=not refused and (closes is None or closes[0] > later),
        lapses_on=closes[0] if closes else None,
    )


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
