"""Convoys packed: which vehicle every family rides in, and what to do if none does."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from movplan.costing.fixed_charges import vehicle_type_of
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, VehicleType
from movplan.domain.words import DepartureKind, EscortShare
from movplan.formulation.build import Built
from movplan.formulation.rowbook import IntArray
from movplan.network.itinerary import Ride
from movplan.optimiser.columns import Columns
from movplan.optimiser.packing import Rider, Room
from movplan.optimiser.repack import Convoy
from movplan.optimiser.solution import Solution
from movplan.planning.escorting import SentMission
from movplan.planning.riding import Riding, UnfinishableError
from movplan.planning.road import Bags, Load, Needed, Road, Vehicle, load_road

# Room for a draft whose vehicles are not looked at.
EVERYBODY = Room(10**6, 10**6, 10**6)


@dataclass(frozen=True, slots=True)
class LoadedVehicle:
    """A hired vehicle with its families and the missions (by position) aboard."""

    departure_id: str
    vehicle_type_id: str
    name: str
    family_ids: tuple[str, ...]
    missions: tuple[int, ...]


class Convoys:
    """Packs the convoys of solutions over one model."""

    def __init__(
        self, scenario: Scenario, built: Built, riding: Riding, load: Load = load_road
    ) -> None:
        self.scenario, self.riding, self.built = scenario, riding, built
        self.load = load
        self.context, self.fleets = built.context, built.context.fleets
        self.model, self.pool = riding.model, riding.pool
        self.departures = {d.departure_id: d for d in scenario.departures}
        self.vehicle_types = {v.vehicle_type_id: v for v in scenario.vehicle_types}
        self.hire = {
            (name.subject, name.detail): k
            for k, name in enumerate(self.model.plant.names)
            if name.kind == "hire"
        }

    def pack_all(
        self, solution: Solution, missions: list[SentMission]
    ) -> list[LoadedVehicle]:
        """Every vehicle of every convoy; ``UnfinishableError`` names one that fails."""
        return [
            vehicle
            for departure_id, aboard in self.riding.convoys(solution).items()
            for vehicle in self._pack(solution, departure_id, aboard, missions)
        ]

    def _pack(
        self,
        solution: Solution,
        departure_id: str,
        aboard: list[tuple[int, Ride]],
        missions: list[SentMission],
    ) -> list[LoadedVehicle]:
        vehicles = self._vehicles(solution, departure_id, aboard)
        riders = [self._family(unit, ride, vehicles) for unit, ride in aboard]
        position = {
            self.riding.family_id(unit): k for k, (unit, _) in enumerate(aboard)
        }
        escorts: list[int] = []
        for number, sent in enumerate(missions):
            for ride in sent.mission.chain:
                if ride.departure_id == departure_id:
                    escorts.append(number)
                    riders.append(_escort(sent, ride, position))
        needed = self._needed(departure_id, aboard)
        road = self.load(tuple(riders), tuple(vehicles), needed)
        if road is None:
            raise UnfinishableError([unit for unit, _ in aboard], departure_id)
        return self._loaded(departure_id, aboard, escorts, road)

    def _family(self, unit: int, ride: Ride, vehicles: list[Vehicle]) -> Rider:
        """A family, in the vehicle it is pinned to if it is."""
        rider = self.riding.rider(unit, ride)
        name = self._pinned_vehicle(unit, ride.departure_id)
        if name is None:
            return rider
        named = frozenset(k for k, v in enumerate(vehicles) if v.name == name)
        return Rider(
            board=rider.board,
            alight=rider.alight,
            seats=rider.seats,
            wheelchairs=rider.wheelchairs,
            stretchers=rider.stretchers,
            only=named,
        )

    def _pinned_vehicle(self, unit: int, departure_id: str) -> str | None:
        if not self.context.keeps("pins"):
            return None
        key = (self.riding.family_id(unit), self.model.units.parts[unit], departure_id)
        return self.built.pinned.vehicle.get(key)

    def _needed(self, departure_id: str, aboard: list[tuple[int, Ride]]) -> Needed:
        """Ambulances and room for luggage the convoy has to take along."""
        bags = [
            Bags(ride.board, ride.alight, self.riding.kilograms(unit))
            for unit, ride in aboard
        ]
        persons = sum(self.riding.persons(unit) for unit, _ in aboard)
        departure = self.departures[departure_id]
        return Needed.of(
            departure, self.context.values, persons, bags, self.context.without
        )

    def _loaded(
        self,
        departure_id: str,
        aboard: list[tuple[int, Ride]],
        escorts: list[int],
        road: Road,
    ) -> list[LoadedVehicle]:
        found = []
        pinned = self._pinned_names(departure_id, aboard)
        for v, vehicle in _renamed(road, pinned):
            families = [
                self.riding.family_id(unit)
                for k, (unit, _) in enumerate(aboard)
                if road.place[k] == v
            ]
            missions = [
                m for k, m in enumerate(escorts) if road.place[len(aboard) + k] == v
            ]
            found.append(
                LoadedVehicle(
                    departure_id=departure_id,
                    vehicle_type_id=vehicle.kind.vehicle_type_id,
                    name=vehicle.name,
                    family_ids=tuple(sorted(families)),
                    missions=tuple(missions),
                )
            )
        return found

    def _vehicles(
        self, solution: Solution, departure_id: str, aboard: list[tuple[int, Ride]]
    ) -> list[Vehicle]:
        """Every hired vehicle, largest first; named, those pinned by their names."""
        departure = self.departures[departure_id]
        hired = [
            (self.vehicle_types[kind], int(solution.plant[column]))
            for (subject, kind), column in self.hire.items()
            if subject == departure_id
        ]
        if not self.context.keeps("vehicle_load"):
            hired = [(kind, max(1, count)) for kind, count in hired[:1]]
        hired.sort(key=lambda pair: (-pair[0].seats, pair[0].vehicle_type_id))
        pinned = self._pinned_names(departure_id, aboard)
        return [
            self._vehicle(departure, kind, name)
            for kind, count in hired
            for name in _names(kind.vehicle_type_id, count, pinned)
        ]

    def _pinned_names(
        self, departure_id: str, aboard: list[tuple[int, Ride]]
    ) -> frozenset[str]:
        names = (self._pinned_vehicle(unit, departure_id) for unit, _ in aboard)
        return frozenset(name for name in names if name is not None)

    def _vehicle(self, departure: Departure, kind: VehicleType, name: str) -> Vehicle:
        room = self._room(departure.departure_id, kind.vehicle_type_id)
        if not self.context.keeps("vehicle_load"):
            room = EVERYBODY
        return Vehicle(name, kind, room, self.fleets.luggage_kg(departure, kind))

    def _room(self, departure_id: str, vehicle_type_id: str) -> Room:
        """A vehicle's usable places on a departure."""
        kind = self.vehicle_types[vehicle_type_id]
        seats = self.fleets.seats(self.departures[departure_id], kind)
        return Room(seats, kind.wheelchair_places, kind.stretcher_places)

    def to_decide_again(self, solution: Solution, departure_id: str) -> Convoy:
        """Its riders and the left-out who could ride it, and their columns."""
        at = self.model.departure_ids.index(departure_id)
        columns = self.pool.columns
        convoys = np.array(
            [
                self.departures[d].kind is DepartureKind.CONVOY
                for d in self.model.departure_ids
            ]
        )
        ridden = self.model.pair_departures[columns.pair].toarray() > 0
        on_it = ridden[:, at]
        elsewhere = (ridden & convoys[np.newaxis, :]).sum(axis=1) - on_it > 0
        used = np.zeros(len(columns), np.bool_)
        used[solution.used()] = True
        unit = self.model.pairs.unit[columns.pair]
        stays = solution.column[unit] < 0
        movable = np.isin(unit, unit[used & on_it]) | (stays & on_it)
        movable = np.isin(unit, np.unique(unit[movable & on_it]))
        choice = movable & (used | ~elsewhere)
        candidates = np.flatnonzero(choice & np.isin(unit, unit[choice & on_it]))
        riders = {
            int(u): self._widest(columns, candidates[unit[candidates] == u], at)
            for u in np.unique(unit[candidates])
        }
        return Convoy(
            riders=riders,
            candidates=candidates,
            rides_it=candidates[on_it[candidates]],
            fleet=tuple(
                (column, self._room(departure_id, kind))
                for (subject, kind), column in self.hire.items()
                if subject == departure_id
            ),
        )

    def _widest(self, columns: Columns, own: IntArray, at: int) -> Rider:
        """What a unit takes at most on a convoy, over its columns that ride it."""
        departure_id = self.model.departure_ids[at]
        found = [
            self.riding.rider(int(self.model.pairs.unit[columns.pair[c]]), ride)
            for c in own.tolist()
            for ride in self.riding.itinerary_of(int(columns.pair[c])).rides
            if ride.departure_id == departure_id
        ]
        return Rider(
            board=min(r.board for r in found),
            alight=max(r.alight for r in found),
            seats=max(r.seats for r in found),
            wheelchairs=max(r.wheelchairs for r in found),
            stretchers=max(r.stretchers for r in found),
        )


