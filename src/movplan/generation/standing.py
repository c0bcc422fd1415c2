"""What a convoy brings in its standing cost: staff, ambulance, truck; and its beds.

Nothing is drawn: all of it follows from the vehicles the convoy may hire.
"""

from collections import Counter
from dataclasses import replace

from movplan.domain.transport import Departure
from movplan.domain.words import EscortRole
from movplan.generation.convoys import Fleet
from movplan.generation.vehicles import SEATS, USABLE

# One operational escort per 50 persons, a nurse up to 250 and a doctor above (C10).
PERSONS_PER_ESCORT = 50
NURSE_UP_TO = 250
STANDING_AMBULANCES = 1
# The luggage truck that the standing cost pays.
TRUCK_KG = 3000


def with_standing(fleet: Fleet) -> Fleet:
    """The fleet with standing staff by its usable seats, and a bed for every seat."""
    usable, seats = _seats(fleet, USABLE), _seats(fleet, SEATS)
    return replace(
        fleet,
        departures=[_staffed(d, usable[d.departure_id]) for d in fleet.departures],
        stops=[
            stop.model_copy(update={"beds": seats[stop.departure_id]})
            if stop.departs.date() > stop.arrives.date()
            else stop
            for stop in fleet.stops
        ],
    )


def _staffed(departure: Departure, usable: int) -> Departure:
    operational = -(-usable // PERSONS_PER_ESCORT)
    medical = EscortRole.DOCTOR if usable > NURSE_UP_TO else EscortRole.NURSE
    staff = (*[EscortRole.OPERATIONAL] * operational, medical)
    return departure.model_copy(
        update={
            "standing_staff": staff,
            "standing_ambulances": STANDING_AMBULANCES,
            "standing_luggage_kg": TRUCK_KG,
        }
    )


def _seats(fleet: Fleet, by_type: dict[str, int]) -> Counter[str]:
    seats: Counter[str] = Counter()
    for row in fleet.vehicles:
        seats[row.departure_id] += row.max_vehicles * by_type[row.vehicle_type_id]
    return seats
