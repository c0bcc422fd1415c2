"""How hard a mission is to plan: what can be measured without solving, and after."""

from collections import Counter

import numpy as np

from movplan.domain.levels import Grouping
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import Measure, Part, Reason
from movplan.generation.binding import (
    bound_lines,
    count_connections,
    full_departures,
    full_nights,
    full_sessions,
    patients_without_escort,
)
from movplan.generation.signatures import distinct_share
from movplan.planning.yardstick import first_come_values
from movplan.screening import Screening
from movplan.screening.result import IntArray

Measured = float | list[str] | dict[str, float] | dict[str, int] | dict[str, bool]
Hardness = dict[str, Measured]
EXPIRED = (Reason.MEDICAL_EXPIRED, Reason.DOCUMENT_EXPIRED, Reason.WINDOW_CLOSED)


def static_hardness(scenario: Scenario, screening: Screening) -> Hardness:
    """What needs no plan. Shares are of all families, values of all weighted persons.

    ``total_value`` is the value of everybody travelling, in hundredths of a weighted
    person; ``expiring_families`` have a window that a document or clearance ends.
    """
    outbound = [p for p in screening.parts if p.part is Part.OUTBOUND]
    counts = [len(part.itineraries) for part in outbound]
    several = [_is_mostly_multi(screening, part.itineraries) for part in outbound]
    return {
        "families": len(scenario.families),
        "persons": sum(family.persons for family in scenario.families),
        "screened_out_families": len(screening.refusals),
        "distinct_signatures": round(distinct_share(scenario, screening), 4),
        "itineraries": len(screening.itineraries),
        "itineraries_per_family_median": float(np.median(counts or [0])),
        "itineraries_per_family_p90": float(np.quantile(counts or [0], 0.9)),
        "families_mostly_multi_ride": round(float(np.mean(several or [False])), 4),
        "total_value": _value(scenario, None),
        "expiring_families": _expiring(screening),
        "weight_classes": _class_shares(scenario, None),
    }


def quick_hardness(scenario: Scenario, screening: Screening) -> Hardness:
    """Static hardness, and how far first come, first served gets; no solver.

    ``measured`` says what the file holds. ``first_come`` are its level values, and
    ``first_come_of_total`` its share of everybody's weighted persons.
    """
    static = static_hardness(scenario, screening)
    values = first_come_values(scenario, screening)
    weighted = [
        values[level.name]
        for level in scenario.levels
        if level.measure is Measure.WEIGHTED_PERSONS
    ]
    shares = [round(value / max(1, _value(scenario, None)), 4) for value in weighted]
    return {
        **static,
        "measured": ["static", "first_come"],
        "first_come": values,
        **({"first_come_of_total": shares[0]} if shares else {}),
    }


def hardness(
    scenario: Scenario,
    screening: Screening,
    *,
    bound: int,
    greedy_value: int,
    plan: Plan,
) -> Hardness:
    """Static hardness, and what a plan with its proven bound shows.

    ``bound`` and ``greedy_value`` are of the level that counts weighted persons, in the
    plan's unit (hundredths of a weighted person).
    """
    moved, connected = count_connections(plan)
    left = {row.family_id for row in plan.left_out}
    travelling = {f.family_id for f in scenario.families} - left
    total = _value(scenario, None)
    lines = bound_lines(scenario, plan)
    return {
        **static_hardness(scenario, screening),
        "bound_of_total": round(bound / max(1, total), 4),
        "greedy_below_bound": round(1 - greedy_value / max(1, bound), 4),
        "value_of_bound": round(_value(scenario, travelling) / max(1, bound), 4),
        "chosen_multi_ride": round(connected / max(1, moved), 4),
        "chosen_weight_classes": _class_shares(scenario, travelling),
        "budget_lines_bound": lines,
        "binding": {
            "seats": len(full_departures(screening, plan)),
            "budget_lines": sum(lines.values()),
            "beds": len(full_nights(scenario, screening, plan)),
            "appointments": len(full_sessions(scenario, screening, plan)),
            "escorts": len(patients_without_escort(scenario, screening, plan)),
            "expiry": _expiring(screening),
        },
    }


def _is_mostly_multi(screening: Screening, itineraries: IntArray) -> bool:
    rides = [len(screening.itineraries[k].rides) for k in itineraries]
    return sum(count > 1 for count in rides) * 2 > len(rides)


def _expiring(screening: Screening) -> int:
    """Families whose last date a document or clearance sets, or that it stops."""
    late = sum(
        " of member " in window.last_because for window in screening.windows.values()
    )
    return late + sum(refusal.reason in EXPIRED for refusal in screening.refusals)


def _value(scenario: Scenario, families: set[str] | None) -> int:
    """Weighted persons in hundredths, of some families or of everybody."""
    return sum(_weights(scenario, families).values())


def _class_shares(scenario: Scenario, families: set[str] | None) -> dict[str, float]:
    """Share of the value by weight per person (in hundredths), largest first."""
    weights = _weights(scenario, families)
    persons = {family.family_id: family.persons for family in scenario.families}
    by_class: Counter[str] = Counter()
    for family_id, weight in weights.items():
        by_class[str(weight // persons[family_id])] += weight
    total = max(1, sum(by_class.values()))
    return {name: round(value / total, 4) for name, value in by_class.most_common()}


def _weights(scenario: Scenario, families: set[str] | None) -> dict[str, int]:
    grouping = Grouping(scenario)
    return {
        family.family_id: grouping.weight(family)
        for family in scenario.families
        if families is None or family.family_id in families
    }
