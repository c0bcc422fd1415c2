"""From aggregated numbers to named things: vehicles packed, escorts placed and named.

The model counts seats and missions; here every family gets its vehicle and every
patient an escort. Where counting allowed what packing does not, another vehicle is
hired if that fits, else the family whose loss costs least is taken off and, at the end,
everybody left out is tried again wherever there is room.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import DepartureKind, EscortShare
from movplan.formulation.build import Built
from movplan.formulation.escorts import Need, chains_needing, member_needs
from movplan.formulation.missions import Mission
from movplan.network.itinerary import Itinerary, Ride
from movplan.optimiser.columns import Pool
from movplan.optimiser.packing import Rider, Room, pack
from movplan.optimiser.plant import cheapest_plant
from movplan.optimiser.serving import (
    Duty,
    Shift,
    Stage,
    name_escorts,
    place_stages,
)
from movplan.optimiser.solution import Solution


@dataclass(frozen=True, slots=True)
class SentMission:
    """A mission with its escort and the families it serves."""

    mission: Mission
    escort_id: str
    family_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadedVehicle:
    """A hired vehicle with its families and the missions (by position) aboard."""

    departure_id: str
    vehicle_type_id: str
    name: str
    family_ids: tuple[str, ...]
    missions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """A solution with nothing left to be decided."""

    solution: Solution
    missions: tuple[SentMission, ...]
    vehicles: tuple[LoadedVehicle, ...]


class _UnfinishableError(Exception):
    """Some units cannot stay together as counted; one of ``units`` has to give way."""

    def __init__(self, units: list[int], departure_id: str | None = None) -> None:
        super().__init__(f"{len(units)} units")
        self.units, self.departure_id = units, departure_id


class Finisher:
    """Finishes solutions of one built model."""

    def __init__(self, scenario: Scenario, built: Built, pool: Pool) -> None:
        self.scenario, self.built, self.pool = scenario, built, pool
        self.model = built.model
        self.files = Files(scenario)
        self.departures = {d.departure_id: d for d in scenario.departures}
        self.vehicle_types = {v.vehicle_type_id: v for v in scenario.vehicle_types}
        self.units_of: dict[int, list[int]] = defaultdict(list)
        for unit, family in enumerate(self.model.units.family.tolist()):
            self.units_of[family].append(unit)
        self.hire = {
            (name.subject, name.detail): k
            for k, name in enumerate(self.model.plant.names)
            if name.kind == "hire"
        }

    def finish(self, solution: Solution, held: tuple[int, ...]) -> Finished:
        """Finish a solution, keeping the held levels where packing allows."""
        solution = cheapest_plant(self.model, self.pool.columns, solution, held)
        while True:
            try:
                return self._settle(solution)
            except _UnfinishableError as trouble:
                solution = self._repair(solution, trouble)

    def _settle(self, solution: Solution) -> Finished:
        missions = self._missions(solution)
        vehicles: list[LoadedVehicle] = []
        for departure_id, riders in self._convoys(solution).items():
            vehicles += self._pack(solution, departure_id, riders, missions)
        hired: dict[int, int] = defaultdict(int)
        for vehicle in vehicles:
            hired[self.hire[vehicle.departure_id, vehicle.vehicle_type_id]] += 1
        plant = solution.plant.copy()
        for column in self.hire.values():
            plant[column] = hired[column]
        return Finished(solution.with_plant(plant), tuple(missions), tuple(vehicles))

    def itinerary(self, unit: int, solution: Solution) -> Itinerary:
        """The itinerary a unit takes."""
        pair = self.pool.columns.pair[solution.column[unit]]
        at = int(self.model.pairs.itinerary[pair])
        return self.model.screening.itineraries[at]

    def family_id(self, unit: int) -> str:
        """The family of a unit."""
        family = int(self.model.units.family[unit])
        return self.model.units.family_ids[family]

    def _convoys(self, solution: Solution) -> dict[str, list[tuple[int, Ride]]]:
        """Units aboard every convoy, in unit order."""
        found: dict[str, list[tuple[int, Ride]]] = defaultdict(list)
        for unit in np.flatnonzero(solution.column >= 0).tolist():
            for ride in self.itinerary(unit, solution).rides:
                if ride.kind is DepartureKind.CONVOY:
                    found[ride.departure_id].append((unit, ride))
        return dict(sorted(found.items()))

    def _pack(
        self,
        solution: Solution,
        departure_id: str,
        aboard: list[tuple[int, Ride]],
        missions: list[SentMission],
    ) -> list[LoadedVehicle]:
        riders = [self._rider(unit, ride) for unit, ride in aboard]
        position = {self.family_id(unit): k for k, (unit, _) in enumerate(aboard)}
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
            raise _UnfinishableError([unit for unit, _ in aboard], departure_id)
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
                self.family_id(unit)
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

    def _rider(self, unit: int, ride: Ride) -> Rider:
        loads = self.model.screening.loads
        family = loads.family_ids.index(self.family_id(unit))
        day = (ride.on - loads.day0).days
        return Rider(
            board=ride.board,
            alight=ride.alight,
            seats=int(loads.convoy_seats[family, day]),
            wheelchairs=int(loads.wheelchairs[family, day]),
            stretchers=int(loads.stretchers[family, day]),
        )

    def _rooms(
        self, solution: Solution, departure_id: str
    ) -> tuple[list[Room], list[str]]:
        """Every hired vehicle's usable places, largest first."""
        departure = self.departures[departure_id]
        spare = departure.spare_percent
        if spare is None:
            spare = self.scenario.rule_int("spare_percent", carrier=departure.carrier)
        hired = [
            (self.vehicle_types[kind], int(solution.plant[column]))
            for (subject, kind), column in self.hire.items()
            if subject == departure_id
        ]
        hired.sort(key=lambda pair: (-pair[0].seats, pair[0].vehicle_type_id))
        rooms, types = [], []
        for kind, count in hired:
            usable = kind.seats * (100 - spare) // 100
            room = Room(usable, kind.wheelchair_places, kind.stretcher_places)
            rooms += [room] * count
            types += [kind.vehicle_type_id] * count
        return rooms, types

    def _missions(self, solution: Solution) -> list[SentMission]:
        """Missions with the families each serves and the escort who goes."""
        stages, owners = self._stages(solution)
        offered = [
            mission
            for column, mission in self.built.missions.items()
            for _ in range(int(solution.plant[column]))
        ]
        suited = [
            replace(stage, suits=frozenset(_suitable(need, offered)))
            for stage, need in stages
        ]
        duties = [
            Duty(
                segments=_segments(mission.chain),
                own=mission.share is EscortShare.OWN,
                room=mission.escort.patients_at_a_time,
            )
            for mission in offered
        ]
        placed = place_stages(suited, duties)
        if placed is None:
            raise _UnfinishableError(sorted(set(owners)))
        served: dict[int, set[str]] = defaultdict(set)
        for stage, duty in enumerate(placed):
            served[duty].add(self.family_id(owners[stage]))
        going = sorted(served)
        escorts = name_escorts(
            [_shift(offered[duty]) for duty in going],
            {e.escort_id: e.headcount for e in self.scenario.escorts},
        )
        if escorts is None:
            raise _UnfinishableError(sorted(set(owners)))
        return [
            SentMission(offered[duty], escort, tuple(sorted(served[duty])))
            for duty, escort in zip(going, escorts, strict=True)
        ]

    def _stages(self, solution: Solution) -> tuple[list[tuple[Stage, Need]], list[int]]:
        found: list[tuple[Stage, Need]] = []
        owners: list[int] = []
        for unit in np.flatnonzero(solution.column >= 0).tolist():
            family_id = self.family_id(unit)
            for member_id, need in member_needs(self.files, family_id):
                for run in chains_needing(need, self.itinerary(unit, solution).rides):
                    for part in self._between_handovers(run):
                        name = f"{member_id}/{unit}"
                        found.append((Stage(name, _segments(part), frozenset()), need))
                        owners.append(unit)
        return found, owners

    def _between_handovers(self, run: tuple[Ride, ...]) -> list[tuple[Ride, ...]]:
        parts: list[list[Ride]] = [[]]
        for ride in run:
            parts[-1].append(ride)
            if self.files.places[ride.to_place].handover:
                parts.append([])
        return [tuple(part) for part in parts if part]

    def _repair(self, solution: Solution, trouble: _UnfinishableError) -> Solution:
        """Hire one more vehicle, or take the family off whose loss costs least."""
        if trouble.departure_id is not None:
            more = self._one_more_vehicle(solution, trouble.departure_id)
            if more is not None:
                return more
        unit = min(trouble.units, key=lambda u: (self._worth(u), self.family_id(u)))
        return self.without(solution, unit)

    def _one_more_vehicle(
        self, solution: Solution, departure_id: str
    ) -> Solution | None:
        for (subject, _), column in self.hire.items():
            if subject != departure_id:
                continue
            plant = solution.plant.copy()
            plant[column] += 1
            more = solution.with_plant(plant)
            if plant[column] <= self.model.plant.upper[column] and self.fits(more):
                return more
        return None

    def fits(self, solution: Solution) -> bool:
        """Whether a solution keeps every row, exactly."""
        used = solution.usage(self.model, self.pool.columns)
        rows = self.model.rows
        kept = np.where(rows.equal, used == rows.rhs, used <= rows.rhs)
        return bool(kept.all())

    def _worth(self, unit: int) -> int:
        first = self.model.pairs.unit_ptr[unit]
        levels = [level.pair_value[first] for level in self.model.levels[:-1]]
        return sum(int(value) for value in levels)

    def without(self, solution: Solution, unit: int) -> Solution:
        """The solution less a family, its companions, and departures left too empty."""
        column = solution.column.copy()
        for other in self._bound_to(unit):
            column[other] = -1
        smaller = replace(solution, column=column)
        used = smaller.usage(self.model, self.pool.columns)
        for row in np.flatnonzero(used > self.model.rows.rhs).tolist():
            name = self.model.rows.names[row]
            if name.rule == "departure_runs":
                return self._cancel(smaller, name.subject)
        return smaller

    def _cancel(self, solution: Solution, departure_id: str) -> Solution:
        for unit in np.flatnonzero(solution.column >= 0).tolist():
            if solution.column[unit] < 0:
                continue
            rides = self.itinerary(unit, solution).rides
            if any(ride.departure_id == departure_id for ride in rides):
                column = solution.column.copy()
                for other in self._bound_to(unit):
                    column[other] = -1
                solution = replace(solution, column=column)
        plant = solution.plant.copy()
        for k, name in enumerate(self.model.plant.names):
            if name.subject == departure_id and name.kind in ("run", "hire"):
                plant[k] = 0
        return solution.with_plant(plant)

    def _bound_to(self, unit: int) -> list[int]:
        """Units of the family and of everybody who travels with it."""
        by_id = {f.family_id: f for f in self.scenario.families}
        group, fresh = {self.family_id(unit)}, [self.family_id(unit)]
        while fresh:
            family_id = fresh.pop()
            named = set(by_id[family_id].travels_with)
            named |= {f for f, row in by_id.items() if family_id in row.travels_with}
            fresh += sorted(named - group)
            group |= named
        index = {f: k for k, f in enumerate(self.model.units.family_ids)}
        return [u for f in sorted(group) if f in index for u in self.units_of[index[f]]]


def _segments(chain: tuple[Ride, ...]) -> frozenset[tuple[str, int]]:
    return frozenset(
        (ride.departure_id, k) for ride in chain for k in range(ride.board, ride.alight)
    )


def _suitable(need: Need, offered: list[Mission]) -> list[int]:
    return [
        k
        for k, mission in enumerate(offered)
        if mission.share is need.share and need.met_by(mission.escort)
    ]


def _shift(mission: Mission) -> Shift:
    leaves, back = mission.leaves_base.date(), mission.back_at_base.date()
    return Shift(
        leaves=mission.leaves_base,
        free=mission.free_from,
        may_go=mission.pool.who_is_there(leaves, back),
    )
