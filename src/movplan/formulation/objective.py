"""Objective levels as integer values of pairs and plant columns, all maximised."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from movplan.domain.levels import MAXIMISED, Grouping, effective_levels
from movplan.domain.scenario import Group, Level
from movplan.domain.words import Measure
from movplan.formulation.context import Context
from movplan.formulation.model import LevelModel, PlantName
from movplan.formulation.pairs import RawPairs
from movplan.formulation.plant import PlantBook
from movplan.formulation.promises import Promise
from movplan.formulation.rowbook import IntArray, RowName


@dataclass(frozen=True, slots=True)
class Owed:
    """Shortfall columns of minimums, and promises that may be broken."""

    shortfalls: IntArray
    promises: tuple[Promise, ...]


def add_minimums(context: Context, plant: PlantBook, pairs: RawPairs) -> IntArray:
    """Guarded groups: moved + shortfall >= wanted persons; the shortfall columns."""
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
    owed: Owed,
    constant_cost: int,
    pinned: NDArray[np.bool_],
) -> tuple[LevelModel, ...]:
    """Every effective level over raw pairs and plant columns.

    Before them, where units are pinned, a level of its own: pinned persons left out.
    """
    builder = _LevelBuilder(context, plant, pairs, owed, constant_cost)
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
        owed: Owed,
        constant_cost: int,
    ) -> None:
        self.context, self.pairs = context, pairs
        self.grouping = Grouping(context.scenario, context.files)
        self.plant_size = len(plant.names)
        self.owed, self.constant_cost = owed, constant_cost
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
                pair_value, plant_value, constant = self._changes(level)
            case Measure.SHORTFALL:
                plant_value[self.owed.shortfalls] = -1
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

    def _changes(self, level: Level) -> tuple[IntArray, IntArray, int]:
        """Promises of the level's families: kept by a pair, else a shortfall."""
        pair_value, plant_value = self._zeros()
        constant = 0
        for promise in self.owed.promises:
            family = self.context.families[promise.family_id]
            if not self.grouping.contains(level.where, family):
                continue
            if promise.column is None:
                pair_value[promise.kept] = promise.weight
                constant += promise.weight
            else:
                plant_value[promise.column] = -promise.weight
        return pair_value, plant_value, constant


PINNED = Level(name="pinned", measure=Measure.LEFT_OUT_PERSONS)


def _persons(context: Context) -> IntArray:
    return np.array(
        [context.families[p.family_id].persons for p in context.parts], np.int64
    )


def _members(context: Context, grouping: Grouping, where: Group) -> IntArray:
    """1 for units of families in a group."""
    families = (context.families[p.family_id] for p in context.parts)
    inside = [grouping.contains(where, family) for family in families]
    return np.array(inside, np.int64)
