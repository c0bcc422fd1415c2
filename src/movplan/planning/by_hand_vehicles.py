"""Vehicles of a plan made by hand: those named, and the fewest for all others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from movplan.costing.fixed_charges import vehicle_type_of
from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, DepartureVehicle, VehicleType
from movplan.domain.values import Values
from movplan.domain.words import DepartureKind, EscortShare
from movplan.formulation.fleets import Fleets
from movplan.network import Ride
from movplan.optimiser.packing import Rider, Room
from movplan.planning.by_hand_journeys import HandPart
from movplan.planning.convoys import LoadedVehicle
from movplan.planning.escorting import SentMission
from movplan.planning.legs import LegWriter
from movplan.planning.road import Bags, Needed, Road, Vehicle, goes_along, load_road

MOST_FLEETS = 500


@dataclass(frozen=True, slots=True)
class _Boarder:
    """A family or (with a mission) an escort aboard; ``vehicle`` is what a row names.

    An escort's ``rider.beside`` are positions of the families it serves.
    """

    rider: Rider
    family_id: str = ""
    mission: int = -1
    vehicle: str | None = None


@dataclass(slots=True)
class _Aboard:
    """Persons aboard a convoy and the luggage they bring."""

    persons: int = 0
    bags: list[Bags] = field(default_factory=list)


@dataclass(slots=True)
class _Vehicle:
    """A vehicle with what it carries per segment (seats, wheelchairs, stretchers)."""

    name: str
    kind: VehicleType
    room: Room
    luggage_kg: int
    aboard: list[_Boarder] = field(default_factory=list)
    taken: dict[int, list[int]] = field(default_factory=dict)

    @property
    def type_id(self) -> str:
        """The vehicle type."""
        return self.kind.vehicle_type_id

    @property
    def on_the_road(self) -> Vehicle:
        """The vehicle as it may go."""
        return Vehicle(self.name, self.kind, self.room, self.luggage_kg)

    def fits(self, rider: Rider) -> bool:
        """Whether there is room for somebody more."""
        limits = (self.room.seats, self.room.wheelchairs, self.room.stretchers)
        return all(
            taken + more <= limit
            for segment in range(rider.board, rider.alight)
            for taken, more, limit in zip(
                self.taken.get(segment, (0, 0, 0)), _load(rider), limits, strict=True
            )
        )

    def take(self, boarder: _Boarder) -> None:
        """Take somebody aboard, fitting or not."""
        self.aboard.append(boarder)
        for segment in range(boarder.rider.board, boarder.rider.alight):
            taken = self.taken.setdefault(segment, [0, 0, 0])
            for k, more in enumerate(_load(boarder.rider)):
                taken[k] += more


def load_convoys(
    scenario: Scenario,
    writer: LegWriter,
    parts: Sequence[HandPart],
    missions: Sequence[SentMission],
) -> list[LoadedVehicle]:
    """The vehicles of every convoy somebody rides, in departure order."""
    aboard: dict[str, list[_Boarder]] = defaultdict(list)
    for part in parts:
        for row, ride in zip(part.rows, part.itinerary.rides, strict=True):
            if ride.kind is DepartureKind.CONVOY:
                boarder = _family(writer, part, ride, row.vehicle)
                aboard[ride.departure_id].append(boarder)
    yard = _Yard(scenario)
    needed = {d: yard.needed(d, own) for d, own in _bags(writer, parts).items()}
    found: list[LoadedVehicle] = []
    for departure_id in sorted(aboard):
        families = aboard[departure_id]
        escorts = list(_escorts(departure_id, families, missions))
        boarders = [*families, *escorts]
        vehicles = yard.load(departure_id, boarders, needed[departure_id])
        found += [_loaded(departure_id, vehicle) for vehicle in vehicles]
    return found


class _Yard:
    """Fleets of convoys, and how they are loaded."""

    def __init__(self, scenario: Scenario) -> None:
        self.values, self.tariffs = Values(scenario), Tariffs(scenario)
        self.catalogue = Fleets(scenario, self.values)
        self.departures = {row.departure_id: row for row in scenario.departures}
        self.types = {row.vehicle_type_id: row for row in scenario.vehicle_types}
        self.fleets: dict[str, list[DepartureVehicle]] = defaultdict(list)
        for row in sorted(scenario.departure_vehicles, key=lambda r: r.key):
            self.fleets[row.departure_id].append(row)

    def needed(self, departure_id: str, aboard: "_Aboard") -> Needed:
        """Ambulances and room for luggage a convoy has to take along."""
        departure = self.departures[departure_id]
        return Needed.of(departure, self.values, aboard.persons, aboard.bags)

    def load(
        self, departure_id: str, boarders: list[_Boarder], needed: Needed
    ) -> list[_Vehicle]:
        """Vehicles with everybody in who can be in one, and those needed beside."""
        if all(boarder.vehicle is None for boarder in boarders):
            fewest = self._fewest(departure_id, boarders, needed)
            if fewest is not None:
                return fewest
        return self._one_by_one(departure_id, boarders, needed)

    def _fewest(
        self, departure_id: str, boarders: list[_Boarder], needed: Needed
    ) -> list[_Vehicle] | None:
        """The fewest vehicles that everybody fits into, then the cheapest."""
        riders = [boarder.rider for boarder in boarders]
        fleet = self.fleets[departure_id]
        all_of_it = self._empty(departure_id, [row.max_vehicles for row in fleet])
        if load_road(riders, [v.on_the_road for v in all_of_it], needed) is None:
            return None
        for counts in self._by_size(departure_id):
            vehicles = self._empty(departure_id, counts)
            if not _may_fit(riders, vehicles):
                continue
            road = load_road(riders, [v.on_the_road for v in vehicles], needed)
            if road is not None:
                return _filled(vehicles, boarders, road)
        return None

    def _by_size(self, departure_id: str) -> list[tuple[int, ...]]:
        """How many of each type, the fewest vehicles first, then the cheapest."""
        fleet = self.fleets[departure_id]
        most = [row.max_vehicles for row in fleet]
        if prod(count + 1 for count in most) > MOST_FLEETS:
            return [tuple(most)]
        prices = [self._price(row) for row in fleet]
        choices = product(*(range(count + 1) for count in most))
        return sorted(
            choices,
            key=lambda counts: (
                sum(counts),
                sum(n * price for n, price in zip(counts, prices, strict=True)),
                counts,
            ),
        )

    def _price(self, row: DepartureVehicle) -> int:
        price = self.tariffs.vehicle_price(row.departure_id, row.vehicle_type_id)
        on = self.departures[row.departure_id].departs.date()
        return self.tariffs.reporting(price.amount_cents, price.currency, on)

    def _one_by_one(
        self, departure_id: str, boarders: list[_Boarder], needed: Needed
    ) -> list[_Vehicle]:
        """Named vehicles first; others where they fit, else in the first vehicle."""
        vehicles: dict[str, _Vehicle] = {}
        for boarder in boarders:
            type_id = vehicle_type_of(boarder.vehicle or "")
            if boarder.vehicle is None or type_id not in self.types:
                continue
            new = self._vehicle(departure_id, boarder.vehicle, self.types[type_id])
            vehicles.setdefault(boarder.vehicle, new).take(boarder)
        for boarder in _largest_first(boarders):
            if boarder.vehicle is None:
                self._find_place(departure_id, vehicles, boarder)
        for boarder in boarders:
            if boarder.mission >= 0:
                _seat_escort(vehicles, boarders, boarder)
        for vehicle in self._beside(departure_id, vehicles, needed):
            vehicles[vehicle.name] = vehicle
        return [vehicles[name] for name in sorted(vehicles)]

    def _beside(
        self, departure_id: str, vehicles: dict[str, _Vehicle], needed: Needed
    ) -> list[_Vehicle]:
        """Ambulances and trucks to go along, as far as there are any."""
        hired = Counter(vehicle.type_id for vehicle in vehicles.values())
        idle = [
            self._vehicle(departure_id, name, self.types[row.vehicle_type_id])
            for row in self.fleets[departure_id]
            for name in _free_names(
                row.vehicle_type_id,
                vehicles,
                row.max_vehicles - hired[row.vehicle_type_id],
            )
        ]
        all_of_it = [v.on_the_road for v in (*vehicles.values(), *idle)]
        alone = goes_along(all_of_it, frozenset(range(len(vehicles))), needed)
        return [idle[k - len(vehicles)] for k in sorted(alone or ())]

    def _find_place(
        self, departure_id: str, vehicles: dict[str, _Vehicle], boarder: _Boarder
    ) -> None:
        """In a vehicle already hired, in one more, or too many in the first."""
        more = self._one_more(departure_id, vehicles)
        for vehicle in (*vehicles.values(), *more):
            if vehicle.fits(boarder.rider):
                vehicles.setdefault(vehicle.name, vehicle).take(boarder)
                return
        for vehicle in (*vehicles.values(), *more)[:1]:
            vehicles.setdefault(vehicle.name, vehicle).take(boarder)

    def _one_more(
        self, departure_id: str, vehicles: dict[str, _Vehicle]
    ) -> list[_Vehicle]:
        """One further vehicle of every type with any left, the largest first."""
        hired = Counter(vehicle.type_id for vehicle in vehicles.values())
        found = []
        for row in self.fleets[departure_id]:
            kind = self.types[row.vehicle_type_id]
            if hired[row.vehicle_type_id] < row.max_vehicles:
                name = _free_name(row.vehicle_type_id, vehicles)
                found.append(self._vehicle(departure_id, name, kind))
        return sorted(found, key=lambda v: (-v.room.seats, v.name))

    def _empty(self, departure_id: str, counts: Sequence[int]) -> list[_Vehicle]:
        fleet = self.fleets[departure_id]
        found = [
            self._vehicle(
                departure_id,
                f"{row.vehicle_type_id}#{n}",
                self.types[row.vehicle_type_id],
            )
            for row, count in zip(fleet, counts, strict=True)
            for n in range(1, count + 1)
        ]
        return sorted(found, key=lambda v: (-v.room.seats, v.type_id))

    def _vehicle(self, departure_id: str, name: str, kind: VehicleType) -> _Vehicle:
        departure: Departure = self.departures[departure_id]
        usable = self.catalogue.seats(departure, kind)
        room = Room(usable, kind.wheelchair_places, kind.stretcher_places)
        kilograms = self.catalogue.luggage_kg(departure, kind)
        return _Vehicle(name, kind, room, kilograms)


def _family(
    writer: LegWriter, part: HandPart, ride: Ride, vehicle: str | None
) -> _Boarder:
    family_id = part.family.family_id
    wheelchairs, stretchers = writer.special_places(family_id, ride)
    rider = Rider(
        board=ride.board,
        alight=ride.alight,
        seats=writer.seats(family_id, ride),
        wheelchairs=wheelchairs,
        stretchers=stretchers,
    )
    return _Boarder(rider, family_id=family_id, vehicle=vehicle)


def _escorts(
    departure_id: str, families: list[_Boarder], missions: Sequence[SentMission]
) -> Iterable[_Boarder]:
    """Escorts on a convoy with the positions of the families they serve; staff."""
    position = {boarder.family_id: k for k, boarder in enumerate(families)}
    for number, sent in enumerate(missions):
        served = tuple(position[f] for f in sent.family_ids if f in position)
        staff = sent.mission.share is EscortShare.CONVOY
        for ride in sent.mission.chain:
            if ride.departure_id == departure_id and (served or staff):
                rider = Rider(ride.board, ride.alight, 1, beside=served, staff=staff)
                yield _Boarder(rider, mission=number)


def _bags(writer: LegWriter, parts: Iterable[HandPart]) -> dict[str, "_Aboard"]:
    """Persons and luggage of the families aboard every convoy."""
    found: dict[str, _Aboard] = defaultdict(_Aboard)
    for part in parts:
        kilograms = writer.kilograms(part.family.family_id)
        for ride in part.itinerary.rides:
            if ride.kind is DepartureKind.CONVOY:
                aboard = found[ride.departure_id]
                aboard.persons += part.family.persons
                aboard.bags.append(Bags(ride.board, ride.alight, kilograms))
    return found


def _seat_escort(
    vehicles: dict[str, _Vehicle], boarders: list[_Boarder], escort: _Boarder
) -> None:
    """Beside a family it serves (staff: any), where there is room if anywhere."""
    staff = escort.rider.staff
    served = boarders if staff else [boarders[k] for k in escort.rider.beside]
    beside = [v for v in vehicles.values() if any(b in served for b in v.aboard)]
    beside.sort(key=lambda vehicle: not vehicle.fits(escort.rider))
    for vehicle in beside[:1]:
        vehicle.take(escort)


def _largest_first(boarders: list[_Boarder]) -> list[_Boarder]:
    """Families, those hardest to place first."""
    families = [boarder for boarder in boarders if boarder.mission < 0]
    return sorted(
        families,
        key=lambda b: (
            -b.rider.stretchers,
            -b.rider.wheelchairs,
            -b.rider.seats,
            b.family_id,
        ),
    )


def _may_fit(riders: Sequence[Rider], vehicles: Sequence[_Vehicle]) -> bool:
    """Whether there are places enough in all, on every segment."""
    room = [sum(limits) for limits in zip(*map(_limits, vehicles), strict=True)]
    last = max((rider.alight for rider in riders), default=0)
    return all(
        sum(_load(r)[k] for r in riders if r.board <= segment < r.alight) <= limit
        for segment in range(last)
        for k, limit in enumerate(room or (0, 0, 0))
    )


def _filled(
    vehicles: list[_Vehicle], boarders: list[_Boarder], road: Road
) -> list[_Vehicle]:
    """Vehicles that go, with who is aboard, numbered per type from 1."""
    for boarder, place in zip(boarders, road.place, strict=True):
        vehicles[place].take(boarder)
    used = [vehicle for k, vehicle in enumerate(vehicles) if k in road.used]
    numbers: Counter[str] = Counter()
    for vehicle in used:
        numbers[vehicle.type_id] += 1
        vehicle.name = f"{vehicle.type_id}#{numbers[vehicle.type_id]}"
    return used


def _free_name(type_id: str, vehicles: dict[str, _Vehicle]) -> str:
    number = 1
    while f"{type_id}#{number}" in vehicles:
        number += 1
    return f"{type_id}#{number}"


def _free_names(type_id: str, vehicles: dict[str, _Vehicle], count: int) -> list[str]:
    """So many names nobody has."""
    numbers = (f"{type_id}#{n}" for n in range(1, len(vehicles) + count + 1))
    return [name for name in numbers if name not in vehicles][: max(0, count)]


def _load(rider: Rider) -> tuple[int, int, int]:
    return rider.seats, rider.wheelchairs, rider.stretchers


def _limits(vehicle: _Vehicle) -> tuple[int, int, int]:
    room = vehicle.room
    return room.seats, room.wheelchairs, room.stretchers


def _loaded(departure_id: str, vehicle: _Vehicle) -> LoadedVehicle:
    return LoadedVehicle(
        departure_id=departure_id,
        vehicle_type_id=vehicle.type_id,
        name=vehicle.name,
        family_ids=tuple(sorted(b.family_id for b in vehicle.aboard if b.family_id)),
        missions=tuple(b.mission for b in vehicle.aboard if b.mission >= 0),
    )
