"""Builds the model: a table of contents of the rules."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState
from movplan.formulation.appointments import Slots, add_appointments
from movplan.formulation.charges import CATEGORIES
from movplan.formulation.choices import Choices, find_choices
from movplan.formulation.context import Context
from movplan.formulation.contracts import refuse_overdrawn
from movplan.formulation.convoy_riders import convoy_riders
from movplan.formulation.convoy_rows import add_convoy_rows
from movplan.formulation.departures import add_departures
from movplan.formulation.escorts import add_care
from movplan.formulation.journeys import add_journeys
from movplan.formulation.left_out_rules import leave_out
from movplan.formulation.mission_columns import Asked, add_missions
from movplan.formulation.missions import Mission
from movplan.formulation.model import LevelModel, Model, Pairs, Templates, Units
from movplan.formulation.money_rows import add_budget_rows, money_rows, take_constants
from movplan.formulation.objective import Owed, add_minimums, build_levels
from movplan.formulation.pairs import RawPairs, raw_pairs
from movplan.formulation.pinned import Pinned, add_pinned_escorts, add_pinned_vehicles
from movplan.formulation.places import PlaceRows, add_places
from movplan.formulation.plant import PlantBook
from movplan.formulation.promises import add_promises
from movplan.formulation.ragged import pointers, segment_sum, under
from movplan.formulation.relations import (
    add_companions,
    add_round_trips,
    pair_departures,
)
from movplan.formulation.ride_table import Aboard, RideTable
from movplan.formulation.rowbook import IntArray
from movplan.formulation.stays import add_stay_rows
from movplan.formulation.step_order import add_order_rows
from movplan.formulation.transport_rows import add_transport_rows
from movplan.screening.result import Screening

FIRM_STATES = frozenset(
    {
        AssignmentState.PINNED,
        AssignmentState.LOCKED,
        AssignmentState.DEPARTED,
        AssignmentState.ARRIVED,
    }
)


@dataclass(frozen=True, slots=True)
class Built:
    """The model with what decoding needs beside it."""

    model: Model
    context: Context
    missions: dict[int, Mission]
    pinned: Pinned
    unpayable: tuple[str, ...]


def build_model(
    scenario: Scenario,
    screening: Screening,
    tariffs: Tariffs,
    *,
    without: frozenset[str] = frozenset(),
) -> Built:
    """Build the integer linear model of a screened scenario.

    Rules named in ``without`` have no rows and no say: for tests of what a rule does.
    A plan that is handed over never leaves one out.
    """
    context = Context(scenario, screening, tariffs, without)
    plant = PlantBook()
    add_budget_rows(context)
    constant_cost = take_constants(context)
    transport = add_transport_rows(context)
    pairs = raw_pairs(context)
    rides = pair_departures(context, pairs)
    aboard = Aboard.of(context, pairs, RideTable.build(context, transport))
    places = PlaceRows(context)

    add_journeys(context, pairs, transport, aboard)
    slots = add_appointments(context, places, pairs)
    add_stay_rows(context, pairs, slots)
    add_order_rows(context, slots)
    add_places(context, pairs, places)
    add_round_trips(context, pairs)
    add_companions(context, pairs, rides)
    convoys = add_convoy_rows(context, convoy_riders(context, transport, aboard))
    care = add_care(context, pairs)
    pinned = Pinned.of(scenario)
    pins = add_pinned_escorts(context, pairs, pinned)

    run = add_departures(context, plant, transport, convoys)
    add_pinned_vehicles(context, plant, transport, aboard, pinned)
    missions = add_missions(context, plant, transport, Asked(care, pins, convoys))
    owed = Owed(
        shortfalls=add_minimums(context, plant, pairs),
        promises=add_promises(context, plant, pairs),
    )
    units = _units(context)
    levels = build_levels(context, plant, pairs, owed, constant_cost, units.must)

    money = money_rows(context)
    refuse_overdrawn(context)
    choices = find_choices(context, money, slots)
    rows = context.rows.finish()
    kept = _keep_payable(pairs, slots, choices)
    model = Model(
        screening=screening,
        rows=rows,
        units=units,
        pairs=kept.pairs,
        templates=_templates(context, pairs, slots, choices.payable_only(), len(rows)),
        plant=plant.finish(len(rows)),
        levels=tuple(_restrict(level, kept.raw) for level in levels),
        lines=money.lines,
        items=context.charges.items.words(),
        pair_departures=rides[kept.raw],
        departure_ids=context.departure_ids,
        run_column=run,
    )
    model = leave_out(model, without)
    return Built(
        model=model,
        context=context,
        missions=missions,
        pinned=pinned,
        unpayable=_unpayable(context, kept),
    )


def _units(context: Context) -> Units:
    firm = {
        (row.family_id, row.part)
        for row in context.scenario.assignments
        if row.state in FIRM_STATES and context.keeps("pins")
    }
    families = sorted(context.families)
    index = {family_id: k for k, family_id in enumerate(families)}
    parts = context.parts
    return Units(
        family_ids=tuple(families),
        family=np.array([index[p.family_id] for p in parts], np.int64),
        parts=tuple(p.part for p in parts),
        persons=np.array(
            [context.families[p.family_id].persons for p in parts], np.int64
        ),
        must=np.array([(p.family_id, p.part) in firm for p in parts], np.bool_),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """Pairs that can be paid for, and their raw positions."""

    pairs: Pairs
    raw: IntArray


def _keep_payable(raw: RawPairs, slots: Slots, choices: Choices) -> _Kept:
    """Drop templates with a charge nobody may pay, and pairs left without an option."""
    num_templates = len(raw.unit) + len(slots.option)
    payable = np.ones(num_templates, np.bool_)
    payable[choices.template[~choices.payable]] = False
    option_ptr = pointers(slots.per_slot)
    slot_ptr = pointers(slots.per_pair)
    good_option = payable[slots.template]
    good_in_slot = segment_sum(good_option.astype(np.int64), option_ptr)
    empty_in_pair = segment_sum((good_in_slot == 0).astype(np.int64), slot_ptr)
    good = payable[: len(raw.unit)] & (empty_in_pair == 0)
    kept = np.flatnonzero(good)
    _, slot = under(slot_ptr, kept)
    _, option = under(option_ptr, slot)
    option = option[good_option[option]]
    unit = raw.unit[kept]
    num_units = int(raw.unit[-1]) + 1 if len(raw.unit) else 0
    pairs = Pairs(
        unit=unit,
        itinerary=raw.itinerary[kept],
        template=kept,
        unit_ptr=np.searchsorted(unit, np.arange(num_units + 1)),
        slot_ptr=pointers(np.diff(slot_ptr)[kept]),
        option_ptr=pointers(good_in_slot[slot]),
        slot_template=slots.template[option],
    )
    return _Kept(pairs=pairs, raw=kept)


def _templates(
    context: Context, raw: RawPairs, slots: Slots, choices: Choices, num_rows: int
) -> Templates:
    count = len(raw.unit) + len(slots.option)
    per_template = np.bincount(choices.template, minlength=count)
    return Templates(
        resources=context.resources.take(count, num_rows),
        cost=_dense(context.credits.take(count, 1).toarray()[:, 0]),
        charge_ptr=pointers(per_template),
        charge_category=choices.category,
        charge_item=choices.item,
        choice_ptr=choices.ptr,
        choice_line=choices.line,
        choice_cost=choices.cost,
        draws=choices.draws,
        option=(*(None for _ in raw.unit), *slots.options()),
    )


def _dense(column: NDArray[Any]) -> IntArray:
    return np.asarray(column, np.int64)


def _restrict(level: LevelModel, raw: IntArray) -> LevelModel:
    return LevelModel(
        level=level.level,
        pair_value=level.pair_value[raw],
        plant_value=level.plant_value,
        counts_cost=level.counts_cost,
        constant=level.constant,
        sign=level.sign,
    )


def _unpayable(context: Context, kept: _Kept) -> tuple[str, ...]:
    """Families whose every itinerary has a charge no line may pay."""
    with_pairs = set(kept.pairs.unit.tolist())
    return tuple(
        part.family_id
        for unit, part in enumerate(context.parts)
        if unit not in with_pairs
    )


__all__ = ["CATEGORIES", "Built", "build_model"]
