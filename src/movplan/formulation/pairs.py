"""Raw pairs: every unit on every itinerary it may take."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.context import Context
from movplan.formulation.ragged import pointers
from movplan.formulation.rowbook import IntArray


@dataclass(frozen=True, slots=True)
class RawPairs:
    """Units on itineraries before unpayable ones are dropped; template = position."""

    unit: IntArray
    itinerary: IntArray
    local: IntArray
    access_in_journey: NDArray[np.bool_]


def raw_pairs(context: Context) -> RawPairs:
    """Every unit with every eligible itinerary, unit by unit."""
    counts = np.array([len(part.itineraries) for part in context.parts], np.int64)
    itinerary = [part.itineraries for part in context.parts]
    unit = np.repeat(np.arange(len(counts)), counts)
    has_pec = np.array(
        [any(slot.kind == "PEC" for slot in part.slots) for part in context.parts],
        np.bool_,
    )
    return RawPairs(
        unit=unit,
        itinerary=np.concatenate([*itinerary, np.zeros(0, np.int64)]).astype(np.int64),
        local=np.arange(len(unit)) - pointers(counts)[unit],
        access_in_journey=~has_pec[unit] if len(unit) else np.zeros(0, np.bool_),
    )
