"""Every rule at its limit and one step beyond, in the same world."""

from tests.checks.limits import (
    convoys,
    departures,
    families,
    journeys,
    money,
    people,
    receiving,
)
from tests.checks.limits.pair import Pair

PAIRS: tuple[Pair, ...] = (
    *families.PAIRS,
    *journeys.PAIRS,
    *people.PAIRS,
    *departures.PAIRS,
    *convoys.PAIRS,
    *receiving.PAIRS,
    *money.PAIRS,
)

__all__ = ["PAIRS", "Pair"]
