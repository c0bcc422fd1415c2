"""vehicle_load: families and escorts fit the hired vehicles, nobody is split."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView, Ride, Service
from movplan.checks.view.convoys import Convoy, Fleet
from movplan.checks.view.flights import count_unchecked
from movplan.checks.view.missions import MissionView
from movplan.domain.people import Family
from movplan.domain.plan import PlannedDeparture, VehicleLoad
from movplan.domain.transport import DepartureVehicle, VehicleType
from movplan.domain.words import EscortShare

RULE = "vehicle_load"


def check(view: PlanView) -> Outcome:
    """Per vehicle and segment: seats less spare, special places; fleet sizes.

    Who needs a special place among families given as counts nobody knows.
    """
    tally = Tally(RULE)
    fleets = _fleets(view)
    planned = {row.departure_id: row for row in view.plan.departures}
    for departure_id, service in view.services.items():
        row = planned.get(departure_id)
        if service.is_flight:
            if row is not None and row.vehicles:
                tally.broken(f"flight {departure_id} has vehicles", departure_id)
            continue
        loading = _Loading(view, service, row, fleets[departure_id])
        tally.judge(loading.facts(), departure_id)
    tally.unchecked = count_unchecked(view, _takes_convoy)
    return tally.outcome()


def _takes_convoy(journey: Journey) -> bool:
    return any(not ride.is_flight for ride in journey.rides)


def _fleets(view: PlanView) -> dict[str, dict[str, DepartureVehicle]]:
    fleets: dict[str, dict[str, DepartureVehicle]] = defaultdict(dict)
    for row in view.scenario.departure_vehicles:
        fleets[row.departure_id][row.vehicle_type_id] = row
    return fleets


@dataclass(slots=True)
class _Segment:
    seats: int = 0
    wheelchairs: int = 0
    stretchers: int = 0


@dataclass(slots=True)
class _Aboard:
    """Who is in a vehicle by its families' legs and the missions it lists."""

    segments: list[_Segment]
    families: list[tuple[Family, Ride]] = field(default_factory=list)


