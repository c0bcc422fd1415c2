"""Who could ride each convoy: persons, places, kilograms, and the most there can be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.domain.transport import Departure
from movplan.domain.words import DepartureKind
from movplan.formulation.context import Context
from movplan.formulation.ride_table import Aboard
from movplan.formulation.rowbook import IntArray
from movplan.formulation.transport_rows import TransportRows


@dataclass(frozen=True, slots=True)
class ConvoyRiders:
    """Raw pairs that ride one convoy, as equal-length arrays, sorted by pair.

    ``takers`` of each take a seat or a special place; infants on laps do not.
    """

    departure: Departure
    segments: int
    pair: IntArray
    unit: IntArray
    board: IntArray
    alight: IntArray
    persons: IntArray
    takers: IntArray
    kilograms: IntArray

    def could_be(self, amount: IntArray, which: NDArray[np.bool_] | None = None) -> int:
        """The most of something at once: every unit with the most it may bring."""
        unit = self.unit if which is None else self.unit[which]
        load = amount if which is None else amount[which]
        most = np.zeros(int(unit.max(initial=-1)) + 1, np.int64)
        np.maximum.at(most, unit, load)
        return int(most.sum())

    def on(self, segment: int) -> NDArray[np.bool_]:
        """Which of them are aboard on a segment."""
        return (self.board <= segment) & (segment < self.alight)

    def through(self, stop: int) -> NDArray[np.bool_]:
        """Which of them ride through served place number ``stop``."""
        return (self.board < stop) & (stop < self.alight)


def convoy_riders(
    context: Context, rows: TransportRows, aboard: Aboard
) -> dict[str, ConvoyRiders]:
    """The riders of every convoy somebody could ride, by departure."""
    order = np.argsort(aboard.departure, kind="stable")
    bounds = np.arange(len(rows.departure_ids) + 1)
    ptr = np.searchsorted(aboard.departure[order], bounds)
    found = {}
    for k, departure_id in enumerate(rows.departure_ids):
        departure = context.departures[departure_id]
        if departure.kind is DepartureKind.CONVOY and ptr[k] < ptr[k + 1]:
            mine = order[ptr[k] : ptr[k + 1]]
            found[departure_id] = _riders(context, aboard, departure, mine)
    return found


def _riders(
    context: Context, aboard: Aboard, departure: Departure, mine: IntArray
) -> ConvoyRiders:
    unit, ride = aboard.unit[mine], aboard.ride[mine]
    return ConvoyRiders(
        departure=departure,
        segments=context.num_segments(departure.departure_id),
        pair=aboard.pair[mine],
        unit=unit,
        board=aboard.table.board[ride],
        alight=aboard.table.alight[ride],
        persons=aboard.rider.persons[mine],
        takers=aboard.rider.takers[mine],
        kilograms=context.screening.loads.luggage_kg[context.unit_family[unit]],
    )


def most_persons(
    riders: ConvoyRiders, places: int, which: NDArray[np.bool_] | None = None
) -> int:
    """The most persons of some riders a convoy with so many places can carry.

    Segments are picked so that every ride uses one of them; of those who use one, no
    more come than find a place on it.
    """
    some = np.ones(len(riders.pair), np.bool_) if which is None else which
    most, total = riders.could_be(riders.persons, some), 0
    left = np.flatnonzero(some)
    while len(left) and total < most:
        segment = int(riders.alight[left].min()) - 1
        there = riders.board[left] <= segment
        total += _who_find_places(riders, left[there], places)
        left = left[~there]
    return min(most, total)


def _who_find_places(riders: ConvoyRiders, mine: IntArray, places: int) -> int:
    """Most persons in so many places, families cut up, most persons per place first."""
    persons, takers, unit = riders.persons[mine], riders.takers[mine], riders.unit[mine]
    order = np.lexsort((takers, unit))
    first = order[np.unique(unit[order], return_index=True)[1]]
    persons, takers = persons[first], takers[first]
    best = np.argsort(-persons / np.maximum(takers, 1), kind="stable")
    persons, takers = persons[best], takers[best]
    room = np.minimum(takers, np.maximum(places - np.cumsum(takers) + takers, 0))
    share = np.where(takers > 0, room / np.maximum(takers, 1), 1.0)
    return int(np.floor(float((share * persons).sum()) + 1e-9))
