"""Why families are left out: screening's refusal, or what is full in this plan.

For a family that could travel, every way it has is tried against what the plan leaves:
the way that breaks fewest rows says what binds. A way that breaks none was outranked
by the objective (or a later packing), and says so.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from movplan.domain.people import Family
from movplan.domain.plan import LeftOut
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import Reason
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.cheapest import Cheapest
from movplan.optimiser.columns import Columns, Pool
from movplan.optimiser.solution import Solution
from movplan.planning.binding import binding_fact

_REASONS = {
    "seats": Reason.SEATS_FULL,
    "vehicle_load": Reason.VEHICLES_FULL,
    "fleet": Reason.VEHICLES_FULL,
    "special_places": Reason.SPECIAL_PLACES_FULL,
    "escort_cover": Reason.ESCORTS_BUSY,
    "escort_roster": Reason.ESCORTS_BUSY,
    "session_places": Reason.APPOINTMENTS_FULL,
    "place_capacity": Reason.PLACE_FULL,
    "beds": Reason.BEDS_FULL,
    "budget_ceiling": Reason.BUDGET_EXHAUSTED,
    "enrolment": Reason.BUDGET_EXHAUSTED,
    "departure_runs": Reason.BELOW_MINIMUM,
}


class Reasons:
    """Finds a reason and the binding fact for every family left out of a plan."""

    def __init__(
        self, scenario: Scenario, model: Model, pool: Pool, solution: Solution
    ) -> None:
        self.scenario, self.model, self.solution = scenario, model, solution
        self.files = Files(scenario)
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

    def _reason(self, family_id: str) -> tuple[Reason, str]:
        refusal = self.refusals.get(family_id)
        if refusal is not None:
            return refusal.reason, refusal.fact
        unit = self.units_of.get(family_id)
        ways = None if unit is None else self._ways(unit)
        if ways is None or not len(ways):
            return (
                Reason.NO_BUDGET_LINE,
                "no budget line may pay some charge of any of its itineraries",
            )
        return self._full(ways)

    def _ways(self, unit: int) -> Columns:
        """Every itinerary of a unit, with its cheapest options and lines."""
        pairs = self.model.pairs
        own = np.arange(pairs.unit_ptr[unit], pairs.unit_ptr[unit + 1])
        return self.cheapest.columns(own)

    def _full(self, ways: Columns) -> tuple[Reason, str]:
        """The way with the fewest broken rows; among those the one seen most."""
        own = np.array([name.rule in _REASONS for name in self.model.rows.names])
        excess = ways.rows.toarray() - self.left[np.newaxis, :]
        broken = (excess > 0) & (ways.rows.toarray() > 0) & own[np.newaxis, :]
        fewest = int(broken.sum(axis=1).min())
        if fewest == 0:
            fact = f"{len(ways)} ways are open, each at the expense of others"
            return Reason.OUTRANKED, fact
        nearest = np.flatnonzero(broken.sum(axis=1) == fewest)
        seen = Counter(row for way in nearest for row in np.flatnonzero(broken[way]))
        row = min(seen, key=lambda r: (-seen[r], r))
        way = next(way for way in nearest if broken[way, row])
        name = self.model.rows.names[row]
        needs = int(ways.rows[[int(way)]].toarray()[0, row])
        left = max(0, int(self.left[row]))
        return _REASONS[name.rule], binding_fact(self.scenario, name, needs, left)


def left_out_row(
    files: Files, family: Family, why: tuple[Reason, str], *, refused: bool
) -> LeftOut:
    """A family left out: why, when its window closes, whether it may go later."""
    closes = files.closes(family.family_id)
    later = files.scenario.horizon.last + timedelta(days=1)
    return LeftOut(
        family_id=family.family_id,
        case_ids=family.case_ids,
        external_ref=family.external_ref,
        persons=family.persons,
        reason=why[0],
        fact=why[1],
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
