"""Departures and escort missions of the plan, as its readers see them."""

from collections import defaultdict
from collections.abc import Sequence

from movplan.domain.plan import (
    EscortMission,
    Leg,
    MissionRide,
    PlannedDeparture,
    VehicleLoad,
)
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, VehicleType
from movplan.domain.words import DepartureKind, LegKind
from movplan.planning.convoys import LoadedVehicle
from movplan.planning.escorting import SentMission
from movplan.planning.peaks import EscortAboard, PeakLoads


def escort_missions(sent: Sequence[SentMission]) -> tuple[EscortMission, ...]:
    """Missions in order of escort and time, numbered per escort."""
    return tuple(
        _mission(mission_id, each)
        for mission_id, each in zip(mission_ids(sent), sent, strict=True)
    )


def mission_ids(sent: Sequence[SentMission]) -> list[str]:
    """Ids in the order given: ``nurse-1/2`` is her second mission."""
    order = sorted(
        range(len(sent)),
        key=lambda k: (
            sent[k].escort_id,
            sent[k].mission.leaves_base,
            sent[k].family_ids,
        ),
    )
    count: dict[str, int] = defaultdict(int)
    names = [""] * len(order)
    for k in order:
        escort_id = sent[k].escort_id
        count[escort_id] += 1
        names[k] = f"{escort_id}/{count[escort_id]}"
    return names


def _mission(mission_id: str, sent: SentMission) -> EscortMission:
    mission = sent.mission
    return EscortMission(
        mission_id=mission_id,
        escort_id=sent.escort_id,
        role=mission.escort.role,
        share=mission.share,
        rides=tuple(
            MissionRide(
                departure_id=ride.departure_id,
                from_place=ride.from_place,
                to_place=ride.to_place,
            )
            for ride in mission.chain
        ),
        family_ids=sent.family_ids,
        leaves_base=mission.leaves_base,
        starts=mission.chain[0].departs,
        ends=mission.chain[-1].arrives,
        back_at_base=mission.back_at_base,
        free_from=mission.free_from,
    )


class Departures:
    """Lists departures that run or are firm, with loads counted from the schedule."""

    def __init__(
        self,
        scenario: Scenario,
        schedule: Sequence[Leg],
        missions: Sequence[SentMission],
        vehicles: Sequence[LoadedVehicle],
    ) -> None:
        self.scenario = scenario
        self.vehicles: dict[str, list[LoadedVehicle]] = defaultdict(list)
        for vehicle in vehicles:
            self.vehicles[vehicle.departure_id].append(vehicle)
        self.types = {v.vehicle_type_id: v for v in scenario.vehicle_types}
        self.loads = PeakLoads(scenario)
        self.rides: dict[str, list[Leg]] = defaultdict(list)
        for leg in schedule:
            if leg.kind is LegKind.RIDE and leg.departure_id is not None:
                self.rides[leg.departure_id].append(leg)
        self.names = mission_ids(missions)
        self.escorts: dict[str, list[EscortAboard]] = defaultdict(list)
        for name, sent in zip(self.names, missions, strict=True):
            for ride in sent.mission.chain:
                aboard = (name, ride.board, ride.alight)
                self.escorts[ride.departure_id].append(aboard)

    def planned(self) -> tuple[PlannedDeparture, ...]:
        """One row per departure that is not cancelled, in time order.

        One that is has a row too if somebody rides it all the same: in drafts only.
        """
        departures = self.scenario.departures
        usable = [d for d in departures if d.is_usable or d.departure_id in self.rides]
        usable.sort(key=lambda row: (row.departs, row.departure_id))
        return tuple(self._row(row) for row in usable)

    def _row(self, departure: Departure) -> PlannedDeparture:
        departure_id = departure.departure_id
        rides = self.rides.get(departure_id, [])
        persons = {leg.family_id: leg.persons for leg in rides}
        vehicles = tuple(
            self._vehicle(departure, vehicle) for vehicle in self.vehicles[departure_id]
        )
        seats = departure.seats
        if departure.kind is DepartureKind.CONVOY:
            seats = sum(vehicle.seats for vehicle in vehicles)
        peak = self.loads.of(departure, rides, self.escorts[departure_id])
        return PlannedDeparture(
            departure_id=departure_id,
            runs=departure.is_firm or bool(rides),
            persons=sum(persons.values()),
            peak_seats=peak.seats,
            peak_wheelchairs=peak.wheelchairs,
            peak_stretchers=peak.stretchers,
            seats=seats,
            family_ids=tuple(sorted(persons)),
            mission_ids=tuple(sorted({m for m, _, _ in self.escorts[departure_id]})),
            vehicles=vehicles,
        )

    def _vehicle(self, departure: Departure, loaded: LoadedVehicle) -> VehicleLoad:
        kind: VehicleType = self.types[loaded.vehicle_type_id]
        missions = tuple(sorted(self.names[m] for m in loaded.missions))
        rides = [
            leg
            for leg in self.rides[departure.departure_id]
            if leg.vehicle == loaded.name
        ]
        escorts = [e for e in self.escorts[departure.departure_id] if e[0] in missions]
        peak = self.loads.of(departure, rides, escorts)
        return VehicleLoad(
            vehicle=loaded.name,
            vehicle_type_id=loaded.vehicle_type_id,
            family_ids=loaded.family_ids,
            mission_ids=missions,
            peak_seats=peak.seats,
            seats=kind.seats,
            spare_seats=kind.seats - peak.seats,
            peak_wheelchairs=peak.wheelchairs,
            peak_stretchers=peak.stretchers,
        )
