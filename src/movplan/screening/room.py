"""Whether a family alone fits on a ride: seats, vehicles, special places."""

from dataclasses import dataclass

import numpy as np

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.words import DepartureKind
from movplan.network import Network
from movplan.screening.result import BoolArray, IntArray, Loads


@dataclass(frozen=True, slots=True)
class EscortSeats:
    """Seats escorts take for one family at least: on flights, in its vehicle."""

    flight: int = 0
    convoy: int = 0


class Room:
    """Seats and special places of every ride: arrays over ``Network.rides``.

    A flight has one row of limits; a convoy one column per vehicle type of its fleet,
    seats = floor(seats x (100 - spare) / 100). A family rides in one vehicle.
    """

    def __init__(self, scenario: Scenario, network: Network, loads: Loads) -> None:
        self._loads = loads
        self._is_flight = np.array(
            [ride.kind is DepartureKind.FLIGHT for ride in network.rides],
            dtype=np.bool_,
        )
        limits = _Limits(scenario)
        self._places = limits.of_rides([ride.departure_id for ride in network.rides])
        self._day = np.array(
            [(ride.on - loads.day0).days for ride in network.rides], dtype=np.int64
        )

    def fits(self, row: int, escorts: EscortSeats) -> BoolArray:
        """Rides on which family number ``row`` finds seats and special places."""
        seats, chairs, stretchers = self._wants(row, escorts)
        places = self._places
        fits = (places[..., 0] >= seats[:, None]) & _special(places, chairs, stretchers)
        return _in_some_vehicle(fits)

    def has_special_places(self, row: int) -> BoolArray:
        """Rides on which there are enough special places, seats aside."""
        _, chairs, stretchers = self._wants(row, EscortSeats())
        return _in_some_vehicle(_special(self._places, chairs, stretchers))

    def _wants(
        self, row: int, escorts: EscortSeats
    ) -> tuple[IntArray, IntArray, IntArray]:
        loads, day = self._loads, self._day
        by_air = loads.flight_seats[row][day] + escorts.flight
        by_road = loads.convoy_seats[row][day] + escorts.convoy
        seats = np.where(self._is_flight, by_air, by_road)
        return seats, loads.wheelchairs[row][day], loads.stretchers[row][day]


def _in_some_vehicle(enough: BoolArray) -> BoolArray:
    some: BoolArray = np.any(enough, axis=1)
    return some


def _special(places: IntArray, chairs: IntArray, stretchers: IntArray) -> BoolArray:
    enough: BoolArray = (places[..., 1] >= chairs[:, None]) & (
        places[..., 2] >= stretchers[:, None]
    )
    return enough


class _Limits:
    """Seats, wheelchair and stretcher places: one row per vehicle type or flight."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._departures = {d.departure_id: d for d in scenario.departures}
        self._types = {v.vehicle_type_id: v for v in scenario.vehicle_types}
        self._fleet: dict[str, list[str]] = {}
        for row in scenario.departure_vehicles:
            if row.max_vehicles > 0:
                fleet = self._fleet.setdefault(row.departure_id, [])
                fleet.append(row.vehicle_type_id)

    def of_rides(self, departure_ids: list[str]) -> IntArray:
        """[rides, vehicle types, (seats, wheelchairs, stretchers)], -1 where none."""
        known = {name: self._of(self._departures[name]) for name in set(departure_ids)}
        width = max((len(rows) for rows in known.values()), default=1)
        places = np.full((len(departure_ids), max(width, 1), 3), -1, dtype=np.int64)
        for i, name in enumerate(departure_ids):
            for column, row in enumerate(known[name]):
                places[i, column] = row
        return places

    def _of(self, departure: Departure) -> list[tuple[int, int, int]]:
        if departure.kind is DepartureKind.FLIGHT:
            chairs = self._limit(departure, "wheelchair_limit")
            stretchers = self._limit(departure, "stretcher_limit")
            return [(departure.seats or 0, chairs, stretchers)]
        spare = self._limit(departure, "spare_percent")
        rows = [
            self._types[name] for name in self._fleet.get(departure.departure_id, [])
        ]
        return [
            (
                row.seats * (100 - spare) // 100,
                row.wheelchair_places,
                row.stretcher_places,
            )
            for row in rows
        ]

    def _limit(self, departure: Departure, name: str) -> int:
        given: int | None = getattr(departure, name)
        if given is not None:
            return given
        return self._scenario.rule_int(name, carrier=departure.carrier)
