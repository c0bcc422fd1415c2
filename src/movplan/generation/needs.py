"""What moving everybody would cost, roughly, by family and category: US cents.

An estimate from the carried tariffs along each family's likely way. Budget ceilings are
set as a percentage of it, so that money is scarce whatever the size of the mission.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from movplan.domain.escorts import Escort
from movplan.domain.people import Family, Medical, Member
from movplan.domain.transport import Departure, DepartureVehicle, Transfer
from movplan.domain.words import CostCategory as Category
from movplan.domain.words import EscortRole
from movplan.generation.appointments import CHECK_PRICE_CENTS, ORIENTATION_PRICE_CENTS
from movplan.generation.demand import (
    HERAT_SIDE,
    Demand,
    airport_of,
    check_place,
    flights_to,
    home_airport,
    is_south,
)
from movplan.generation.escorting import DAY_RATE_CENTS
from movplan.generation.figures import records
from movplan.generation.geography import RIALS_PER_USD, places, transfers
from movplan.generation.programmes import programmes
from movplan.generation.vehicles import USABLE

Needs = Counter[Category]
# Average fare of a mixed family as a share of the adult fare: children pay 75 percent,
# infants a tenth.
FAMILY_FARE_PERCENT = 87
CHECK_NIGHTS = 2
ONWARD_NIGHTS = 1.5
HUB_NIGHTS = 0.7
# A charter is priced in euro; at the first carried rate.
USD_PER_EUR = 1.09
# Missions are shared, and not every patient finds an escort.
MISSIONS_PAID_PERCENT = 55


@dataclass(frozen=True, slots=True)
class Way:
    """Place pairs travelled by transfer, nights by place, adult fare in US cents."""

    transfers: tuple[tuple[str, str], ...]
    nights: tuple[tuple[str, float], ...]
    adult_fare_cents: int


def family_needs(family: Family) -> Needs:
    """Category by category, what the family's likely way costs."""
    way = _way(family)
    needs: Needs = Counter()
    for pair in way.transfers:
        needs[Category.TRANSFER] += _transfer_price(pair, family.persons)
    for place, nights in way.nights:
        price = places()[place].night_price_cents or 0
        needs[Category.ACCOMMODATION] += round(nights * price * family.persons)
    fare = way.adult_fare_cents * family.persons * FAMILY_FARE_PERCENT // 100
    needs[Category.FARE] += fare
    needs[Category.SESSION] += _session_price(family) * family.persons
    grants = {p.programme_id: p.grant_per_person_cents for p in programmes()}
    needs[Category.GRANT] += grants[family.programme] * family.persons
    return needs


def _session_price(family: Family) -> int:
    price = CHECK_PRICE_CENTS if family.programme in ("avrr", "resettlement") else 0
    if family.programme == "resettlement" and not family.steps_done:
        price += ORIENTATION_PRICE_CENTS * 8 // 10
    return price


