"""Vehicles a convoy may hire, empty: how many of which type, at what price."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import product
from math import prod

from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.domain.transport import DepartureVehicle, VehicleType
from movplan.domain.values import Values
from movplan.formulation.fleets import Fleets
from movplan.optimiser.packing import Room
from movplan.planning.by_hand.vehicle import HandVehicle
from movplan.planning.road import Bags, Needed

MOST_FLEETS = 500


class Yard:
    """Fleets of convoys."""

    def __init__(self, scenario: Scenario) -> None:
        self.values, self.tariffs = Values(scenario), Tariffs(scenario)
        self.catalogue = Fleets(scenario, self.values)
        self.departures = {row.departure_id: row for row in scenario.departures}
        self.types = {row.vehicle_type_id: row for row in scenario.vehicle_types}
        self.fleets: dict[str, list[DepartureVehicle]] = defaultdict(list)
        for row in sorted(scenario.departure_vehicles, key=lambda r: r.key):
            self.fleets[row.departure_id].append(row)

    def needed(self, departure_id: str, persons: int, bags: Sequence[Bags]) -> Needed:
        """Ambulances and room for luggage a convoy has to take along."""
        departure = self.departures[departure_id]
        return Needed.of(departure, self.values, persons, bags)

    def vehicle(self, departure_id: str, name: str, kind: VehicleType) -> HandVehicle:
        """An empty vehicle with the places that may be used."""
        departure = self.departures[departure_id]
        usable = self.catalogue.seats(departure, kind)
        room = Room(usable, kind.wheelchair_places, kind.stretcher_places)
        kilograms = self.catalogue.luggage_kg(departure, kind)
        return HandVehicle(name, kind, room, kilograms)

    def every(self, departure_id: str) -> list[HandVehicle]:
        """All a convoy may hire, the largest first."""
        most = [row.max_vehicles for row in self.fleets[departure_id]]
        return self.so_many(departure_id, most)

    def so_many(self, departure_id: str, counts: Sequence[int]) -> list[HandVehicle]:
        """So many of each type of the fleet, the largest first."""
        fleet = self.fleets[departure_id]
        found = [
            self.vehicle(
                departure_id,
                f"{row.vehicle_type_id}#{n}",
                self.types[row.vehicle_type_id],
            )
            for row, count in zip(fleet, counts, strict=True)
            for n in range(1, count + 1)
        ]
        return sorted(found, key=lambda v: (-v.room.seats, v.type_id))

    def by_size(self, departure_id: str) -> list[tuple[int, ...]]:
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

    def idle(
        self, departure_id: str, hired: Iterable[HandVehicle]
    ) -> list[HandVehicle]:
        """Those the convoy may hire beside the ones it has, in the fleet's order."""
        names, count = _names_and_types(hired)
        return [
            self.vehicle(departure_id, name, self.types[row.vehicle_type_id])
            for row in self.fleets[departure_id]
            for name in _free_names(
                row.vehicle_type_id,
                names,
                row.max_vehicles - count[row.vehicle_type_id],
            )
        ]

    def one_more(
        self, departure_id: str, hired: Iterable[HandVehicle]
    ) -> list[HandVehicle]:
        """One further vehicle of every type with any left, the largest first."""
        names, count = _names_and_types(hired)
        found = [
            self.vehicle(departure_id, name, self.types[row.vehicle_type_id])
            for row in self.fleets[departure_id]
            if count[row.vehicle_type_id] < row.max_vehicles
            for name in _free_names(row.vehicle_type_id, names, 1)
        ]
        return sorted(found, key=lambda v: (-v.room.seats, v.name))


def _names_and_types(
    vehicles: Iterable[HandVehicle],
) -> tuple[frozenset[str], Counter[str]]:
    vehicles = list(vehicles)
    names = frozenset(vehicle.name for vehicle in vehicles)
    return names, Counter(vehicle.type_id for vehicle in vehicles)


def _free_names(type_id: str, taken: Collection[str], count: int) -> list[str]:
    """So many names nobody has."""
    numbers = (f"{type_id}#{n}" for n in range(1, len(taken) + count + 1))
    return [name for name in numbers if name not in taken][: max(0, count)]
