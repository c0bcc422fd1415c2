"""What families were told: whose departures differ from that counts as a change.

A family keeps its promise when every notified part rides exactly its departures. Of one
part alone a pair says so; with both notified, a shortfall covers what either lacks:

    sum of keeping pairs of the part + shortfall >= 1     for each notified part
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from movplan.domain.levels import effective_levels
from movplan.domain.people import Family
from movplan.domain.words import AssignmentState, Measure, Part
from movplan.formulation.context import Context
from movplan.formulation.model import PlantName
from movplan.formulation.pairs import RawPairs
from movplan.formulation.plant import PlantBook
from movplan.formulation.rowbook import IntArray, RowName

Notified = dict[Part, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Promise:
    """A notified family: what breaking the promise weighs, and what keeps it.

    ``kept`` are the raw pairs that keep it, where one part was notified; with both,
    ``column`` is the shortfall and ``kept`` is empty.
    """

    family_id: str
    weight: int
    kept: IntArray
    column: int | None = None


def add_promises(
    context: Context, plant: PlantBook, pairs: RawPairs
) -> tuple[Promise, ...]:
    """Every notified family, where a level counts changes."""
    levels = effective_levels(context.scenario)
    if not any(level.measure is Measure.CHANGES for level in levels):
        return ()
    first = np.searchsorted(pairs.unit, np.arange(len(context.parts) + 1))

    def keeping(family_id: str, part: Part, wanted: frozenset[str]) -> IntArray:
        unit = context.units.get((family_id, part))
        if unit is None:
            return np.zeros(0, np.int64)
        own = np.arange(first[unit], first[unit + 1])
        kept = [_rides(context, pairs, pair) == wanted for pair in own.tolist()]
        return own[np.array(kept, np.bool_)]

    promises = []
    for family_id, notified in sorted(notified_departures(context).items()):
        weight = change_weight(context, context.families[family_id], notified)
        kept = {p: keeping(family_id, p, notified[p]) for p in sorted(notified)}
        if len(kept) == 1:
            (pairs_kept,) = kept.values()
            promises.append(Promise(family_id, weight, pairs_kept))
        else:
            column = _add_shortfall(context, plant, family_id, kept)
            nothing = np.zeros(0, np.int64)
            promises.append(Promise(family_id, weight, nothing, column))
    return tuple(promises)


def _add_shortfall(
    context: Context, plant: PlantBook, family_id: str, kept: dict[Part, IntArray]
) -> int:
    column = plant.column(PlantName("short", family_id, "changes"), upper=1)
    for part, pairs in kept.items():
        row = context.rows.row(RowName("changes", family_id, part.value), rhs=-1)
        plant.use(column, row, -1)
        context.resources.add(pairs, np.full(len(pairs), row), pairs * 0 - 1)
    return column


def _rides(context: Context, pairs: RawPairs, pair: int) -> frozenset[str]:
    it = context.screening.itineraries[pairs.itinerary[pair]]
    return frozenset(ride.departure_id for ride in it.rides)


def notified_departures(context: Context) -> dict[str, Notified]:
    """Departures families were notified of, per part."""
    found: dict[str, dict[Part, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in context.scenario.assignments:
        if row.state is AssignmentState.NOTIFIED and row.family_id in context.families:
            found[row.family_id][row.part].add(row.departure_id)
    return {
        family_id: {part: frozenset(ids) for part, ids in parts.items()}
        for family_id, parts in found.items()
    }


def change_weight(context: Context, family: Family, notified: Notified) -> int:
    """1 + max(0, change_notice_days - days to the earliest notified departure) // 7.

    The days of notice are those of the family's programme and destination.
    """
    first = min(
        context.departures[departure_id].departs.date()
        for ids in notified.values()
        for departure_id in ids
    )
    days = (first - context.scenario.as_of.date()).days
    notice = context.values.family("change_notice_days", family)
    return 1 + max(0, notice - days) // 7
