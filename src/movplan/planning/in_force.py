"""The plan in force: what is wrong with it, and the search's start from it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.checks import run_checks
from movplan.costing.recost import recost
from movplan.domain.assignments import Assignment
from movplan.domain.plan import Finding
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState, Part
from movplan.formulation.build import FIRM_STATES
from movplan.formulation.model import Model
from movplan.network.itinerary import Itinerary
from movplan.optimiser.columns import Pool
from movplan.optimiser.recover import recover
from movplan.optimiser.solution import Solution
from movplan.planning.by_hand import plan_from_assignments
from movplan.planning.counter import Counter
from movplan.planning.first_come import closed, tied_units
from movplan.screening import Screening

IN_FORCE = FIRM_STATES | {AssignmentState.NOTIFIED, AssignmentState.APPROVED}
STARTING = IN_FORCE | {AssignmentState.PROPOSED}

Key = tuple[str, Part]


@dataclass(frozen=True, slots=True)
class Told:
    """Departures a family's part has; ``exact``: those and no others.

    A pin names a departure, others may come before and after it.
    """

    departures: frozenset[str]
    exact: bool

    def allows(self, ridden: frozenset[str]) -> bool:
        """Whether riding these departures is what was told."""
        return ridden == self.departures if self.exact else self.departures <= ridden


def in_force_findings(
    scenario: Scenario, screening: Screening | None = None
) -> tuple[Finding, ...]:
    """Rules the plan in force breaks today: reported, not refused.

    Families that are approved, notified, pinned, locked, departed or arrived, written
    up as a plan made by hand; a pin is completed to the first journey that holds it.
    """
    rows = [row for row in scenario.assignments if row.state in IN_FORCE]
    if not rows:
        return ()
    if screening is not None:
        rows = list(_completed(rows, screening))
    plan = plan_from_assignments(scenario, rows, screening)
    said = [
        Finding(rule=v.rule, subject=", ".join(v.subjects), fact=f"{PREFIX}{v.fact}")
        for v in run_checks(scenario, plan).violations
    ]
    said += [
        Finding(rule="ledger", subject=d.key.subject_id, fact=f"{PREFIX}{d}")
        for d in recost(scenario, plan)
    ]
    return tuple(dict.fromkeys(said))


PREFIX = "plan in force: "


def start_solution(
    model: Model,
    pool: Pool,
    assignments: Iterable[Assignment],
    planned: Iterable[Assignment] = (),
    stop: Callable[[], bool] = lambda: False,
) -> Solution | None:
    """The plan in force as far as it can still be had; ``None`` when it is empty.

    Families keep the departures they were told; those of a plan to start from
    (``planned``) its departures. Those that count most are served first; where that
    leaves somebody without, all are decided together.
    """
    told = _told(row for row in assignments if row.state in STARTING)
    told.update(_told(planned))
    if not told:
        return None
    groups = _heaviest_first(model)
    counter = Counter(model)
    kept = _told_pairs(model, groups, told)
    counter.keep_open(kept)
    counter.serve_all(groups)
    while (departure := counter.too_empty()) is not None:
        counter.call_off(departure, groups)
    served = closed(model, counter, pool).solution
    pairs = np.flatnonzero(kept)
    if len(np.unique(model.pairs.unit[pairs])) > len(served.used()):
        served = recover(model, pool, served, pairs, stop)
    return served if len(served.used()) else None


def plain_solution(model: Model, pool: Pool, so_far: Solution) -> Solution:
    """Families served one after another, those that count most first.

    Whoever travels in ``so_far`` travels as before.
    """
    groups = _heaviest_first(model)
    counter = Counter(model)
    counter.seat(so_far, pool.columns)
    counter.serve_all(groups)
    while (departure := counter.too_empty()) is not None:
        counter.call_off(departure, groups)
        counter.serve_all(groups)
    return closed(model, counter, pool).solution


def _told(rows: Iterable[Assignment]) -> dict[Key, Told]:
    """What every part was told; mere proposals count where nothing firmer was said."""
    by_part: dict[Key, list[Assignment]] = defaultdict(list)
    for row in rows:
        by_part[row.family_id, row.part].append(row)
    found = {}
    for key, own in by_part.items():
        said = [row for row in own if row.state in IN_FORCE] or own
        found[key] = Told(
            departures=frozenset(row.departure_id for row in said),
            exact=any(row.state not in FIRM_STATES for row in said),
        )
    return found


def _told_pairs(
    model: Model, groups: Iterable[tuple[int, ...]], told: dict[Key, Told]
) -> NDArray[np.bool_]:
    """Pairs that ride what their family was told.

    Whoever was told nothing, but is tied to somebody who was, may take any.
    """
    ridden = [_departures(it) for it in model.screening.itineraries]
    kept = np.zeros(len(model.pairs), np.bool_)
    ptr = model.pairs.unit_ptr
    for group in groups:
        for_unit = {unit: told.get(_key(model, unit)) for unit in group}
        if not any(for_unit.values()):
            continue
        for unit, wanted in for_unit.items():
            for pair in range(ptr[unit], ptr[unit + 1]):
                departures = ridden[model.pairs.itinerary[pair]]
                kept[pair] = wanted is None or wanted.allows(departures)
    return kept


def _key(model: Model, unit: int) -> Key:
    units = model.units
    return units.family_ids[units.family[unit]], units.parts[unit]


def _heaviest_first(model: Model) -> list[tuple[int, ...]]:
    """Units tied together, by pins, then by what the levels say they are worth."""
    first = model.pairs.unit_ptr[:-1]
    worth = [
        tuple(int(level.pair_value[first[unit]]) for level in model.levels[:-1])
        if first[unit] < model.pairs.unit_ptr[unit + 1]
        else (0,) * len(model.levels[:-1])
        for unit in range(len(model.units))
    ]
    return sorted(
        tied_units(model),
        key=lambda group: (
            not model.units.must[list(group)].any(),
            *(-sum(values) for values in zip(*(worth[u] for u in group), strict=False)),
            group,
        ),
    )


def _completed(
    rows: Sequence[Assignment], screening: Screening
) -> Iterator[Assignment]:
    """Rows as they are, but pins alone as the first journey that holds them."""
    told = _told(rows)
    journeys = _pinned_journeys(told, screening)
    for row in rows:
        if (row.family_id, row.part) not in journeys:
            yield row
    own: dict[Key, list[Assignment]] = defaultdict(list)
    for row in rows:
        own[row.family_id, row.part].append(row)
    for key, it in journeys.items():
        yield from _ridden(own[key], it)


def _pinned_journeys(
    told: dict[Key, Told], screening: Screening
) -> dict[Key, Itinerary]:
    """The journey with the fewest rides, then the earliest, that holds every pin."""
    found: dict[Key, Itinerary] = {}
    for part in screening.parts:
        key = (part.family_id, part.part)
        if key not in told or told[key].exact:
            continue
        holding = [
            it
            for it in (screening.itineraries[k] for k in part.itineraries.tolist())
            if told[key].allows(_departures(it))
        ]
        if holding:
            found[key] = min(holding, key=lambda it: (len(it.rides), it.starts))
    return found


def _ridden(own: Sequence[Assignment], it: Itinerary) -> Iterator[Assignment]:
    """One row per ride: that of its departure, else one like the first."""
    by_departure = {row.departure_id: row for row in own}
    for leg, ride in enumerate(it.rides, start=1):
        row = by_departure.get(ride.departure_id)
        plain = {"vehicle": None, "escort_id": None, "session_ids": ()}
        update = {
            "departure_id": ride.departure_id,
            "leg": leg,
            "from_place": ride.from_place,
            "to_place": ride.to_place,
        }
        yield (row or own[0].model_copy(update=plain)).model_copy(update=update)


def _departures(it: Itinerary) -> frozenset[str]:
    return frozenset(ride.departure_id for ride in it.rides)
