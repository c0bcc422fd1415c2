"""What is assumed where the scenario lists nothing: road transfers, escort travel.

Distances are great circle (haversine, mean Earth radius 6,371 km). An assumed row has
basis *estimate* and its parameters are rules with source and label.
"""

from functools import lru_cache
from math import asin, ceil, cos, radians, sin, sqrt
from typing import TypeVar

from movplan.domain.escorts import EscortTravel
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, Place, Transfer

ESCORT_DOOR_MINUTES = 120
ASSUMED_SOURCE = "assumed: great circle x road factor"


def great_circle_km(a: Place, b: Place) -> float:
    """Great-circle distance between two places in kilometres."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat = (lat_b - lat_a) / 2
    half_lon = radians(b.longitude - a.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * 6371.0 * asin(sqrt(chord))


class Connections:
    """Transfers and escort travel between places, listed or assumed.

    Listed rows win; ``both_ways`` rows serve the other direction unless it is listed
    itself. A transfer is assumed only within one country and up to
    ``assumed_transfer_km`` by road; escort travel is always assumed if not listed.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.places = {place.place_id: place for place in scenario.places}
        self._currency = scenario.reporting_currency
        self._rule = lru_cache(maxsize=None)(scenario.rule_int)
        self._transfers = _by_direction(scenario.transfers)
        self._travel = _by_direction(scenario.escort_travel)
        self._assumed: dict[tuple[str, str], Transfer | None] = {}
        self._known_travel: dict[tuple[str, str], EscortTravel] = {}

    def find_transfer(self, from_place: str, to_place: str) -> Transfer | None:
        """The transfer between two different places, or ``None``."""
        pair = (from_place, to_place)
        if pair in self._transfers:
            return self._transfers[pair]
        if pair not in self._assumed:
            self._assumed[pair] = self._assume_transfer(*pair)
        return self._assumed[pair]

    def is_assumed(self, from_place: str, to_place: str) -> bool:
        """Whether the transfer is not in the scenario's table."""
        return (from_place, to_place) not in self._transfers

    def is_regional(self, departure: Departure, most_km: int) -> bool:
        """Whether a flight goes so many km at most, between its ends; 0: none does."""
        ends = self.places[departure.from_place], self.places[departure.to_place]
        return most_km > 0 and great_circle_km(*ends) <= most_km

    def escort_travel(self, from_place: str, to_place: str) -> EscortTravel:
        """What it takes an escort alone; nothing between a place and itself."""
        pair = (from_place, to_place)
        if pair not in self._known_travel:
            self._known_travel[pair] = self._find_travel(*pair)
        return self._known_travel[pair]

    def _find_travel(self, from_place: str, to_place: str) -> EscortTravel:
        if from_place == to_place:
            return EscortTravel(
                from_place=from_place,
                to_place=to_place,
                minutes=0,
                currency=self._currency,
            )
        listed = self._travel.get((from_place, to_place))
        return listed or self._assume_travel(from_place, to_place)

    def _assume_transfer(self, from_place: str, to_place: str) -> Transfer | None:
        a, b = self.places[from_place], self.places[to_place]
        km = great_circle_km(a, b) * self._rule("road_factor_percent") / 100
        if a.country != b.country or km > self._rule("assumed_transfer_km"):
            return None
        price = km * self._rule("assumed_transfer_price_per_km_cents")
        return Transfer(
            from_place=from_place,
            to_place=to_place,
            minutes=max(1, ceil(km * 60 / self._rule("assumed_transfer_kmh"))),
            distance_km=round(km, 1),
            price_per_vehicle_cents=round(price),
            currency=self._currency,
            source=ASSUMED_SOURCE,
        )

    def _assume_travel(self, from_place: str, to_place: str) -> EscortTravel:
        km = great_circle_km(self.places[from_place], self.places[to_place])
        minutes = ceil(km * 60 / self._rule("assumed_escort_kmh"))
        return EscortTravel(
            from_place=from_place,
            to_place=to_place,
            minutes=minutes + ESCORT_DOOR_MINUTES,
            fare_cents=round(km * self._rule("assumed_escort_price_per_km_cents")),
            currency=self._currency,
        )


Pair = TypeVar("Pair", Transfer, EscortTravel)


def _by_direction(rows: tuple[Pair, ...]) -> dict[tuple[str, str], Pair]:
    found = {(row.to_place, row.from_place): row for row in rows if row.both_ways}
    found.update({(row.from_place, row.to_place): row for row in rows})
    return found
