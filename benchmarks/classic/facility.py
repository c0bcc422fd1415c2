"""Single-source facility location with capacities.

A facility opens at a fixed price, each customer is served whole by one open facility at
a price of its own, the demands served fit the facility's capacity; all are served at
least cost. Facility = charter from an airport of its own, customer = family, price of
serving = transfer, per family, from its home to that airport.

Made as Holmberg, Roennqvist and Yuan (1999) made theirs: places in the plane, service
price = distance x demand. Capacities are ``TIGHT`` times the demand, all open.
"""

import random
from dataclasses import dataclass

from benchmarks.classic.cases import Case, Charter, Party

PROBLEM = "facility location"
SEEDS = range(1, 22)
CUSTOMERS = (30, 40, 50, 60, 70, 80, 100)
# Capacity of all facilities over all demand: 1.4, 2 and 3 times.
TIGHT_PERCENT = (140, 200, 300)


@dataclass(frozen=True, slots=True)
class Facility:
    """Where a facility may open, what it holds, what opening it costs."""

    at: tuple[int, int]
    capacity: int
    opening: int


@dataclass(frozen=True, slots=True)
class Customer:
    """Where a customer is and what it asks for."""

    at: tuple[int, int]
    demand: int


@dataclass(frozen=True, slots=True)
class FacilityLocation:
    """An instance; ``service[i][j]`` is the price of serving customer i from j."""

    name: str
    facilities: tuple[Facility, ...]
    customers: tuple[Customer, ...]

    @property
    def service(self) -> tuple[tuple[int, ...], ...]:
        """Distance x demand / 10, at least 1."""
        return tuple(
            tuple(
                max(1, round(_distance(c.at, f.at) * c.demand / 10))
                for f in self.facilities
            )
            for c in self.customers
        )


def make(seed: int, *, customers: int | None = None) -> FacilityLocation:
    """The instance of a seed."""
    rng = random.Random(f"{PROBLEM}/{seed}")
    count = customers or CUSTOMERS[seed % len(CUSTOMERS)]
    tight = TIGHT_PERCENT[seed % len(TIGHT_PERCENT)]
    served = tuple(
        Customer((rng.randint(0, 1000), rng.randint(0, 1000)), rng.randint(2, 20))
        for _ in range(count)
    )
    sites = max(4, count // 5)
    each = sum(c.demand for c in served) * tight / 100 / sites
    facilities = tuple(
        _facility(rng, max(20, round(each * rng.uniform(0.7, 1.3))))
        for _ in range(sites)
    )
    return FacilityLocation(f"facility-{count}-{seed:02}", facilities, served)


def convert(instance: FacilityLocation) -> Case:
    """As families, charters and transfers."""
    return Case(
        problem=PROBLEM,
        name=instance.name,
        parties=tuple(Party(c.demand) for c in instance.customers),
        charters=tuple(Charter(f.capacity, f.opening) for f in instance.facilities),
        everyone=True,
        way_cents=instance.service,
    )


def _facility(rng: random.Random, capacity: int) -> Facility:
    """Opening grows with the square root of what it holds."""
    at = (rng.randint(0, 1000), rng.randint(0, 1000))
    return Facility(at, capacity, round(rng.uniform(300, 500) * capacity**0.5))


def _distance(a: tuple[int, int], b: tuple[int, int]) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
