"""Whether a family alone fits on a ride: seats, vehicles, special places."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.values import Values
from movplan.domain.words import DepartureKind, Reason
from movplan.network import Network
from movplan.screening.bars import Bar
from movplan.screening.result import BoolArray, IntArray, Loads
from movplan.screening.table import Table

SEATS, PLACES, VEHICLE = "seats", "special_places", "vehicle_load"


@dataclass(frozen=True, slots=True, eq=False)
class _Load:
    """Seats some families take on every ride, and what of it has room for them.

    ``special``: [rides, vehicle types] with special places for them, ``any_special``
    in some vehicle, ``fits`` with seats too.
    """

    seats: IntArray
    special: BoolArray
    any_special: BoolArray
    fits: BoolArray


class Room:
    """Seats and special places of every ride: arrays over ``Network.rides``.

    A flight has one row of limits; a convoy one column per vehicle type of its fleet,
    seats = floor(seats x (100 - spare) / 100). A family rides in one vehicle.
    """

    def __init__(self, scenario: Scenario, network: Network, loads: Loads) -> None:
        self._loads = loads
        self._row = {name: row for row, name in enumerate(loads.family_ids)}
        self._is_flight = np.array(
            [ride.kind is DepartureKind.FLIGHT for ride in network.rides],
            dtype=np.bool_,
        )
        limits = _Limits(scenario)
        self._places = limits.of_rides([ride.departure_id for ride in network.rides])
        self._day = np.array(
            [(ride.on - loads.day0).days for ride in network.rides], dtype=np.int64
        )
        self._carriers = _rides_apart(scenario, network, loads)
        self._same: dict[tuple[bytes, ...], _Load] = {}
        self._known: dict[tuple[int, int, int], tuple[Bar, ...]] = {}

    def bars(
        self, family: Family, table: Table, escorts: IntArray | None
    ) -> Iterator[Bar]:
        """What does not take the family with ``escorts`` seats per ride for escorts.

        On a flight its seats and special places, on a convoy those of one vehicle.
        """
        load = self._load(self._row[family.family_id])
        if escorts is not None:
            yield from self._bars(family.persons, table, load, escorts)
            return
        key = (id(table), id(load), family.persons)
        if key not in self._known:
            self._known[key] = tuple(self._bars(family.persons, table, load, None))
        yield from self._known[key]

    def _bars(
        self, persons: int, table: Table, load: _Load, escorts: IntArray | None
    ) -> Iterator[Bar]:
        flight = self._is_flight
        fact = "too few wheelchair or stretcher places for the family"
        reason, special = Reason.NO_SPECIAL_PLACE, load.any_special
        yield from _ride_bar(reason, fact, special | ~flight, table, PLACES)
        yield from _ride_bar(reason, fact, special | flight, table, VEHICLE)
        if escorts is None:
            fits = load.fits
            by_air, by_road = table.whole(fits | ~flight), table.whole(fits | flight)
        else:
            wanted = np.append(load.seats, 0)[table.rides] + escorts
            by_air, by_road = self._with_escorts(table, wanted, load.special)
        fact = f"no flight or vehicle seats all {persons} of the family"
        for passes, rule in ((by_air, SEATS), (by_road, VEHICLE)):
            if not passes.all():
                reason = Reason.SEATS_FULL
                yield Bar(reason, fact, passes, table.first_on, rule=rule)

    def _with_escorts(
        self, table: Table, wanted: IntArray, special: BoolArray
    ) -> tuple[BoolArray, BoolArray]:
        """Itineraries with room by air and by road; -1 is no ride and has room."""
        rides = table.rides
        none = rides < 0
        places = self._places[rides, :, 0]
        fits = np.any(special[rides] & (places >= wanted[..., None]), axis=2) | none
        flight = self._is_flight[rides]
        by_air: BoolArray = np.all(fits | ~flight, axis=1)
        by_road: BoolArray = np.all(fits | flight, axis=1)
        return by_air, by_road

    def _load(self, row: int) -> _Load:
        """What a family takes; the same object for families that take the same."""
        all_loads = (self._loads, *map(self._loads.of, self._carriers))
        key = tuple(
            days[row].tobytes() for loads in all_loads for days in _by_day(loads)
        )
        if key not in self._same:
            self._same[key] = self._new_load(row)
        return self._same[key]

    def _new_load(self, row: int) -> _Load:
        seats, chairs, stretchers = self._wants(row)
        special = _special(self._places, chairs, stretchers)
        seated = special & (self._places[..., 0] >= seats[:, None])
        return _Load(seats, special, _somewhere(special), _somewhere(seated))

    def _wants(self, row: int) -> tuple[IntArray, IntArray, IntArray]:
        """Seats, wheelchairs and stretchers of a family on every ride."""
        wants = self._wants_of(self._loads, row, slice(None))
        for carrier, rides in self._carriers.items():
            own = self._wants_of(self._loads.of(carrier), row, rides)
            for all_rides, some in zip(wants, own, strict=True):
                all_rides[rides] = some
        return wants

    def _wants_of(
        self, loads: Loads, row: int, rides: IntArray | slice
    ) -> tuple[IntArray, IntArray, IntArray]:
        day, flight = self._day[rides], self._is_flight[rides]
        by_air, by_road, aloft, chairs, stretchers = (
            days[row][day] for days in _by_day(loads)
        )
        return (
            np.where(flight, by_air, by_road),
            np.where(flight, aloft, chairs),
            stretchers,
        )


def _by_day(loads: Loads) -> tuple[IntArray, ...]:
    """What room is asked for: seats and wheelchairs by air and by road, stretchers."""
    return (
        loads.flight_seats,
        loads.convoy_seats,
        loads.flight_wheelchairs,
        loads.wheelchairs,
        loads.stretchers,
    )


def _rides_apart(
    scenario: Scenario, network: Network, loads: Loads
) -> dict[str, IntArray]:
    """Rides of the carriers that have loads of their own."""
    carrier = {d.departure_id: d.carrier for d in scenario.departures}
    of_rides = np.array([carrier[r.departure_id] for r in network.rides], np.str_)
    return {name: np.flatnonzero(of_rides == name) for name in loads.by_carrier}


def _ride_bar(
    reason: Reason, fact: str, ride_passes: BoolArray, table: Table, rule: str
) -> Iterator[Bar]:
    if not ride_passes.all():
        passes = table.whole(ride_passes)
        yield Bar(reason, fact, passes, table.first_on, rule=rule)


def _special(places: IntArray, chairs: IntArray, stretchers: IntArray) -> BoolArray:
    enough: BoolArray = (places[..., 1] >= chairs[:, None]) & (
        places[..., 2] >= stretchers[:, None]
    )
    return enough


def _somewhere(vehicles: BoolArray) -> BoolArray:
    """Rides some of whose vehicles do."""
    some: BoolArray = np.any(vehicles, axis=1)
    return some


class _Limits:
    """Seats, wheelchair and stretcher places: one row per vehicle type or flight."""

    def __init__(self, scenario: Scenario) -> None:
        self._values = Values(scenario)
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
        return self._values.departure(name, departure)
