"""Which vehicles of a convoy go: trucks and ambulances beside those with families."""

import pytest

from movplan.domain.transport import VehicleType
from movplan.domain.words import VehicleKind
from movplan.optimiser.packing import Rider, Room
from movplan.planning import road as road_module
from movplan.planning.road import Needed, Vehicle, load_road

BUS = VehicleType(vehicle_type_id="bus", kind=VehicleKind.BUS, seats=10)
AMBULANCE = VehicleType(vehicle_type_id="amb", kind=VehicleKind.AMBULANCE, seats=2)
TRUCK = VehicleType(vehicle_type_id="truck", kind=VehicleKind.LUGGAGE_TRUCK, seats=0)


def vehicle(kind: VehicleType, number: int, luggage_kg: int) -> Vehicle:
    name = f"{kind.vehicle_type_id}#{number}"
    return Vehicle(name, kind, Room(kind.seats, 0, 0), luggage_kg)


def going(
    riders: list[Rider], vehicles: list[Vehicle], needed: Needed
) -> set[str] | None:
    road = load_road(riders, vehicles, needed)
    return None if road is None else {vehicles[k].name for k in road.used}


FLEET = [
    vehicle(BUS, 1, 500),
    vehicle(BUS, 2, 500),
    vehicle(AMBULANCE, 1, 100),
    vehicle(TRUCK, 1, 300),
    vehicle(TRUCK, 2, 200),
]
FAMILIES = [Rider(0, 1, 4), Rider(0, 1, 5)]


def test_what_nobody_needs_stays_at_home() -> None:
    assert going(FAMILIES, FLEET, Needed(luggage_kg=500)) == {"bus#1"}


def test_trucks_take_what_the_bus_does_not() -> None:
    # 800 = 500 + 300; 801 needs the second truck too
    assert going(FAMILIES, FLEET, Needed(luggage_kg=800)) == {"bus#1", "truck#1"}
    more = going(FAMILIES, FLEET, Needed(luggage_kg=801))
    # 500 + 300 + 200 = 1000
    assert more == {"bus#1", "truck#1", "truck#2"}


def test_a_second_bus_goes_only_with_a_family() -> None:
    # without trucks 900 kg take both buses, one family in each
    buses = FLEET[:2]
    assert going(FAMILIES, buses, Needed(luggage_kg=900)) == {"bus#1", "bus#2"}
    assert going(FAMILIES[:1], buses, Needed(luggage_kg=900)) is None


def test_who_does_not_fit_does_not_with_a_family_in_every_bus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Which would ask for more: that is not tried."""
    asked: list[frozenset[int]] = []

    def none(*_: object, filled: frozenset[int], **__: object) -> None:
        asked.append(filled)

    monkeypatch.setattr(road_module, "pack", none)
    assert load_road([Rider(0, 1, 99)], FLEET, Needed()) is None
    assert asked == [frozenset()]


def test_an_ambulance_goes_along() -> None:
    assert going(FAMILIES, FLEET, Needed(ambulances=1)) == {"bus#1", "amb#1"}
    assert going(FAMILIES, FLEET, Needed(ambulances=2)) is None


def test_an_ambulance_with_a_family_is_one() -> None:
    # 10 seats in the bus, the couple rides in the ambulance
    riders = [Rider(0, 1, 10), Rider(0, 1, 2)]
    fleet = [FLEET[0], FLEET[2]]
    assert going(riders, fleet, Needed(ambulances=1)) == {"bus#1", "amb#1"}


def test_staff_sits_where_a_family_does_or_in_the_ambulance() -> None:
    staff = Rider(0, 1, 1, staff=True)
    full = [Rider(0, 1, 10)]
    # the bus is full: only an ambulance that is needed anyway takes the escort
    assert going([*full, staff], FLEET, Needed()) is None
    assert going([*full, staff], FLEET, Needed(ambulances=1)) == {"bus#1", "amb#1"}
