"""Vehicles of convoys: what one of a type takes, and all of them together."""

from collections import defaultdict

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, DepartureVehicle, VehicleType
from movplan.domain.values import Values
from movplan.domain.words import VehicleKind

# Hired without a family where the convoy's ambulances or luggage ask for it.
HIRED_ALONE = frozenset({VehicleKind.AMBULANCE, VehicleKind.LUGGAGE_TRUCK})


class Fleets:
    """Looks up fleets and usable places."""

    def __init__(self, scenario: Scenario, values: Values) -> None:
        self._values = values
        self._types = {v.vehicle_type_id: v for v in scenario.vehicle_types}
        self._rows: dict[str, list[DepartureVehicle]] = defaultdict(list)
        for row in sorted(scenario.departure_vehicles, key=lambda r: r.key):
            self._rows[row.departure_id].append(row)

    def rows(self, departure: Departure) -> list[DepartureVehicle]:
        """The fleet rows of a convoy, by vehicle type."""
        return self._rows[departure.departure_id]

    def type_of(self, row: DepartureVehicle) -> VehicleType:
        """The vehicle type of a fleet row."""
        return self._types[row.vehicle_type_id]

    def kinds(self, departure: Departure) -> list[VehicleType]:
        """Types a convoy may hire at least one of."""
        rows = self._rows[departure.departure_id]
        return [self._types[r.vehicle_type_id] for r in rows if r.max_vehicles]

    def spare_percent(self, departure: Departure) -> int:
        """Percent of every vehicle's seats kept empty."""
        if departure.spare_percent is not None:
            return departure.spare_percent
        return self._values.departure("spare_percent", departure)

    def seats(self, departure: Departure, kind: VehicleType) -> int:
        """Usable seats of one vehicle."""
        return kind.seats * (100 - self.spare_percent(departure)) // 100

    def places_of(self, departure: Departure, kind: VehicleType) -> int:
        """Usable seats and special places of one vehicle."""
        special = kind.wheelchair_places + kind.stretcher_places
        return self.seats(departure, kind) + special

    def places(self, departure: Departure) -> int:
        """Usable seats and special places of all vehicles a convoy may hire."""
        return sum(
            row.max_vehicles
            * self.places_of(departure, self._types[row.vehicle_type_id])
            for row in self._rows[departure.departure_id]
        )

    def luggage_kg(self, departure: Departure, kind: VehicleType) -> int:
        """Luggage one vehicle takes: its own figure, else so much per seat."""
        if kind.luggage_kg is not None:
            return kind.luggage_kg
        return kind.seats * self._values.departure("luggage_kg_per_seat", departure)