def _transfer_price(pair: tuple[str, str], persons: int) -> int:
    row = _transfer(pair)
    if row is None:
        return 0
    vehicles = -(-persons // row.vehicle_seats)
    amount = (
        row.price_per_person_cents * persons
        + row.price_per_family_cents
        + row.price_per_vehicle_cents * vehicles
    )
    return amount // RIALS_PER_USD if row.currency == "IRR" else amount


def _transfer(pair: tuple[str, str]) -> Transfer | None:
    for row in transfers():
        if {row.from_place, row.to_place} == set(pair):
            return row
    return None


def _way(family: Family) -> Way:
    if family.programme == "avrr":
        return _land_way(family)
    home = home_airport(family)
    if family.programme == "rqa":
        ends = ("kbl", family.destination)
        return Way(((family.starts_at, home), ends), (), _route_fare(home, "kbl"))
    if family.programme == "workshop":
        fare = 2 * _route_fare(home, "ist")
        pairs = ((family.starts_at, home), ("ist", "istanbul"))
        return Way(pairs * 2, (), fare)
    return _air_way(family, home)


def _land_way(family: Family) -> Way:
    check = check_place(family)
    nights: list[tuple[str, float]] = []
    if family.starts_at != check:
        nights.append((check, CHECK_NIGHTS))
    west = not is_south(family)
    if family.destination not in (*HERAT_SIDE, "zaranj"):
        nights.append(("herat-tc" if west else "zaranj", ONWARD_NIGHTS))
    end = _land_end(family.destination)
    pairs = ((family.starts_at, check), (end, family.destination))
    return Way(pairs, tuple(nights), 0)


def _land_end(destination: str) -> str:
    """The convoy stop a destination is reached from by transfer."""
    for row in records("transfers"):
        if row["to_place"] == destination and row["from_place"] in (
            "herat-tc",
            "kandahar",
            "kabul",
            "mazar",
        ):
            return row["from_place"]
    return destination


def _air_way(family: Family, home: str) -> Way:
    airport = airport_of(family.destination)
    last = flights_to(airport)
    hub = last[0]["from_place"]
    fare = _mean(int(row["adult_usd_cents"]) for row in last) + _route_fare("ika", hub)
    pairs = [(airport, family.destination)]
    nights = [(hub, HUB_NIGHTS)]
    check = check_place(family)
    if family.programme == "resettlement" and family.starts_at != check:
        pairs += [(family.starts_at, check), (check, home)]
        nights.append((check, CHECK_NIGHTS))
    else:
        pairs.append((family.starts_at, home))
    return Way(tuple(pairs), tuple(nights), fare)


def _route_fare(a: str, b: str) -> int:
    rows = [r for r in records("flights") if (r["from_place"], r["to_place"]) == (a, b)]
    return _mean(int(row["adult_usd_cents"]) for row in rows)


def _mean(values: Iterable[int]) -> int:
    found = list(values)
    return sum(found) // max(1, len(found))


def departure_needs(
    departures: list[Departure], vehicles: list[DepartureVehicle], demand: Demand
) -> tuple[int, int, int]:
    """US cents of convoys to carry everybody, of firm charters, of other charters.

    Convoys count in the share of their places that is asked for.
    """
    km = {d.departure_id: d.distance_km or 0 for d in departures}
    convoys = firm = candidates = 0
    for departure in departures:
        if departure.distance_km is None:
            charter = round(departure.fixed_price_cents * USD_PER_EUR)
            firm += charter if departure.is_firm else 0
            candidates += 0 if departure.is_firm else charter
        else:
            convoys += departure.fixed_price_cents
    for row in vehicles:
        # An ambulance is hired only when somebody needs it or the buses are full.
        used = 0.4 if row.vehicle_type_id == "ambulance" else 1
        each = row.price_cents + row.price_per_km_cents * km[row.departure_id]
        convoys += round(used * row.max_vehicles * each)
    places = sum(USABLE[row.vehicle_type_id] * row.max_vehicles for row in vehicles)
    asked = min(1.0, demand.corridors.total() / max(1, places))
    return round(convoys * asked), firm, candidates


def escort_needs(
    families: list[Family],
    members: list[Member],
    medical: list[Medical],
    escorts: list[Escort],
) -> int:
    """US cents of one mission per family with a patient, less what is shared."""
    by_id = {family.family_id: family for family in families}
    family_of = {m.member_id: m.family_id for m in members}
    roles = {
        (family_of[row.member_id], row.escort_role)
        for row in medical
        if row.escort_role is not None
    }
    known = {escort.role for escort in escorts}
    alone = sum(
        _mission(by_id[family_id], role) for family_id, role in roles if role in known
    )
    return alone * MISSIONS_PAID_PERCENT // 100


def _mission(family: Family, role: EscortRole) -> int:
    if family.programme == "avrr":
        return 4 * DAY_RATE_CENTS[role] + 17_000
    return 4 * DAY_RATE_CENTS[role] + 170_000
