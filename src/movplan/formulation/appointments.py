"""Appointment templates: every way a family can attend a session, with its charges.

One per unit, option and access left beside it; where a stay is limited, options with
nights there have one per slot too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from movplan.domain.words import SessionKind
from movplan.formulation.attendance import add_attendance
from movplan.formulation.context import Context
from movplan.formulation.offers import Accesses, Offers, Ways
from movplan.formulation.pairs import RawPairs
from movplan.formulation.places import PlaceRows
from movplan.formulation.ragged import expand, first_rows, pointers
from movplan.formulation.rowbook import IntArray
from movplan.screening.nights import StayLimit
from movplan.screening.result import AppointmentOption


@dataclass(frozen=True, slots=True)
class Slots:
    """Slots of raw pairs: counts per pair, then options per slot as templates.

    ``unit`` is the unit of every option's template, ``journeys`` that of every journey,
    ``option`` the template's position in ``offered``, the options there are.
    ``slot`` is the slot of the unit a template is for, where nights are limited; -1 for
    one that several slots share.
    """

    journeys: IntArray
    unit: IntArray
    option: IntArray
    slot: IntArray
    per_pair: IntArray
    per_slot: IntArray
    template: IntArray
    offered: tuple[AppointmentOption, ...]

    def options(self) -> Iterator[AppointmentOption]:
        """The options of all templates but the journeys'."""
        return map(self.offered.__getitem__, self.option.tolist())

    @property
    def units(self) -> IntArray:
        """The unit of every template, journeys first."""
        return np.concatenate([self.journeys, self.unit])


def add_appointments(context: Context, places: PlaceRows, pairs: RawPairs) -> Slots:
    """All slots of all raw pairs, and their templates' coefficients."""
    offers = Offers.of(context.parts)
    accesses = Accesses.of(context.screening.itineraries)
    per_unit = np.array([len(part.slots) for part in context.parts], np.int64)
    offered = _offered(context, pairs, offers, accesses, per_unit)
    first, template = first_rows(*offered)
    ways = Ways(*(column[first] for column in offered))
    add_attendance(context, places, offers, accesses, ways, first=len(pairs.unit))
    return Slots(
        journeys=pairs.unit,
        unit=ways.unit,
        option=ways.option,
        slot=ways.slot,
        per_pair=per_unit[pairs.unit],
        per_slot=np.diff(offers.ptr),
        template=template + len(pairs.unit),
        offered=offers.options,
    )


def _offered(
    context: Context,
    pairs: RawPairs,
    offers: Offers,
    accesses: Accesses,
    per_unit: IntArray,
) -> Ways:
    """Every option of every slot of every pair; only PECs leave an access in place."""
    check = SessionKind.PRE_EMBARKATION_CHECK
    at_check = np.array(
        [slot.kind is check for part in context.parts for slot in part.slots], np.bool_
    )
    ptr = pointers(per_unit)
    pair, slot = expand(ptr[pairs.unit], per_unit[pairs.unit])
    access = accesses.of_itinerary[pairs.itinerary[pair]]
    access = np.where(at_check[slot], access, -1)
    owner, option = np.repeat(np.arange(len(slot)), np.diff(offers.ptr)), offers.option
    unit = pairs.unit[pair[owner]]
    limit = StayLimit(context.scenario)
    replaces = np.array([o.replaces_access for o in offers.options], np.bool_)
    limited = np.array([limit.counts(o.nights) for o in offers.options], np.bool_)
    return Ways(
        unit=unit,
        option=option,
        access=np.where(replaces[option], -1, access[owner]),
        slot=np.where(limited[option], slot[owner] - ptr[unit], -1),
    )
