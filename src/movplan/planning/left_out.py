"""Why families are left out: screening's refusal, or what is full in this plan.

For a family that could travel, every way it has is tried against what the plan leaves:
the way that breaks fewest rows says what binds. A way that breaks none was outranked
by the objective (or a later packing), or the search was stopped before it was tried;
it says which.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

import numpy as np

from movplan.domain.people import Family
from movplan.domain.plan import LeftOut
from movplan.domain.scenario import Scenario
from movplan.domain.ties import find_ties
from movplan.domain.windows import Files
from movplan.domain.words import Reason, StopReason
from movplan.formulation.model import Model
from movplan.formulation.ragged import pointers
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
# Families whose ways are tried together: what keeps the arrays within some 100 MB.
AT_ONCE = 2_000


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
        self._num_ways = np.diff(model.pairs.unit_ptr)
        self._parts = {p.family_id: p for p in reversed(model.screening.parts)}

    def left_out(self) -> Iterator[LeftOut]:
        """One row per family of the scenario that does not travel."""
        staying = [
            family
            for family in sorted(self.scenario.families, key=lambda f: f.family_id)
            if family.family_id not in self.travels
        ]
        own = self._own(family.family_id for family in staying)
        for family in staying:
            why = self._reason(family.family_id, own)
            refused = family.family_id in self.refusals
            yield left_out_row(self.files, family, why, refused=refused)

    def _reason(self, family_id: str, own: Mapping[str, Cause]) -> Cause:
        """Its own cause; with room for itself, that of a family it travels with."""
        if own[family_id].reason is not Reason.OUTRANKED:
            return own[family_id]
        for other in sorted(self.ties.get(family_id, ())):
            cause = own[other]
            if cause.reason is not Reason.OUTRANKED:
                fact = f"travels with {other}, which stays: {cause.fact}"
                return Cause(Reason.COMPANION_LEFT_OUT, fact, "travels_with")
        return own[family_id]

    def _own(self, families: Iterable[str]) -> dict[str, Cause]:
        """The cause of every family and of all it travels with, for itself alone."""
        asked = list(families)
        asked += [other for name in asked for other in self.ties.get(name, ())]
        found: dict[str, Cause] = {}
        with_ways: dict[str, int] = {}
        for family_id in dict.fromkeys(asked):
            refusal, unit = self.refusals.get(family_id), self.units_of.get(family_id)
            if refusal is not None:
                found[family_id] = Cause(refusal.reason, refusal.fact, refusal.rule)
            elif unit is not None and self._num_ways[unit]:
                with_ways[family_id] = unit
            else:
                family = self.files.family[family_id]
                found[family_id] = self.no_line.why(family, self._first(family_id))
        return found | dict(self._full(with_ways))

    def _full(self, units: Mapping[str, int]) -> Iterator[tuple[str, Cause]]:
        """What is full for each of these families, by the unit of its outbound part."""
        names = list(units)
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            which = np.array([units[name] for name in some], np.int64)
            ptr = pointers(self._num_ways[which])
            causes = self.full.causes(self.ways.of(which), ptr)
            yield from zip(some, causes, strict=True)

    def _first(self, family_id: str) -> Itinerary:
        """The first of its itineraries to depart."""
        part = self._parts[family_id]
        return self.model.screening.itineraries[int(part.itineraries[0])]


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
