"""Rides as arrays, so that the rules of a ride are masks over ``Network.rides``."""

import numpy as np

from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.values import Values
from movplan.domain.words import DepartureKind
from movplan.network import Network
from movplan.screening.result import BoolArray, IntArray


class RideFacts:
    """Kind, date (ordinal), times (seconds) and departure of every ride.

    ``departure`` indexes ``departures``, which are in the scenario's order.
    """

    def __init__(self, scenario: Scenario, network: Network, values: Values) -> None:
        rides = network.rides
        self._values = values
        self.count = len(rides)
        self.departures = scenario.departures
        position = {d.departure_id: i for i, d in enumerate(self.departures)}
        self.departure = _integers([position[ride.departure_id] for ride in rides])
        self.flight = np.array(
            [ride.kind is DepartureKind.FLIGHT for ride in rides], dtype=np.bool_
        )
        self.on = _integers([ride.on.toordinal() for ride in rides])
        self.departs_s = _integers(network.departs_s)
        self.lasts_s = _integers(network.arrives_s) - self.departs_s
        self._carriers = sorted({d.carrier for d in self.departures})
        number = {name: i for i, name in enumerate(self._carriers)}
        of_departure = _integers([number[d.carrier] for d in self.departures])
        self._carrier = of_departure[self.departure]
        self._known: dict[tuple[str, str, str], IntArray] = {}

    def value(self, name: str, family: Family) -> IntArray:
        """A ride value of the family on every ride."""
        key = (name, family.programme, family.destination)
        if key not in self._known:
            ride = self._values.ride
            by_carrier = [ride(name, family, carrier) for carrier in self._carriers]
            self._known[key] = _integers(by_carrier)[self._carrier]
        return self._known[key]

    def of_departures(self, chosen: list[bool]) -> BoolArray:
        """A mask over departures as one over rides."""
        mask: BoolArray = np.array(chosen, dtype=np.bool_)[self.departure]
        return mask


def _integers(numbers: list[int]) -> IntArray:
    return np.array(numbers, dtype=np.int64)
