"""Vehicles of convoys: seats, those of them that may be used, places and luggage."""

from movplan.domain.transport import VehicleType
from movplan.domain.words import VehicleKind

SEATS = {"bus": 44, "minibus": 20, "ambulance": 9}
USABLE = {"bus": 39, "minibus": 18, "ambulance": 8}


def vehicle_types() -> tuple[VehicleType, ...]:
    """Bus, minibus and ambulance; 44 seats of which 10 percent stay empty (C4, C7)."""
    return (
        VehicleType(
            vehicle_type_id="bus",
            seats=SEATS["bus"],
            wheelchair_places=1,
            luggage_kg=SEATS["bus"] * 50,
        ),
        VehicleType(
            vehicle_type_id="minibus",
            kind=VehicleKind.MINIBUS,
            seats=SEATS["minibus"],
            wheelchair_places=1,
            luggage_kg=SEATS["minibus"] * 40,
        ),
        VehicleType(
            vehicle_type_id="ambulance",
            kind=VehicleKind.AMBULANCE,
            seats=SEATS["ambulance"],
            wheelchair_places=1,
            stretcher_places=1,
            luggage_kg=200,
        ),
    )