class _Loading:
    """One convoy: its vehicles as listed, its families as scheduled."""

    def __init__(
        self,
        view: PlanView,
        service: Service,
        planned: PlannedDeparture | None,
        fleet: dict[str, DepartureVehicle],
    ) -> None:
        self.view = view
        self.service = service
        self.fleet = fleet
        self.vehicles = planned.vehicles if planned else ()
        self.name = service.departure.departure_id
        self.riders = view.riders.get(self.name, [])
        self.missions = view.escorts_on.get(self.name, [])
        self.types = view.vehicle_types

    def facts(self) -> Iterator[str]:
        """Everything wrong with the convoy's vehicles."""
        yield from self._hired()
        yield from self._unlisted()
        for vehicle in self.vehicles:
            aboard = self._aboard(vehicle)
            yield from self._lists(vehicle, aboard)
            yield from self._fits(vehicle, aboard)

    def _hired(self) -> Iterator[str]:
        hired = Counter(vehicle.vehicle_type_id for vehicle in self.vehicles)
        for type_id, count in hired.items():
            most = self.fleet[type_id].max_vehicles if type_id in self.fleet else 0
            if count > most:
                yield f"{self.name}: {count} {type_id} hired, at most {most} offered"
        named = Counter(vehicle.vehicle for vehicle in self.vehicles)
        for vehicle in self.vehicles:
            prefix, _, number = vehicle.vehicle.rpartition("#")
            right = prefix == vehicle.vehicle_type_id and number.isdigit()
            if not right or int(number) < 1 or named[vehicle.vehicle] > 1:
                yield (
                    f"{self.name}: a vehicle is called {vehicle.vehicle}, not "
                    f"{vehicle.vehicle_type_id}#n with a number of its own"
                )

    def _unlisted(self) -> Iterator[str]:
        names = {vehicle.vehicle for vehicle in self.vehicles}
        for family, ride in self.riders:
            if ride.leg.vehicle is not None and ride.leg.vehicle not in names:
                yield (
                    f"{self.name}: {family.family_id} rides in {ride.leg.vehicle}, "
                    "which is not hired"
                )
        carried = Counter(m for vehicle in self.vehicles for m in vehicle.mission_ids)
        for mission, _, _ in self.missions:
            mission_id = mission.mission.mission_id
            if carried[mission_id] != 1:
                yield (
                    f"{self.name}: the escort of {mission_id} is in "
                    f"{carried[mission_id]} vehicles"
                )

    def _aboard(self, vehicle: VehicleLoad) -> _Aboard:
        aboard = _Aboard([_Segment() for _ in range(self.service.segments)])
        for family, ride in self.riders:
            if ride.leg.vehicle != vehicle.vehicle:
                continue
            aboard.families.append((family, ride))
            load = self.view.load(family, ride)
            for segment in aboard.segments[ride.board : ride.alight]:
                segment.seats += load.convoy_seats
                segment.wheelchairs += load.convoy_wheelchairs
                segment.stretchers += load.stretchers
        for mission, board, alight in self.missions:
            if mission.mission.mission_id in vehicle.mission_ids:
                for segment in aboard.segments[board:alight]:
                    segment.seats += 1
        return aboard

    def _lists(self, vehicle: VehicleLoad, aboard: _Aboard) -> Iterator[str]:
        what = f"{self.name} {vehicle.vehicle}"
        riding = sorted(family.family_id for family, _ in aboard.families)
        if not riding and not self._is_missed(vehicle):
            yield f"{what}: hired without families"
        if riding != sorted(vehicle.family_ids):
            yield (
                f"{what}: lists {', '.join(vehicle.family_ids) or 'nobody'}, "
                f"{', '.join(riding) or 'nobody'} ride in it"
            )
        for mission, _, _ in self.missions:
            if mission.mission.mission_id in vehicle.mission_ids:
                yield from self._serves(what, mission, riding)
        segments = aboard.segments
        figures = (
            ("seats", vehicle.peak_seats, max(s.seats for s in segments)),
            (
                "wheelchair places",
                vehicle.peak_wheelchairs,
                max(s.wheelchairs for s in segments),
            ),
            (
                "stretcher places",
                vehicle.peak_stretchers,
                max(s.stretchers for s in segments),
            ),
        )
        for words, listed, peak in figures:
            if listed is not None and listed != peak:
                yield f"{what}: lists {listed} {words} at most taken, {peak} are"

    def _is_missed(self, vehicle: VehicleLoad) -> bool:
        """Whether the convoy needs it as an ambulance or for luggage."""
        convoy = Convoy(self.service, self.riders, self.vehicles)
        return self.view.once(Fleet).is_missed(convoy, vehicle)

    def _serves(
        self, what: str, mission: MissionView, riding: list[str]
    ) -> Iterator[str]:
        if mission.mission.share is EscortShare.CONVOY:
            return
        if not set(riding) & set(mission.mission.family_ids):
            yield (
                f"{what}: carries the escort of {mission.mission.mission_id}, "
                "but none of the families served"
            )

    def _fits(self, vehicle: VehicleLoad, aboard: _Aboard) -> Iterator[str]:
        kind = self.types.get(vehicle.vehicle_type_id)
        if kind is None:
            return
        for k, segment in enumerate(aboard.segments):
            where = f"{self.name} {vehicle.vehicle} {self.service.segment_name(k)}"
            limits = (
                ("seats", segment.seats, self._usable_seats(kind)),
                ("wheelchairs", segment.wheelchairs, kind.wheelchair_places),
                ("stretchers", segment.stretchers, kind.stretcher_places),
            )
            for dimension, taken, limit in limits:
                if taken > limit:
                    yield f"{where}: {taken} {dimension} taken, {limit} usable"

    def _usable_seats(self, kind: VehicleType) -> int:
        """floor(seats x (100 - spare) / 100)."""
        departure = self.service.departure
        spare = departure.spare_percent
        if spare is None:
            spare = self.view.departure_rule("spare_percent", departure)
        return kind.seats * (100 - spare) // 100
