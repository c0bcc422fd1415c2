"""Convoys packed: which vehicle every family rides in, and what to do if none does."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from movplan.domain.scenario import Scenario
from movplan.domain.words import DepartureKind
from movplan.formulation.rowbook import IntArray
from movplan.network.itinerary import Ride
from movplan.optimiser.columns import Columns
from movplan.optimiser.packing import Rider, Room, pack
from movplan.optimiser.repack import Convoy
from movplan.optimiser.solution import Solution
from movplan.planning.escorting import SentMission
from movplan.planning.riding import Riding, UnfinishableError


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

    def __init__(self, scenario: Scenario, riding: Riding) -> None:
        self.scenario, self.riding = scenario, riding
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
        riders = [self.riding.rider(unit, ride) for unit, ride in aboard]
        position = {
            self.riding.family_id(unit): k for k, (unit, _) in enumerate(aboard)
        }
        escorts: list[int] = []
        for number, sent in enumerate(missions):
            for ride in sent.mission.chain:
                if ride.departure_id == departure_id:
                    beside = (position[f] for f in sent.family_ids if f in position)
                    escorts.append(number)
                    riders.append(
                        Rider(ride.board, ride.alight, 1, beside=tuple(beside))
                    )
        rooms, types = self._rooms(solution, departure_id)
        places = pack(riders, rooms)
        if places is None:
            raise UnfinishableError([unit for unit, _ in aboard], departure_id)
        return self._loaded(departure_id, aboard, escorts, places, types)

    def _loaded(
        self,
        departure_id: str,
        aboard: list[tuple[int, Ride]],
        escorts: list[int],
        places: list[int],
        types: list[str],
    ) -> list[LoadedVehicle]:
        found = []
        numbers: dict[str, int] = defaultdict(int)
        for v, kind in enumerate(types):
            families = [
                self.riding.family_id(unit)
                for k, (unit, _) in enumerate(aboard)
                if places[k] == v
            ]
            if not families:
                continue
            numbers[kind] += 1
            missions = [
                m for k, m in enumerate(escorts) if places[len(aboard) + k] == v
            ]
            found.append(
                LoadedVehicle(
                    departure_id=departure_id,
                    vehicle_type_id=kind,
                    name=f"{kind}#{numbers[kind]}",
                    family_ids=tuple(sorted(families)),
                    missions=tuple(missions),
                )
            )
        return found

    def _rooms(
        self, solution: Solution, departure_id: str
    ) -> tuple[list[Room], list[str]]:
        """Every hired vehicle's usable places, largest first."""
        hired = [
            (self.vehicle_types[kind], int(solution.plant[column]))
            for (subject, kind), column in self.hire.items()
            if subject == departure_id
        ]
        hired.sort(key=lambda pair: (-pair[0].seats, pair[0].vehicle_type_id))
        rooms, types = [], []
        for kind, count in hired:
            rooms += [self._room(departure_id, kind.vehicle_type_id)] * count
            types += [kind.vehicle_type_id] * count
        return rooms, types

    def _room(self, departure_id: str, vehicle_type_id: str) -> Room:
        """A vehicle's usable places on a departure."""
        departure = self.departures[departure_id]
        spare = departure.spare_percent
        if spare is None:
            spare = self.scenario.rule_int("spare_percent", carrier=departure.carrier)
        kind = self.vehicle_types[vehicle_type_id]
        usable = kind.seats * (100 - spare) // 100
        return Room(usable, kind.wheelchair_places, kind.stretcher_places)

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
