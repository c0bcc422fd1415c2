"""Why families are left out: screening's refusal, or what is full in this plan.

For a family that could travel, every way it has is tried against what the plan leaves:
the way that breaks fewest rows says what binds. A way that breaks none was outranked
by the objective (or a later packing), or the search was stopped before it was tried;
it says which.
"""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from movplan.domain.people import Family
from movplan.domain.plan import LeftOut
from movplan.domain.scenario import Scenario
from movplan.domain.ties import find_ties
from movplan.domain.windows import Files
from movplan.domain.words import Reason, StopReason
from movplan.formulation.model import Model
from movplan.network.itinerary import Itinerary
from movplan.optimiser.columns import Pool
from movplan.optimiser.solution import Solution
from movplan.planning.cause import Cause
from movplan.planning.full import Full
from movplan.planning.no_line import NoLine
from movplan.planning.ways import Ways

# The search had not come to an end of its own.
CUT_SHORT = frozenset(
    {StopReason.TIME_LIMIT, StopReason.EFFORT_LIMIT, StopReason.CANCELLED}
)


class Reasons:
    """Finds a reason and the binding fact for every family left out of a plan."""

    def __init__(
        self,
        scenario: Scenario,
        model: Model,
        pool: Pool,
        solution: Solution,
        *,
        stop_reason: StopReason,
    ) -> None:
        self.scenario, self.model, self.solution = scenario, model, solution
        self.files = Files(scenario)
        self.no_line = NoLine(scenario)
        self.ties = find_ties(scenario)
        self.full = Full(
            scenario, model, pool, solution, stopped=stop_reason in CUT_SHORT
        )
        self.ways = Ways(model, self.full)
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
        ways = None if unit is None else self.ways.of(unit)
        if ways is None or not len(ways):
            family = self.files.family[family_id]
            return self.no_line.why(family, self._first_itinerary(family_id))
        return self.full.cause(ways)

    def _first_itinerary(self, family_id: str) -> Itinerary:
        """The first of its itineraries to depart."""
        screening = self.model.screening
        part = next(p for p in screening.parts if p.family_id == family_id)
        return screening.itineraries[int(part.itineraries[0])]


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
