"""Objective levels as integer values of pairs and plant columns, all maximised."""

from collections import defaultdict
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from movplan.domain.assignments import Assignment
from movplan.domain.levels import MAXIMISED, Grouping, effective_levels
from movplan.domain.scenario import Group, Level
from movplan.domain.words import AssignmentState, Measure, Part
from movplan.formulation.context import Context
from movplan.formulation.journeys import RawPairs
from movplan.formulation.model import LevelModel, PlantName
from movplan.formulation.plant import PlantBook
from movplan.formulation.rowbook import IntArray, RowName


def add_minimums(context: Context, plant: PlantBook, pairs: RawPairs) -> IntArray:
    """Guarded groups: persons moved + shortfall >= wanted; returns shortfall columns."""
    grouping = Grouping(context.scenario, context.files)
    persons = _persons(context)
    columns = []
    for minimum in context.scenario.minimums:
        row = context.rows.row(
            RowName("minimums", minimum.name), rhs=-grouping.wanted(minimum)
        )
        column = plant.column(
            PlantName("short", minimum.name), upper=grouping.wanted(minimum)
        )
        plant.use(column, row, -1)
        columns.append(column)
        inside = _members(context, grouping, minimum.where) * persons
        value = inside[pairs.unit] * context.unit_is_outbound[pairs.unit]
        pair = np.flatnonzero(value)
        context.resources.add(pair, np.full(len(pair), row), -value[pair])
    return np.array(columns, np.int64)


def build_levels(
    context: Context,
    plant: PlantBook,
    pairs: RawPairs,
    shortfalls: IntArray,
    constant_cost: int,
    pinned: NDArray[np.bool_],
) -> tuple[LevelModel, ...]:
    """Every effective level over raw pairs and plant columns.

    Before them, where units are pinned, a level of its own: pinned persons left out.
    """
    builder = _LevelBuilder(context, plant, pairs, shortfalls, constant_cost)
    levels = (builder.build(level) for level in effective_levels(context.scenario))
    if not pinned.any():
        return tuple(levels)
    return (builder.pins(pinned), *levels)


