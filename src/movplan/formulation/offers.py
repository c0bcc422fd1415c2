"""What screening offers for appointments: the options of every slot, in arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from movplan.formulation.ragged import expand, pointers
from movplan.formulation.rowbook import IntArray
from movplan.network.itinerary import Itinerary, Move
from movplan.screening.result import AppointmentOption, FamilyPart


@dataclass(frozen=True, slots=True)
class Offers:
    """Options of all slots: unit by unit, itinerary by itinerary, slot by slot.

    Slot s may take ``options[k]`` for each k of ``option[ptr[s] .. ptr[s + 1]]``.
    """

    options: tuple[AppointmentOption, ...]
    option: IntArray
    ptr: IntArray

    @classmethod
    def of(cls, parts: Sequence[FamilyPart]) -> Self:
        """What parts are offered; lists that many share are read once."""
        offered = [
            some
            for part in parts
            for of_itinerary in zip(*part.options, strict=True)
            for some in of_itinerary
        ]
        lists = {id(some): some for some in offered}
        number = {key: k for k, key in enumerate(lists)}
        chosen = np.array([number[id(some)] for some in offered], np.int64)
        options = {id(option): option for some in lists.values() for option in some}
        position = {key: k for k, key in enumerate(options)}
        counts = np.array([len(some) for some in lists.values()], np.int64)
        flat = [position[id(option)] for some in lists.values() for option in some]
        _, at = expand(pointers(counts)[chosen], counts[chosen])
        return cls(
            options=tuple(options.values()),
            option=np.array(flat, np.int64)[at],
            ptr=pointers(counts[chosen]),
        )


@dataclass(frozen=True, slots=True)
class Accesses:
    """Accesses to first rides, equal ones once, and the one of every itinerary."""

    moves: tuple[Move, ...]
    of_itinerary: IntArray

    @classmethod
    def of(cls, itineraries: Sequence[Itinerary]) -> Self:
        """Those of itineraries; -1 stands for none."""
        number: dict[Move | None, int] = {None: -1}
        found = [number.setdefault(it.access, len(number) - 1) for it in itineraries]
        moves = tuple(move for move in number if move is not None)
        return cls(moves, np.array(found, np.int64))


class Ways(NamedTuple):
    """Units attending: unit, option, access left beside it (-1: none), and slot.

    ``slot`` counts from the unit's first, -1 where it does not matter (see ``Slots``).
    """

    unit: IntArray
    option: IntArray
    access: IntArray
    slot: IntArray
