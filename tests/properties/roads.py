"""Convoys from Mashhad to Herat, and the checks before them."""

from movplan.domain.escorts import Session
from movplan.domain.transport import Departure, DepartureStop
from movplan.domain.words import DepartureKind, EscortRole, SessionKind
from scenarios.builders.days import at, date_of
from scenarios.builders.transport import MINIBUS, session, stop

CHECK = SessionKind.PRE_EMBARKATION_CHECK
# Ids that are no words of the schema, so that they can be renamed.
BUS = MINIBUS.model_copy(update={"vehicle_type_id": "bus-20"})
LIFT = MINIBUS.model_copy(
    update={"vehicle_type_id": "lift-bus", "seats": 12, "stretcher_places": 1}
)
FLEET = [BUS, LIFT]


def convoy(name: str, min_persons: int) -> tuple[Departure, DepartureStop]:
    """A candidate convoy of one day, with staff, ambulance and truck; its border."""
    on = date_of(name)
    row = Departure(
        departure_id=name,
        kind=DepartureKind.CONVOY,
        carrier="IOM",
        from_place="mashhad",
        to_place="herat-tc",
        departs=at(on, "06:00", "mashhad"),
        arrives=at(on, "15:30", "herat-tc"),
        min_persons=min_persons,
        distance_km=365.0,
        fixed_price_cents=40000,
        currency="USD",
        standing_staff=(EscortRole.OPERATIONAL, EscortRole.NURSE),
        standing_ambulances=1,
        standing_luggage_kg=3000,
    )
    times = at(on, "09:30", "dogharoun"), at(on, "12:00", "dogharoun")
    return row, stop(name, 1, "dogharoun", *times)


def check(on: str, places: int) -> Session:
    """A pre-embarkation check in Mashhad, 45 hours before a convoy two days later."""
    return session(f"PEC-{on}", CHECK, "mashhad", "08:00-09:00", places=places)
