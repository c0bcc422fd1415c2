"""Appointment templates: every way a family can attend a session, with its charges."""

from dataclasses import dataclass, field

import numpy as np

from movplan.costing.prices import Price
from movplan.domain.items import (
    session_item,
    session_night_item,
    session_transfer_item,
    transfer_item,
)
from movplan.domain.words import CapacityKind, CostCategory, SessionKind
from movplan.formulation.context import Context
from movplan.formulation.pairs import RawPairs
from movplan.formulation.places import PlaceRows
from movplan.formulation.rowbook import IntArray, RowName
from movplan.network.itinerary import Move
from movplan.screening.nights import StayLimit
from movplan.screening.result import AppointmentOption, AppointmentSlot
from movplan.screening.session_room import SessionRoom


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
        self._context, self._places, self._pairs = context, places, pairs
        self._first = len(pairs.unit)
        self._slots = Slots(journeys=pairs.unit)
        self._known: dict[tuple[object, ...], int] = {}
        self._limit = StayLimit(context.scenario)
        self._room = SessionRoom(context.scenario)
        self._sessions = {s.session_id: s for s in context.scenario.sessions}
        self._by_category: dict[CostCategory, list[tuple[int, ...]]] = {}
        self._uses: list[tuple[int, int, int]] = []

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
            self._fill(index, unit, option, access)
        return self._known[key]

    def _fill(
        self,
        template: int,
        unit: int,
        option: AppointmentOption,
        access: Move | None,
    ) -> None:
        session = self._sessions[option.session_id]
        rows = self._context.rows
        name = RowName("session_places", session.session_id)
        row = rows.row(name, rhs=session.places)
        self._uses.append((template, row, option.persons))
        programme = self._programme(unit)
        for day in self._room.dates(session):
            kind = CapacityKind.APPOINTMENT
            for row, limited_to in self._places.rows(kind, session.place_id, day):
                if limited_to in (None, programme):
                    self._uses.append((template, row, option.persons))
        price = Price(
            session.price_per_person_cents * option.persons,
            session.currency,
            session.basis,
            "",
        )
        item = session_item(session.session_id)
        on = session.starts.date().toordinal()
        self._charge(template, unit, CostCategory.SESSION, item, price, on)
        self._fill_moves(template, unit, option, access)
        self._fill_nights(template, unit, option)

    def _fill_moves(
        self,
        template: int,
        unit: int,
        option: AppointmentOption,
        access: Move | None,
    ) -> None:
        part = self._context.parts[unit].part
        moved = [
            (
                move,
                seats,
                session_transfer_item(
                    option.session_id,
                    move.from_place,
                    move.to_place,
                    move.departs.date(),
                ),
            )
            for move, seats in zip(option.moves, option.move_seats, strict=True)
        ]
        if access is not None:
            on = access.departs.date()
            item = transfer_item(part, access.from_place, access.to_place, on)
            moved.append((access, self._seats_at(unit, access), item))
        for move, seats, item in moved:
            price = self._context.tariffs.transfer_price(
                move.from_place, move.to_place, persons=option.travelling, seats=seats
            )
            day = move.departs.date().toordinal()
            self._charge(template, unit, CostCategory.TRANSFER, item, price, day)

    def _seats_at(self, unit: int, move: Move) -> int:
        """Seats of the whole family on a transfer: everybody but lap infants."""
        loads = self._context.screening.loads
        family = self._context.unit_family[unit]
        day = max(0, (move.departs.date() - loads.day0).days)
        lap = loads.infants[family, day] - loads.extra_infants[family, day]
        return int(loads.persons[family, day] - lap)

    def _fill_nights(self, template: int, unit: int, option: AppointmentOption) -> None:
        programme = self._programme(unit)
        for night in option.nights:
            tariff = self._context.tariffs.night_price(night.place_id)
            if tariff is not None:
                price = Price(
                    tariff.amount_cents * option.travelling,
                    tariff.currency,
                    tariff.basis,
                    "",
                )
                item = session_night_item(option.session_id, night.place_id, night.on)
                on = night.on.toordinal()
                self._charge(
                    template, unit, CostCategory.ACCOMMODATION, item, price, on
                )
            for row, limited_to in self._places.rows(
                CapacityKind.BEDS, night.place_id, night.on
            ):
                if limited_to in (None, programme):
                    self._uses.append((template, row, option.travelling))

    def _programme(self, unit: int) -> str:
        family_id = self._context.parts[unit].family_id
        return self._context.families[family_id].programme

    def _charge(
        self,
        template: int,
        unit: int,
        category: CostCategory,
        item: str,
        price: Price,
        day: int,
    ) -> None:
        book = self._context.charges
        self._by_category.setdefault(category, []).append(
            (
                template,
                int(self._context.unit_payer[unit]),
                book.items[item],
                book.currencies[price.currency],
                price.amount_cents,
                day,
            )
        )

    def _flush(self) -> None:
        for category, charges in self._by_category.items():
            columns = np.array(charges, np.int64).reshape(-1, 6).T
            self._context.charges.add(
                template=columns[0],
                payer=columns[1],
                category=category,
                item=columns[2],
                currency=columns[3],
                amount=columns[4],
                day=columns[5],
            )
        uses: IntArray = np.array(self._uses, np.int64).reshape(-1, 3)
        self._context.resources.add(uses[:, 0], uses[:, 1], uses[:, 2])