class _LevelBuilder:
    def __init__(
        self,
        context: Context,
        plant: PlantBook,
        pairs: RawPairs,
        shortfalls: IntArray,
        constant_cost: int,
    ) -> None:
        self.context, self.pairs = context, pairs
        self.grouping = Grouping(context.scenario, context.files)
        self.plant_size = len(plant.names)
        self.shortfalls, self.constant_cost = shortfalls, constant_cost
        self.plant_cost = np.array(plant.cost, np.int64)
        self.outbound = context.unit_is_outbound[pairs.unit]

    def build(self, level: Level) -> LevelModel:
        """One level, by its measure."""
        pair_value, plant_value = self._zeros()
        constant = 0
        sign = 1 if level.measure in MAXIMISED else -1
        match level.measure:
            case Measure.WEIGHTED_PERSONS:
                pair_value = self._moved(self._weights(level))
            case Measure.PERSONS:
                pair_value = self._moved(self._group_persons(level))
            case Measure.LEFT_OUT_PERSONS:
                pair_value = self._moved(self._group_persons(level))
                constant = self._group_total(level)
            case Measure.WAITING_DAYS:
                pair_value = (
                    self._moved(self._group_persons(level)) * self._days_saved()
                )
                constant = self._group_total(level) * self._days_left_out()
            case Measure.CHANGES:
                pair_value, constant = self._kept()
            case Measure.SHORTFALL:
                plant_value[self.shortfalls] = -1
            case Measure.COST:
                plant_value = -self.plant_cost
                constant = self.constant_cost
        return LevelModel(
            level=level,
            pair_value=pair_value,
            plant_value=plant_value,
            counts_cost=level.measure is Measure.COST,
            constant=constant,
            sign=sign,
        )

    def pins(self, pinned: NDArray[np.bool_]) -> LevelModel:
        """Persons of pinned units (``pinned`` [units]) left out."""
        of_unit = _persons(self.context) * pinned
        return LevelModel(
            level=PINNED,
            pair_value=of_unit[self.pairs.unit],
            plant_value=self._zeros()[1],
            counts_cost=False,
            constant=int(of_unit.sum()),
            sign=-1,
        )

    def _zeros(self) -> tuple[IntArray, IntArray]:
        return np.zeros(len(self.pairs.unit), np.int64), np.zeros(
            self.plant_size, np.int64
        )

    def _moved(self, of_unit: IntArray) -> IntArray:
        """Value of a unit counted once, on its outbound."""
        return of_unit[self.pairs.unit] * self.outbound

    def _weights(self, level: Level) -> IntArray:
        families = [self.context.families[p.family_id] for p in self.context.parts]
        weights = np.array([self.grouping.weight(f) for f in families], np.int64)
        return weights * _members(self.context, self.grouping, level.where)

    def _group_persons(self, level: Level) -> IntArray:
        return _persons(self.context) * _members(
            self.context, self.grouping, level.where
        )

    def _group_total(self, level: Level) -> int:
        return sum(
            family.persons
            for family in self.context.scenario.families
            if self.grouping.contains(level.where, family)
        )

    def _days_left_out(self) -> int:
        horizon_end = self.context.scenario.horizon.last + timedelta(days=1)
        return (horizon_end - self.context.scenario.as_of.date()).days

    def _days_saved(self) -> IntArray:
        as_of = self.context.scenario.as_of.date()
        itineraries = self.context.screening.itineraries
        days = np.array([(it.first_date - as_of).days for it in itineraries], np.int64)
        return self._days_left_out() - days[self.pairs.itinerary]

    def _kept(self) -> tuple[IntArray, int]:
        """Families keeping their notified departures, and the weight of all of them."""
        value, _ = self._zeros()
        total = 0
        units = {(p.family_id, p.part): k for k, p in enumerate(self.context.parts)}
        first = np.searchsorted(self.pairs.unit, np.arange(len(self.context.parts) + 1))
        for family_id, notified in notified_departures(self.context).items():
            weight = change_weight(self.context, notified)
            total += weight
            unit = units.get((family_id, Part.OUTBOUND))
            if unit is None:
                continue
            wanted = notified.get(Part.OUTBOUND, ())
            for pair in range(first[unit], first[unit + 1]):
                it = self.context.screening.itineraries[self.pairs.itinerary[pair]]
                if {ride.departure_id for ride in it.rides} == set(wanted):
                    value[pair] = weight
        return value, total


PINNED = Level(name="pinned", measure=Measure.LEFT_OUT_PERSONS)
Notified = dict[Part, tuple[str, ...]]


def notified_departures(context: Context) -> dict[str, Notified]:
    """Departures families were notified of, per part."""
    found: dict[str, dict[Part, list[Assignment]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in context.scenario.assignments:
        if row.state is AssignmentState.NOTIFIED and row.family_id in context.families:
            found[row.family_id][row.part].append(row)
    return {
        family: {
            part: tuple(r.departure_id for r in sorted(rows, key=lambda r: r.leg))
            for part, rows in parts.items()
        }
        for family, parts in found.items()
    }


def change_weight(context: Context, notified: Notified) -> int:
    """1 + max(0, change_notice_days - days to the earliest notified departure) // 7."""
    first = min(
        context.departures[departure_id].departs.date()
        for ids in notified.values()
        for departure_id in ids
    )
    days = (first - context.scenario.as_of.date()).days
    notice = context.scenario.rule_int("change_notice_days")
    return 1 + max(0, notice - days) // 7


def _persons(context: Context) -> IntArray:
    return np.array(
        [context.families[p.family_id].persons for p in context.parts], np.int64
    )


def _members(context: Context, grouping: Grouping, where: Group) -> IntArray:
    """1 for units of families in a group."""
    families = (context.families[p.family_id] for p in context.parts)
    inside = [grouping.contains(where, family) for family in families]
    return np.array(inside, np.int64)
