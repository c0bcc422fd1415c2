"""Tiny models small enough to try everything: five families, three convoys, two lines.

Families 0 and 1 may be tied. Every pair rides one convoy, takes its family's seats and
has one charge that either of two budget lines may pay, at different draws. Convoys hire
up to ``vehicles`` vehicles, each at a price one line pays; no family is split over two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.sparse import csr_array

from movplan.domain.scenario import Level
from movplan.domain.words import Measure, Part
from movplan.formulation.model import (
    LevelModel,
    Model,
    Pairs,
    Plant,
    PlantName,
    Templates,
    Units,
)
from movplan.formulation.rowbook import RowName, Rows
from movplan.screening.result import Screening

CONVOYS, LINES = 3, 2


@dataclass(frozen=True)
class Data:
    """Sizes and weights per family, draws [pair][line], and limits."""

    sizes: tuple[int, ...]
    weights: tuple[int, ...]
    convoys: tuple[tuple[int, ...], ...]
    draws: tuple[tuple[int, int], ...]
    vehicle_seats: tuple[int, ...]
    vehicle_price: tuple[int, ...]
    budget: tuple[int, int]
    tied: bool
    vehicles: int


def random_data(seed: int, *, scale: int = 1, vehicles: int = 1) -> Data:
    """Invented data; ``scale`` multiplies all money."""
    rng = np.random.default_rng(seed)
    count = 5
    convoys = [
        tuple(sorted(rng.choice(CONVOYS, rng.integers(1, 4), replace=False).tolist()))
        for _ in range(count)
    ]
    convoys[1] = convoys[0]
    num_pairs = sum(len(ridden) for ridden in convoys)
    draws = rng.integers(1, 9, (num_pairs, LINES)) * scale
    return Data(
        sizes=tuple(rng.integers(1, 6, count).tolist()),
        weights=tuple((rng.integers(1, 9, count) * 10).tolist()),
        convoys=tuple(convoys),
        draws=tuple((a, b) for a, b in draws.tolist()),
        vehicle_seats=tuple(rng.integers(3, 9, CONVOYS).tolist()),
        vehicle_price=tuple((rng.integers(1, 9, CONVOYS) * scale).tolist()),
        budget=tuple((rng.integers(4, 20, LINES) * scale).tolist()),  # type: ignore[arg-type]
        tied=bool(rng.integers(0, 2)),
        vehicles=vehicles,
    )


def tiny_model(data: Data, screening: Screening) -> Model:
    """The model of some data, in the arrays formulation would give."""
    unit, convoy = _unit_and_convoy(data)
    count, families = len(unit), len(data.sizes)
    names = [RowName("vehicle_load", f"c{d}", "0") for d in range(CONVOYS)]
    names += [RowName("budget_ceiling", f"l{line}") for line in range(LINES)]
    uses = np.zeros((count, CONVOYS + LINES), np.int64)
    uses[np.arange(count), convoy] = np.array(data.sizes)[unit]
    ties = _tie_rows(data, unit, convoy)
    names += [RowName("travels_with", "f0", f"f1/{k}") for k in range(ties.shape[1])]
    num_rows = len(names)
    plant = np.zeros((CONVOYS, num_rows), np.int64)
    plant[np.arange(CONVOYS), np.arange(CONVOYS)] = -np.array(data.vehicle_seats)
    plant[:, CONVOYS] = data.vehicle_price
    draws = np.zeros((2 * count, num_rows), np.int64)
    for pair, (first, second) in enumerate(data.draws):
        draws[2 * pair, CONVOYS], draws[2 * pair + 1, CONVOYS + 1] = first, second
    return Model(
        screening=screening,
        rows=Rows(
            names=tuple(names),
            rhs=np.array([0] * CONVOYS + list(data.budget) + [0] * ties.shape[1]),
            equal=np.array([False] * (CONVOYS + LINES) + [True] * ties.shape[1]),
        ),
        units=Units(
            family_ids=tuple(f"f{k}" for k in range(families)),
            family=np.arange(families),
            parts=(Part.OUTBOUND,) * families,
            persons=np.array(data.sizes),
            must=np.zeros(families, np.bool_),
        ),
        pairs=Pairs(
            unit=unit,
            itinerary=np.arange(count),
            template=np.arange(count),
            unit_ptr=np.searchsorted(unit, np.arange(families + 1)),
            slot_ptr=np.zeros(count + 1, np.int64),
            option_ptr=np.zeros(1, np.int64),
            slot_template=np.zeros(0, np.int64),
        ),
        templates=Templates(
            resources=csr_array(np.hstack([uses, ties])),
            cost=np.zeros(count, np.int64),
            charge_ptr=np.arange(count + 1),
            charge_category=np.zeros(count, np.int64),
            charge_item=np.zeros(count, np.int64),
            choice_ptr=np.arange(count + 1) * 2,
            choice_line=np.tile([0, 1], count),
            choice_cost=draws.sum(axis=1),
            draws=csr_array(draws),
            option=(None,) * count,
        ),
        plant=Plant(
            names=tuple(PlantName("hire", f"c{d}", "bus") for d in range(CONVOYS)),
            upper=np.full(CONVOYS, data.vehicles),
            matrix=csr_array(plant),
            cost=np.array(data.vehicle_price),
        ),
        levels=(_moved(data, unit), _cost(data, count)),
        lines=("l0", "l1"),
        items=("fare",),
        pair_departures=csr_array(
            (np.ones(count, np.int64), (np.arange(count), convoy)),
            shape=(count, CONVOYS),
        ),
        departure_ids=tuple(f"c{d}" for d in range(CONVOYS)),
        run_column={},
    )


def _unit_and_convoy(data: Data) -> tuple[np.ndarray, np.ndarray]:
    flat = [(u, d) for u, ridden in enumerate(data.convoys) for d in ridden]
    unit, convoy = np.array(flat, np.int64).T
    return unit, convoy


def _tie_rows(data: Data, unit: np.ndarray, convoy: np.ndarray) -> np.ndarray:
    """Families 0 and 1: all or none, and per convoy both or neither."""
    if not data.tied:
        return np.zeros((len(unit), 0), np.int64)
    sign = np.where(unit == 0, 1, np.where(unit == 1, -1, 0))
    rows = [sign, *(np.where(convoy == d, sign, 0) for d in data.convoys[0])]
    return np.stack(rows, axis=1)


def _moved(data: Data, unit: np.ndarray) -> LevelModel:
    return LevelModel(
        level=Level(name="moved", measure=Measure.WEIGHTED_PERSONS),
        pair_value=np.array(data.weights)[unit],
        plant_value=np.zeros(CONVOYS, np.int64),
        counts_cost=False,
        constant=0,
        sign=1,
    )


def _cost(data: Data, count: int) -> LevelModel:
    return LevelModel(
        level=Level(name="cost", measure=Measure.COST),
        pair_value=np.zeros(count, np.int64),
        plant_value=-np.array(data.vehicle_price),
        counts_cost=True,
        constant=0,
        sign=-1,
    )


def best_by_trying(data: Data) -> tuple[int, int]:
    """(most weight moved, least cost at that), by trying every plan."""
    plans = (_measure(data, plan) for plan in _all_plans(data))
    weight, minus_cost = max(found for found in plans if found is not None)
    return weight, -minus_cost


def _all_plans(data: Data) -> Iterator[tuple[tuple[int, int, int] | None, ...]]:
    """Per family: staying, or (convoy, draw, line)."""
    pair, ways = 0, []
    for ridden in data.convoys:
        mine: list[tuple[int, int, int] | None] = [None]
        for convoy in ridden:
            mine += [(convoy, data.draws[pair][line], line) for line in range(LINES)]
            pair += 1
        ways.append(mine)
    return product(*ways)


def _measure(
    data: Data, plan: tuple[tuple[int, int, int] | None, ...]
) -> tuple[int, int] | None:
    """(weight, -cost) of a plan with as few vehicles as can be; ``None`` if broken."""
    rides = [None if way is None else way[0] for way in plan]
    if data.tied and rides[0] != rides[1]:
        return None
    aboard: list[list[int]] = [[] for _ in range(CONVOYS)]
    spent = [0] * LINES
    for way, size in zip(plan, data.sizes, strict=True):
        if way is not None:
            aboard[way[0]].append(size)
            spent[way[2]] += way[1]
    for convoy, sizes in enumerate(aboard):
        vehicles = _vehicles(sizes, data.vehicle_seats[convoy])
        if vehicles > data.vehicles:
            return None
        spent[0] += vehicles * data.vehicle_price[convoy]
    if any(used > limit for used, limit in zip(spent, data.budget, strict=True)):
        return None
    moved = (w for w, way in zip(data.weights, plan, strict=True) if way is not None)
    return sum(moved), -sum(spent)


def _vehicles(sizes: list[int], seats: int) -> int:
    """Fewest vehicles that take whole families: 0, 1, 2, or 3 for more than two."""
    if sum(sizes) <= seats:
        return 1 if sizes else 0
    first = (
        sum(s for s, a in zip(sizes, split, strict=True) if a)
        for split in product((0, 1), repeat=len(sizes))
    )
    return 2 if any(sum(sizes) - seats <= load <= seats for load in first) else 3
