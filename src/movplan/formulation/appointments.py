"""Appointment templates: every way a family can attend a session, with its charges."""

from dataclasses import dataclass, field

import numpy as np

from movplan.domain.words import SessionKind
from movplan.formulation.attending import Attended, Recipes
from movplan.formulation.context import Context
from movplan.formulation.pairs import RawPairs
from movplan.formulation.places import PlaceRows
from movplan.formulation.rowbook import IntArray
from movplan.network.itinerary import Move
from movplan.screening.nights import StayLimit
from movplan.screening.result import AppointmentOption, AppointmentSlot


@dataclass(slots=True)
class Slots:
    """Slots of raw pairs: counts per pair, then options per slot as templates.

    ``unit`` is the unit of every option's template, ``journeys`` that of every journey.
    ``slot`` is the slot of the unit a template is for, where nights are limited; -1 for
    one that several slots share.
    """

    journeys: IntArray
    unit: list[int] = field(default_factory=list)
    slot: list[int] = field(default_factory=list)
    per_pair: list[int] = field(default_factory=list)
    per_slot: list[int] = field(default_factory=list)
    template: list[int] = field(default_factory=list)
    options: list[AppointmentOption] = field(default_factory=list)

    @property
    def units(self) -> IntArray:
        """The unit of every template, journeys first."""
        return np.concatenate([self.journeys, np.array(self.unit, np.int64)])


class AppointmentBuilder:
    """Builds one template per (unit, option[, access]) and fills its coefficients.

    Options with nights where a stay is limited have one per slot too.
    """

    def __init__(self, context: Context, places: PlaceRows, pairs: RawPairs) -> None:
        self._context, self._pairs = context, pairs
        self._first = len(pairs.unit)
        self._slots = Slots(journeys=pairs.unit)
        self._known: dict[tuple[object, ...], int] = {}
        self._limit = StayLimit(context.scenario)
        self._recipes = Recipes(context, places)
        self._recipe_of: list[int] = []

    def build(self) -> Slots:
        """All slots of all raw pairs, and their templates' coefficients."""
        pairs = self._pairs
        for unit, itinerary, local in zip(
            pairs.unit.tolist(),
            pairs.itinerary.tolist(),
            pairs.local.tolist(),
            strict=True,
        ):
            part = self._context.parts[unit]
            self._slots.per_pair.append(len(part.slots))
            for number, (slot, options) in enumerate(
                zip(part.slots, part.options, strict=True)
            ):
                access = self._access(slot, itinerary)
                templates = [
                    self._template(unit, option, access, number)
                    for option in options[local]
                ]
                self._slots.per_slot.append(len(templates))
                self._slots.template.extend(templates)
        self._flush()
        return self._slots

    def _access(self, slot: AppointmentSlot, itinerary: int) -> Move | None:
        """The access a PEC at the start leaves in place."""
        if slot.kind is not SessionKind.PRE_EMBARKATION_CHECK:
            return None
        return self._context.screening.itineraries[itinerary].access

    def _template(
        self,
        unit: int,
        option: AppointmentOption,
        access: Move | None,
        slot: int,
    ) -> int:
        if option.replaces_access:
            access = None
        slot = slot if self._limit.counts(option.nights) else -1
        key = (unit, id(option), access, slot)
        if key not in self._known:
            index = self._first + len(self._slots.options)
            self._known[key] = index
            self._slots.options.append(option)
            self._slots.unit.append(unit)
            self._slots.slot.append(slot)
            self._recipe_of.append(self._recipe(unit, option, access))
        return self._known[key]

    def _recipe(self, unit: int, option: AppointmentOption, access: Move | None) -> int:
        """What attending like this takes, the same for all who do."""
        part = self._context.parts[unit]
        attended = Attended(
            option=option,
            programme=self._context.families[part.family_id].programme,
            part=part.part,
            access=access,
            access_seats=0 if access is None else self._seats_at(unit, access),
        )
        return self._recipes.of(attended)

    def _seats_at(self, unit: int, move: Move) -> int:
        """Seats of the whole family on a transfer: everybody but lap infants."""
        loads = self._context.screening.loads
        family = self._context.unit_family[unit]
        day = max(0, (move.departs.date() - loads.day0).days)
        lap = loads.infants[family, day] - loads.extra_infants[family, day]
        return int(loads.persons[family, day] - lap)

    def _flush(self) -> None:
        """Rows and charges of every template, as its recipe says."""
        recipe = np.array(self._recipe_of, np.int64)
        payer = self._context.unit_payer[np.array(self._slots.unit, np.int64)]
        for category, table in self._recipes.charges().items():
            owner, at = table.under(recipe)
            item, currency, amount, day = table.rows[:, at]
            self._context.charges.add(
                template=self._first + owner,
                payer=payer[owner],
                category=category,
                item=item,
                currency=currency,
                amount=amount,
                day=day,
            )
        uses = self._recipes.uses()
        owner, at = uses.under(recipe)
        self._context.resources.add(self._first + owner, *uses.rows[:, at])
