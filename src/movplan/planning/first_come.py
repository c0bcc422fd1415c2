"""First come, first served: what a spreadsheet does. A yardstick, not the planner.

Families in order of how long they have waited; each takes its earliest, then cheapest
itinerary for which everything is still to be had: seats, beds, sessions, escorts,
money. Vehicles, charters and missions are bought as they are needed; every charge
goes to the first eligible line, in draw order, with money for it. At the end
departures with too few persons are called off and their families try again.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from movplan.domain.scenario import Scenario
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.columns import Pool, make_columns
from movplan.optimiser.solution import Solution, settle_idle
from movplan.planning.counter import Counter

TIES = frozenset({"round_trip", "travels_with"})


@dataclass(frozen=True, slots=True)
class FirstCome:
    """A solution over a pool, and its level values as people read them."""

    solution: Solution
    pool: Pool
    values: tuple[int, ...]


def first_come(scenario: Scenario, model: Model) -> FirstCome:
    """Serve everybody in order; the answer keeps every row of the model, exactly.

    Levels play no part: not even must-travel families come first, only those whose
    journey is pinned.
    """
    groups = _in_order(scenario, model, tied_units(model))
    counter = Counter(model)
    counter.serve_all(groups)
    while (departure := counter.too_empty()) is not None:
        counter.call_off(departure, groups)
        counter.serve_all(groups)
    return closed(model, counter, Pool(model))


def tied_units(model: Model) -> list[tuple[int, ...]]:
    """Units that travel together or not at all: round trips and companions."""
    ties = [k for k, name in enumerate(model.rows.names) if name.rule in TIES]
    touched = model.templates.resources[model.pairs.template][:, ties].tocoo()
    size = len(model.units)
    unit = model.pairs.unit[touched.row]
    incidence = csr_array(
        (np.ones(len(unit), np.int64), (unit, touched.col)), shape=(size, len(ties))
    )
    _, label = connected_components(incidence @ incidence.T, directed=False)
    groups: dict[int, list[int]] = {}
    for k, group in enumerate(label.tolist()):
        groups.setdefault(group, []).append(k)
    return [tuple(group) for group in groups.values()]


def _in_order(
    scenario: Scenario, model: Model, groups: list[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """Pinned journeys first, then those waiting longest (unknown: last), then by id."""
    since = {row.family_id: row.waiting_since for row in scenario.families}
    units = model.units

    def place(unit: int) -> tuple[bool, date, str]:
        family_id = units.family_ids[units.family[unit]]
        return not units.must[unit], since[family_id] or date.max, family_id

    return sorted(groups, key=lambda group: min(place(unit) for unit in group))


def closed(model: Model, counter: Counter, pool: Pool) -> FirstCome:
    """Everything taken, as a solution over a pool."""
    counter.stock.drop_idle()
    units = sorted(counter.taken)
    taken = [counter.taken[unit] for unit in units]
    pairs = np.array([row.pair for row in taken], np.int64)
    columns = make_columns(
        model,
        pairs,
        *_owned([row.templates for row in taken]),
        *_owned([row.choices for row in taken]),
    )
    column = np.full(len(model.units), -1, np.int64)
    column[units] = pool.add(columns)
    plant = settle_idle(model, counter.stock.plant_with_shortfalls())
    solution = Solution(column=column, plant=plant)
    _assert_kept(model, solution, pool)
    values = tuple(
        level.external(solution.value(model, pool.columns, k))
        for k, level in enumerate(model.levels)
    )
    return FirstCome(solution=solution, pool=pool, values=values)


def _owned(lists: list[tuple[int, ...]]) -> tuple[IntArray, IntArray]:
    """Whose each entry is, and the entries of all one after another."""
    owner = np.repeat(np.arange(len(lists)), [len(entries) for entries in lists])
    flat = [entry for entries in lists for entry in entries]
    return owner, np.array(flat, np.int64)


def _assert_kept(model: Model, solution: Solution, pool: Pool) -> None:
    used = solution.usage(model, pool.columns)
    rows = model.rows
    broken = np.where(rows.equal, used != rows.rhs, used > rows.rhs)
    if broken.any() or (solution.plant > model.plant.upper).any():
        names = [rows.names[k] for k in np.flatnonzero(broken)[:3].tolist()]
        raise AssertionError(f"first come broke {names}")
