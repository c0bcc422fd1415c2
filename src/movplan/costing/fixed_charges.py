"""What departures and escorts cost, whoever travels: split over their payers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from movplan.costing.book import Book
from movplan.costing.unpaid import ChargeKey, UnpaidCharge, unpaid
from movplan.domain.plan import EscortMission, Leg, PlannedDeparture
from movplan.domain.words import CostCategory, LegKind, SubjectKind

FIXED = "fixed"
CANCELLED = "cancelled"


def departure_charges(
    book: Book, schedule: Sequence[Leg], departures: Sequence[PlannedDeparture]
) -> list[UnpaidCharge]:
    """Charter, vehicles or cancellation of every departure; zero ones left out.

    A departure runs when firm, when the plan says so, or when somebody rides it.
    """
    running = {row.departure_id for row in departures if row.runs}
    running |= {leg.departure_id for leg in schedule if leg.departure_id is not None}
    running |= {d.departure_id for d in book.scenario.departures if d.is_firm}
    hired = _hired(schedule, departures)
    return [
        charge
        for departure in book.scenario.departures
        for charge in _departure(
            book,
            departure.departure_id,
            runs=departure.departure_id in running,
            vehicles=hired.get(departure.departure_id, set()),
        )
        if charge.amount_cents
    ]


def mission_charges(
    book: Book, missions: Sequence[EscortMission]
) -> list[UnpaidCharge]:
    """Positioning, fares, days and return of every mission, dated by leaving base."""
    found: list[UnpaidCharge] = []
    for mission in missions:
        escort = book.escort(mission.escort_id)
        on = book.local_date(mission.leaves_base, escort.base)
        payers = book.tariffs.payers(SubjectKind.ESCORT, escort.escort_id)
        for what, price in book.tariffs.mission_prices(
            escort, mission.rides, mission.leaves_base, mission.back_at_base
        ):
            item = f"{mission.mission_id}/{what}"
            key = ChargeKey(
                SubjectKind.ESCORT, escort.escort_id, CostCategory.ESCORT, item
            )
            found.append(unpaid(key, on, price, payers))
    return found


def vehicle_type_of(vehicle: str) -> str:
    """The type of a vehicle named ``<type>#<n>``."""
    return vehicle.rpartition("#")[0] or vehicle


def _departure(
    book: Book, departure_id: str, *, runs: bool, vehicles: set[str]
) -> Iterator[UnpaidCharge]:
    tariffs, departure = book.tariffs, book.departure(departure_id)
    on = book.boarding_date(departure_id, departure.from_place)
    payers = tariffs.payers(SubjectKind.DEPARTURE, departure_id)

    def key(category: CostCategory, item: str) -> ChargeKey:
        return ChargeKey(SubjectKind.DEPARTURE, departure_id, category, item)

    if not departure.is_usable:
        fee = tariffs.cancellation(departure_id)
        yield unpaid(key(CostCategory.CANCELLATION, CANCELLED), on, fee, payers)
        return
    if runs:
        price = tariffs.departure_fixed(departure_id)
        yield unpaid(key(CostCategory.CHARTER, FIXED), on, price, payers)
    for vehicle in sorted(vehicles):
        if not tariffs.has_vehicle(departure_id, vehicle_type_of(vehicle)):
            continue  # not in the fleet: a rule of its own reports it
        price = tariffs.vehicle_price(departure_id, vehicle_type_of(vehicle))
        yield unpaid(key(CostCategory.VEHICLE, vehicle), on, price, payers)


def _hired(
    schedule: Sequence[Leg], departures: Sequence[PlannedDeparture]
) -> dict[str, set[str]]:
    """Vehicles a family rides in, or that the plan lists with a departure."""
    hired: dict[str, set[str]] = defaultdict(set)
    for leg in schedule:
        if leg.kind is LegKind.RIDE and leg.departure_id and leg.vehicle:
            hired[leg.departure_id].add(leg.vehicle)
    for departure in departures:
        hired[departure.departure_id] |= {load.vehicle for load in departure.vehicles}
    return hired
