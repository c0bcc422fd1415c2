"""Places and flights, vehicles and sessions of the scenarios written by hand."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Unpack

from movplan.domain.escorts import Session
from movplan.domain.transport import (
    Departure,
    DepartureStop,
    DepartureVehicle,
    Fare,
    Place,
    Transfer,
    VehicleType,
)
from movplan.domain.words import (
    AgeClass,
    DepartureKind,
    PlaceKind,
    SessionKind,
    VehicleKind,
)
from movplan.generation.geography import places as carried
from scenarios.builders.columns import FlightColumns, PlaceColumns
from scenarios.builders.days import ZONES, at, date_of

MINIBUS = VehicleType(
    vehicle_type_id="minibus", kind=VehicleKind.MINIBUS, seats=20, wheelchair_places=1
)
AMBULANCE = VehicleType(
    vehicle_type_id="ambulance",
    kind=VehicleKind.AMBULANCE,
    seats=2,
    stretcher_places=1,
    luggage_kg=0,
)
TRUCK = VehicleType(
    vehicle_type_id="truck", kind=VehicleKind.LUGGAGE_TRUCK, seats=0, luggage_kg=3000
)


def place(place_id: str, **values: Unpack[PlaceColumns]) -> Place:
    """A carried place, nights not for sale unless given."""
    plain: dict[str, object] = {"night_price_cents": None, "currency": None}
    if "night_price_cents" in values:
        plain["currency"] = "USD"
    return carried()[place_id].model_copy(update={**plain, **values})


def town(place_id: str, country: str, north: float, east: float) -> Place:
    """A place the generator does not carry."""
    return Place(
        place_id=place_id,
        name=place_id.capitalize(),
        kind=PlaceKind.TOWN,
        country=country,
        latitude=north,
        longitude=east,
        timezone=ZONES[place_id],
        source="city position",
    )


def transfer(a: str, b: str, minutes: int, dollars: int) -> Transfer:
    """A hired vehicle of four seats between two places."""
    return Transfer(
        from_place=a,
        to_place=b,
        minutes=minutes,
        price_per_vehicle_cents=dollars * 100,
        currency="USD",
        source="illustrative",
    )


def flight(
    name: str, way: str, leaves: str, lands: str, **rest: Unpack[FlightColumns]
) -> Departure:
    """A flight ``W5-0415`` on that day: ``ika 09:00 > kbl 12:30``; ``+1``: next day."""
    start, end = way.split(">")
    on = date_of(name)
    arrival = at(on, lands.removesuffix("+1"), end)
    if lands.endswith("+1"):
        arrival += timedelta(days=1)
    values: dict[str, object] = {
        "departure_id": name,
        "kind": DepartureKind.FLIGHT,
        "carrier": name[:2],
        "from_place": start,
        "to_place": end,
        "departs": at(on, leaves, start),
        "arrives": arrival,
        "seats": 60,
        "currency": "USD",
    }
    return Departure.model_validate({**values, **rest})


def fares(departures: Iterable[Departure], dollars: dict[str, int]) -> list[Fare]:
    """Adult fares by the flight's prefix; a child pays the same, an infant a tenth."""
    return [
        Fare(
            departure_id=d.departure_id,
            age_class=AgeClass.ADULT,
            amount_cents=dollars[d.carrier] * 100,
            currency="USD",
        )
        for d in departures
        if d.kind is DepartureKind.FLIGHT and d.carrier in dollars
    ]


def session(
    name: str,
    kind: SessionKind,
    place_id: str,
    hours: str,
    *,
    programmes: tuple[str, ...] = (),
    places: int = 40,
) -> Session:
    """A session ``PEC-0415`` on that day, ``09:00-11:00``."""
    on = date_of(name)
    first, last = hours.split("-")
    return Session(
        session_id=name,
        kind=kind,
        place_id=place_id,
        starts=at(on, first, place_id),
        ends=at(on, last, place_id),
        programmes=programmes,
        places=places,
        currency="USD",
    )


def stop(
    convoy: str,
    sequence: int,
    place_id: str,
    arrives: datetime,
    departs: datetime,
    *,
    beds: int | None = None,
) -> DepartureStop:
    """An intermediate stop."""
    return DepartureStop(
        departure_id=convoy,
        sequence=sequence,
        place_id=place_id,
        arrives=arrives,
        departs=departs,
        beds=beds,
    )


def hire(convoy: str, kind: VehicleType, most: int, dollars: int) -> DepartureVehicle:
    """Vehicles a convoy may hire."""
    return DepartureVehicle(
        departure_id=convoy,
        vehicle_type_id=kind.vehicle_type_id,
        max_vehicles=most,
        price_cents=dollars * 100,
        currency="USD",
    )
