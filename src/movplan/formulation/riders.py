"""What families take on some days: persons, fare classes, seats, special places."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from movplan.formulation.context import Context
from movplan.formulation.rowbook import IntArray
from movplan.screening.result import Loads


@dataclass(frozen=True, slots=True)
class Riders:
    """What the families of some units take on some days, as equal-length arrays."""

    persons: IntArray
    adults: IntArray
    children: IntArray
    infants: IntArray
    extra_infants: IntArray
    wheelchairs: IntArray
    flight_wheelchairs: IntArray
    stretchers: IntArray
    flight_seats: IntArray
    convoy_seats: IntArray

    @classmethod
    def at(cls, context: Context, unit: IntArray, day_index: IntArray) -> Self:
        """Without a ride: on transfers and nights."""
        family = context.unit_family[unit]
        return cls._of(lambda name: _load(context, name)[family, day_index])

    @classmethod
    def aboard(
        cls,
        context: Context,
        unit: IntArray,
        day_index: IntArray,
        carrier: IntArray,
    ) -> Self:
        """Aboard departures of carriers (indices of ``context.carriers``)."""
        loads = context.screening.loads
        own = [loads.of(name) for name in context.carriers]
        if all(each is loads for each in own):
            return cls.at(context, unit, day_index)
        family = context.unit_family[unit]
        return cls._of(lambda name: _aboard(own, name, carrier, family, day_index))

    @classmethod
    def _of(cls, find: Callable[[str], IntArray]) -> Self:
        return cls(*(find(name) for name in cls.__dataclass_fields__))

    @property
    def lap_infants(self) -> IntArray:
        """Infants on a lap."""
        return self.infants - self.extra_infants

    @property
    def stretcher_blocks(self) -> IntArray:
        """Seats stretchers take on a flight beyond one each."""
        return self.flight_seats - (self.persons - self.lap_infants)

    @property
    def takers(self) -> IntArray:
        """Those who take a seat or a special place of a convoy's vehicle."""
        return self.convoy_seats + self.wheelchairs + self.stretchers


def unit_persons(context: Context, unit: IntArray) -> IntArray:
    """Persons of the families of some units, the same on all days."""
    found: IntArray = context.screening.loads.persons[context.unit_family[unit], 0]
    return found


def _load(context: Context, name: str) -> IntArray:
    found: IntArray = getattr(context.screening.loads, name)
    return found


def _aboard(
    own: list[Loads],
    name: str,
    carrier: IntArray,
    family: IntArray,
    day_index: IntArray,
) -> IntArray:
    found = np.zeros(len(family), np.int64)
    for loads in {id(each): each for each in own}.values():
        alike = [k for k, each in enumerate(own) if each is loads]
        mine = np.isin(carrier, alike)
        found[mine] = getattr(loads, name)[family[mine], day_index[mine]]
    return found
