"""Rows ``stay_limit``: appointments that together keep a family too long at a place.

Screening drops what is too long by itself; here it is a choice of sessions of several
steps, or of sessions and an itinerary. Of every smallest such choice of n,

    sum of its n columns <= n - 1.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

from movplan.formulation.appointments import Slots
from movplan.formulation.context import Context
from movplan.formulation.pairs import RawPairs
from movplan.formulation.ragged import pointers, segment_sum
from movplan.formulation.rowbook import IntArray, RowName
from movplan.network.itinerary import Night
from movplan.screening.nights import StayLimit
from movplan.screening.result import AppointmentOption

RULE = "stay_limit"
Nights = tuple[Night, ...]
Slotted = tuple[int, AppointmentOption]
Chosen = tuple[Slotted, ...]


@dataclass(slots=True)
class _Clash:
    """Options too long together; with ``journeys`` (templates), only on one of them."""

    place: str
    journeys: list[int] = field(default_factory=list)


def add_stay_rows(context: Context, pairs: RawPairs, slots: Slots) -> None:
    """A row per unit and choice of options that stays too long somewhere."""
    limit = StayLimit(context.scenario)
    if not limit.most:
        return
    desk = _Desk(context, pairs, slots, limit)
    for unit, of_unit in desk.clashes().items():
        for number, (options, clash) in enumerate(of_unit.items()):
            desk.add(unit, options, clash, number)


class _Desk:
    """The options of every pair, and their templates by unit."""

    def __init__(
        self, context: Context, pairs: RawPairs, slots: Slots, limit: StayLimit
    ) -> None:
        self._context, self._pairs, self._slots = context, pairs, slots
        self._limit = limit
        self._first = len(pairs.unit)
        self._templates: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for k in np.flatnonzero(slots.slot >= 0).tolist():
            slot, option = self._slotted(k)
            of_option = self._templates[int(slots.unit[k]), slot, id(option)]
            of_option.append(self._first + k)

    def clashes(self) -> dict[int, dict[Chosen, _Clash]]:
        """By unit the smallest choices that stay too long."""
        itineraries = self._context.screening.itineraries
        found: dict[int, dict[Chosen, _Clash]] = defaultdict(dict)
        for pair, choices in self._of_pairs():
            nights = self._counted(itineraries[int(self._pairs.itinerary[pair])].nights)
            of_unit = found[int(self._pairs.unit[pair])]
            for chosen in self._smallest(choices, nights):
                slept = self._slept(chosen)
                alone = self._limit.too_long(slept)
                place = alone or self._limit.too_long((*slept, *nights)) or ""
                clash = of_unit.setdefault(chosen, _Clash(place))
                if alone is None:
                    clash.journeys.append(pair)
        return found

    def add(self, unit: int, options: Chosen, clash: _Clash, number: int) -> None:
        """The row of one choice."""
        family_id = self._context.parts[unit].family_id
        names = "+".join(option.session_id for _, option in options)
        size = len(options) + bool(clash.journeys)
        name = RowName(RULE, family_id, f"{clash.place}/{names}/{number}")
        row = self._context.rows.row(name, rhs=size - 1)
        chosen = [
            template
            for slot, option in options
            for template in self._templates[unit, slot, id(option)]
        ]
        columns: IntArray = np.array([*chosen, *clash.journeys], np.int64)
        ones = np.ones(len(columns), np.int64)
        self._context.resources.add(columns, ones * row, ones)

    def _of_pairs(self) -> Iterator[tuple[int, list[list[Slotted]]]]:
        """Pairs with options of two slots or more that sleep where there is a limit."""
        slots = self._slots
        slot_ptr, option_ptr = pointers(slots.per_pair), pointers(slots.per_slot)
        options = slots.template - self._first
        sleeps = slots.slot[options] >= 0
        somewhere = segment_sum(sleeps.astype(np.int64), option_ptr) > 0
        several = segment_sum(somewhere.astype(np.int64), slot_ptr) > 1
        for pair in np.flatnonzero(several).tolist():
            choices = []
            for slot in range(slot_ptr[pair], slot_ptr[pair + 1]):
                own = slice(option_ptr[slot], option_ptr[slot + 1])
                choices.append([self._slotted(k) for k in options[own][sleeps[own]]])
            yield pair, [some for some in choices if some]

    def _slotted(self, k: int) -> Slotted:
        """Slot and option of the k-th template that is no journey."""
        slots = self._slots
        return int(slots.slot[k]), slots.offered[int(slots.option[k])]

    def _smallest(
        self, choices: list[list[Slotted]], nights: Nights
    ) -> Iterator[Chosen]:
        """Choices too long, of which no part is; one option alone never is."""
        found: list[set[tuple[int, int]]] = []
        for size in range(2, len(choices) + 1):
            for some in combinations(choices, size):
                for chosen in product(*some):
                    ids = {(slot, id(option)) for slot, option in chosen}
                    if any(known <= ids for known in found):
                        continue
                    if self._limit.too_long((*self._slept(chosen), *nights)):
                        found.append(ids)
                        yield chosen

    def _slept(self, chosen: Chosen) -> Nights:
        return tuple(night for _, option in chosen for night in option.nights)

    def _counted(self, nights: Nights) -> Nights:
        return tuple(night for night in nights if night.place_id in self._limit.most)
