"""Tariffs: what everything costs, before anybody is assigned to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from movplan.costing.approvals import Approvals
from movplan.costing.beneficiary import Beneficiary
from movplan.costing.escort_prices import (
    Ridden,
    adult_price,
    day_price,
    travel_price,
)
from movplan.costing.fares import ride_fare
from movplan.costing.grants import Grants
from movplan.costing.lines import Draw, Lines
from movplan.costing.payers import Share, payers_by_subject, split
from movplan.costing.prices import Price, RideFare
from movplan.domain.assumed import Connections, great_circle_km
from movplan.domain.escorts import Escort
from movplan.domain.money import RateTable, round_half_even
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, Fare, Transfer
from movplan.domain.words import (
    CostCategory,
    DepartureKind,
    SubjectKind,
)


class Tariffs:
    """Price lookups over a scenario, cached; amounts in the tariff's own currency.

    The formulation and the ledger both read prices here; how many of what a plan buys
    each works out for itself. ``without`` names rules that are not there (of money:
    ``line_approval`` and ``promissory_note``).
    """

    def __init__(
        self, scenario: Scenario, without: frozenset[str] = frozenset()
    ) -> None:
        self.reporting_currency = scenario.reporting_currency
        self.rates = RateTable(scenario.rates, scenario.reporting_currency)
        self.connections = Connections(scenario)
        self.lines = Lines(scenario, self.rates)
        self.approvals = Approvals(scenario, without)
        self.grants = Grants(scenario)
        self._today = scenario.as_of.date()
        self._road_factor = scenario.rule_int("road_factor_percent")
        self._departures = {d.departure_id: d for d in scenario.departures}
        self._vehicles = {
            (row.departure_id, row.vehicle_type_id): row
            for row in scenario.departure_vehicles
        }
        self._fares = _by_departure(scenario.fares)
        self._payers = payers_by_subject(scenario)
        self._ride_fare = cache(self._find_ride_fare)
        self._seat_rate = cache(self._find_pays_seat_rate)
        self._vehicle = cache(self._find_vehicle_price)
        self._transfer = cache(self._find_transfer_price)
        self._travel = cache(self._find_travel_price)

    def ride_fare(self, departure_id: str, from_place: str, to_place: str) -> RideFare:
        """Fare per person by class; zeros when the departure has no fare row."""
        return self._ride_fare(departure_id, from_place, to_place)

    def pays_seat_rate(self, departure_id: str, programme: str) -> bool:
        """Whether families of the programme pay the seat rate, credited to the payers.

        So when the departure has a seat rate and payers, and no payer's line serves
        the programme.
        """
        return self._seat_rate(departure_id, programme)

    def seat_rate(self, departure_id: str) -> Price:
        """Price per seat of a family of another line; zero when there is none."""
        departure = self._departures[departure_id]
        return _of_departure(departure, departure.seat_rate_cents or 0)

    def departure_fixed(self, departure_id: str) -> Price:
        """What the departure costs once when it runs."""
        departure = self._departures[departure_id]
        return _of_departure(departure, departure.fixed_price_cents)

    def cancellation(self, departure_id: str) -> Price:
        """What it costs when cancelled: nothing up to ``free_cancel_until``."""
        departure = self._departures[departure_id]
        free = departure.free_cancel_until
        is_free = free is not None and self._today <= free
        fee = 0 if is_free else departure.cancellation_fee_cents
        return _of_departure(departure, fee)

    def vehicle_price(self, departure_id: str, vehicle_type_id: str) -> Price:
        """Hire of one vehicle: price + half-even(price per km x distance).

        A departure without ``distance_km`` takes great circle x road factor between
        its ends.
        """
        return self._vehicle(departure_id, vehicle_type_id)

    def has_vehicle(self, departure_id: str, vehicle_type_id: str) -> bool:
        """Whether vehicles of the type may be hired for the departure."""
        return (departure_id, vehicle_type_id) in self._vehicles

    def transfer_terms(self, from_place: str, to_place: str) -> Transfer | None:
        """The transfer row, listed or assumed; ``None`` when there is none."""
        return self.connections.find_transfer(from_place, to_place)

    def transfer_price(
        self, from_place: str, to_place: str, *, persons: int, seats: int
    ) -> Price:
        """Price of a family: see ``Transfer`` for the equation.

        ``KeyError`` when there is no such transfer.
        """
        return self._transfer(from_place, to_place, persons, seats)

    def night_price(self, place_id: str) -> Price | None:
        """Price per person and night; ``None`` where nobody can sleep."""
        place = self.connections.places[place_id]
        if place.night_price_cents is None:
            return None
        currency = place.currency or self.reporting_currency
        tariff = f"places/{place_id}"
        return Price(place.night_price_cents, currency, place.night_basis, tariff)

    def mission_prices(
        self,
        escort: Escort,
        rides: Sequence[Ridden],
        leaves_base: datetime,
        back_at_base: datetime,
    ) -> tuple[tuple[str, Price], ...]:
        """What a mission costs by item: ``positioning``, ``fare/<departure>``, ...

        ``days`` is the day rate x local calendar days at base, both ends counted;
        ``return`` the fare back. Zero prices are left out.
        """
        if not rides:
            return ()
        fares = (
            (ride.departure_id, self.ride_fare(ride.departure_id, *_ends(ride)))
            for ride in rides
            if self._departures[ride.departure_id].kind is DepartureKind.FLIGHT
        )
        priced = (
            ("positioning", self._travel(escort.base, rides[0].from_place)),
            *((f"fare/{departure}", adult_price(fare)) for departure, fare in fares),
            ("days", day_price(escort, leaves_base, back_at_base, self._zone(escort))),
            ("return", self._travel(rides[-1].to_place, escort.base)),
        )
        return tuple((item, price) for item, price in priced if price.amount_cents)

    def payers(self, subject_kind: SubjectKind, subject_id: str) -> tuple[Share, ...]:
        """Lines and share percents of a departure's or escort's cost, in line order."""
        return self._payers.get((subject_kind, subject_id), ())

    def split(self, price: Price, payers: Sequence[Share]) -> tuple[Share, ...]:
        """The original amount over its payers, by largest remainder (``share_out``)."""
        return split(price, payers)

    def line_amounts(
        self, line_id: str, amount_cents: int, currency: str, on: date
    ) -> tuple[Draw, ...]:
        """Draws of a charge with its overhead on its line and every ancestor."""
        return self.lines.amounts(line_id, amount_cents, currency, on)

    def reporting(self, amount_cents: int, currency: str, on: date) -> int:
        """The amount in the reporting currency, converted once, half-even."""
        return self.lines.convert(amount_cents, currency, self.reporting_currency, on)

    def reporting_with_overhead(
        self, line_id: str, amount_cents: int, currency: str, on: date
    ) -> int:
        """A charge and its overhead in the reporting currency, each rounded."""
        overhead = self.lines.overhead(line_id, amount_cents, currency, on)
        own = self.lines.by_id[line_id].currency
        charge = self.reporting(amount_cents, currency, on)
        return charge + self.reporting(overhead, own, on)

    def eligible_lines(
        self, beneficiary: Beneficiary, category: CostCategory, on: date
    ) -> tuple[str, ...]:
        """Lines that may pay a charge of a family: ``Lines.eligible`` less withheld."""
        eligible = self.lines.eligible(beneficiary, category, on)
        return tuple(line for line in eligible if line not in beneficiary.withheld)

    def _zone(self, escort: Escort) -> ZoneInfo:
        return ZoneInfo(self.connections.places[escort.base].timezone)

    def _find_ride_fare(
        self, departure_id: str, from_place: str, to_place: str
    ) -> RideFare:
        return ride_fare(
            self._departures[departure_id],
            self._fares.get(departure_id, []),
            from_place=from_place,
            to_place=to_place,
        )

    def _find_pays_seat_rate(self, departure_id: str, programme: str) -> bool:
        payers = self.payers(SubjectKind.DEPARTURE, departure_id)
        if self._departures[departure_id].seat_rate_cents is None or not payers:
            return False
        served = (self.lines.by_id[line].programmes for line, _ in payers)
        return not any(not listed or programme in listed for listed in served)

    def _find_vehicle_price(self, departure_id: str, vehicle_type_id: str) -> Price:
        row = self._vehicles[departure_id, vehicle_type_id]
        distance_km = self._distance_km(self._departures[departure_id])
        by_distance = round_half_even(row.price_per_km_cents * distance_km)
        amount = row.price_cents + by_distance
        return Price(amount, row.currency, row.basis, f"departure_vehicles/{row.key}")

    def _distance_km(self, departure: Departure) -> Fraction:
        if departure.distance_km is not None:
            return Fraction(Decimal(str(departure.distance_km)))
        places = self.connections.places
        km = great_circle_km(places[departure.from_place], places[departure.to_place])
        return Fraction(round(km * self._road_factor), 100)

    def _find_travel_price(self, from_place: str, to_place: str) -> Price:
        return travel_price(self.connections.escort_travel(from_place, to_place))

    def _find_transfer_price(
        self, from_place: str, to_place: str, persons: int, seats: int
    ) -> Price:
        row = self.transfer_terms(from_place, to_place)
        if row is None:
            raise KeyError(f"no transfer from {from_place} to {to_place}")
        vehicles = -(-seats // row.vehicle_seats)
        amount = (
            persons * row.price_per_person_cents
            + row.price_per_family_cents
            + vehicles * row.price_per_vehicle_cents
        )
        return Price(amount, row.currency, row.basis, f"transfers/{row.key}")


def _ends(ride: Ridden) -> tuple[str, str]:
    return ride.from_place, ride.to_place


def _of_departure(departure: Departure, amount_cents: int) -> Price:
    tariff = f"departures/{departure.departure_id}"
    return Price(amount_cents, departure.currency, departure.basis, tariff)


def _by_departure(fares: Iterable[Fare]) -> dict[str, list[Fare]]:
    found: dict[str, list[Fare]] = defaultdict(list)
    for row in sorted(fares, key=lambda fare: fare.key):
        found[row.departure_id].append(row)
    return dict(found)
