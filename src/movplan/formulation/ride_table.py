"""Rides of itineraries, itinerary by itinerary, and who is aboard them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movplan.domain.words import DepartureKind
from movplan.formulation.context import Context
from movplan.formulation.pairs import RawPairs
from movplan.formulation.ragged import expand, pointers
from movplan.formulation.riders import Riders
from movplan.formulation.rowbook import IntArray
from movplan.formulation.transport_rows import TransportRows


@dataclass(frozen=True, slots=True)
class RideTable:
    """Departure (index of ``TransportRows``), stretch and day of every ride.

    Rides of itinerary i are ``ptr[i] .. ptr[i + 1]``; ``leg`` counts from 1.
    """

    ptr: IntArray
    leg: IntArray
    departure: IntArray
    board: IntArray
    alight: IntArray
    is_flight: NDArray[np.bool_]
    day: IntArray
    day_index: IntArray
    carrier: IntArray

    @classmethod
    def build(cls, context: Context, rows: TransportRows) -> "RideTable":
        """The table of all itineraries screening found."""
        itineraries = context.screening.itineraries
        day0 = context.screening.loads.day0.toordinal()
        data = [
            (
                leg,
                rows.index[ride.departure_id],
                ride.board,
                ride.alight,
                ride.kind is DepartureKind.FLIGHT,
                ride.on.toordinal(),
            )
            for it in itineraries
            for leg, ride in enumerate(it.rides, start=1)
        ]
        table = np.array(data, np.int64).reshape(-1, 6)
        carriers = {name: k for k, name in enumerate(context.carriers)}
        carrier = [carriers[context.departures[d].carrier] for d in rows.departure_ids]
        return cls(
            ptr=pointers(np.array([len(it.rides) for it in itineraries], np.int64)),
            leg=table[:, 0],
            departure=table[:, 1],
            board=table[:, 2],
            alight=table[:, 3],
            is_flight=table[:, 4].astype(np.bool_),
            day=table[:, 5],
            day_index=table[:, 5] - day0,
            carrier=np.array(carrier, np.int64)[table[:, 1]],
        )


@dataclass(frozen=True, slots=True)
class Aboard:
    """Every raw pair on each of its rides, with what its family takes there."""

    table: RideTable
    pair: IntArray
    ride: IntArray
    unit: IntArray
    rider: Riders

    @classmethod
    def of(cls, context: Context, pairs: RawPairs, table: RideTable) -> "Aboard":
        """All raw pairs on all their rides, pair by pair."""
        start, count = table.ptr[pairs.itinerary], np.diff(table.ptr)[pairs.itinerary]
        pair, ride = expand(start, count)
        unit = pairs.unit[pair]
        day, carrier = table.day_index[ride], table.carrier[ride]
        rider = Riders.aboard(context, unit, day, carrier)
        return cls(table=table, pair=pair, ride=ride, unit=unit, rider=rider)

    @property
    def departure(self) -> IntArray:
        """The departure ridden (index of ``TransportRows``)."""
        return self.table.departure[self.ride]

    @property
    def is_flight(self) -> NDArray[np.bool_]:
        """Whether it is a flight."""
        return self.table.is_flight[self.ride]

    @property
    def seats(self) -> IntArray:
        """Seats taken."""
        by_air, by_road = self.rider.flight_seats, self.rider.convoy_seats
        return np.where(self.is_flight, by_air, by_road)

    @property
    def wheelchairs(self) -> IntArray:
        """Wheelchair passengers of a flight, wheelchair places of a convoy."""
        by_air, by_road = self.rider.flight_wheelchairs, self.rider.wheelchairs
        return np.where(self.is_flight, by_air, by_road)
