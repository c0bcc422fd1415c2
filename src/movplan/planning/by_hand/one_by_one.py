"""A convoy filled as a table names its vehicles: one boarder after another."""

from collections.abc import Sequence

from movplan.costing.fixed_charges import vehicle_type_of
from movplan.planning.by_hand.vehicle import Boarder, HandVehicle
from movplan.planning.by_hand.yard import Yard
from movplan.planning.road import Needed, goes_along


def fill_one_by_one(
    yard: Yard, departure_id: str, boarders: Sequence[Boarder], needed: Needed
) -> list[HandVehicle]:
    """Named vehicles first; others where they fit, else in the first vehicle."""
    vehicles: dict[str, HandVehicle] = {}
    for boarder in boarders:
        type_id = vehicle_type_of(boarder.vehicle or "")
        if boarder.vehicle is None or type_id not in yard.types:
            continue
        new = yard.vehicle(departure_id, boarder.vehicle, yard.types[type_id])
        vehicles.setdefault(boarder.vehicle, new).take(boarder)
    for boarder in _largest_first(boarders):
        if boarder.vehicle is None:
            more = yard.one_more(departure_id, vehicles.values())
            _find_place(vehicles, more, boarder)
    for boarder in boarders:
        if boarder.mission >= 0:
            _seat_escort(vehicles, boarders, boarder)
    idle = yard.idle(departure_id, vehicles.values())
    for vehicle in _beside(list(vehicles.values()), idle, needed):
        vehicles[vehicle.name] = vehicle
    return [vehicles[name] for name in sorted(vehicles)]


def _largest_first(boarders: Sequence[Boarder]) -> list[Boarder]:
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


def _find_place(
    vehicles: dict[str, HandVehicle], more: Sequence[HandVehicle], boarder: Boarder
) -> None:
    """In a vehicle already hired, in one more, or too many in the first."""
    known = [*vehicles.values(), *more]
    fitting = [vehicle for vehicle in known if vehicle.fits(boarder.rider)]
    for vehicle in (fitting or known)[:1]:
        vehicles.setdefault(vehicle.name, vehicle).take(boarder)


def _seat_escort(
    vehicles: dict[str, HandVehicle], boarders: Sequence[Boarder], escort: Boarder
) -> None:
    """Beside a family it serves (staff: any), where there is room if anywhere."""
    staff = escort.rider.staff
    served = boarders if staff else [boarders[k] for k in escort.rider.beside]
    beside = [v for v in vehicles.values() if any(b in served for b in v.aboard)]
    beside.sort(key=lambda vehicle: not vehicle.fits(escort.rider))
    for vehicle in beside[:1]:
        vehicle.take(escort)


def _beside(
    hired: Sequence[HandVehicle], idle: Sequence[HandVehicle], needed: Needed
) -> list[HandVehicle]:
    """Ambulances and trucks to go along, as far as there are any."""
    every = [vehicle.on_the_road for vehicle in (*hired, *idle)]
    alone = goes_along(every, frozenset(range(len(hired))), needed)
    return [idle[k - len(hired)] for k in sorted(alone or ())]