def _escort(sent: SentMission, ride: Ride, position: dict[str, int]) -> Rider:
    """An escort on a seat: beside a family it serves; staff anywhere."""
    if sent.mission.share is EscortShare.CONVOY:
        return Rider(ride.board, ride.alight, 1, staff=True)
    beside = tuple(position[f] for f in sent.family_ids if f in position)
    return Rider(ride.board, ride.alight, 1, beside=beside)


def _names(type_id: str, count: int, pinned: frozenset[str]) -> list[str]:
    """Names of so many vehicles of a type: those pinned, then the lowest numbers."""
    own = sorted(name for name in pinned if vehicle_type_of(name) == type_id)
    free = (f"{type_id}#{n}" for n in range(1, count + len(own) + 1))
    return [*own, *(name for name in free if name not in own)][:count]


def _renamed(road: Road, pinned: frozenset[str]) -> Iterator[tuple[int, Vehicle]]:
    """Vehicles that go, with the lowest numbers but where a pin names one."""
    used = [(k, v) for k, v in enumerate(road.vehicles) if k in road.used]
    count: dict[str, int] = defaultdict(int)
    for k, vehicle in used:
        name, type_id = vehicle.name, vehicle.kind.vehicle_type_id
        while vehicle.name not in pinned:
            count[type_id] += 1
            name = f"{type_id}#{count[type_id]}"
            if name not in pinned:
                break
        yield k, replace(vehicle, name=name)
