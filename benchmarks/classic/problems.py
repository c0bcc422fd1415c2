"""The three problems: their instances by seed and what each becomes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from benchmarks.classic import facility, knapsack, packing
from benchmarks.classic.cases import Case
from benchmarks.classic.reference import optimum

Optimum = Callable[[], int | None]


@dataclass(frozen=True, slots=True)
class Twofold:
    """An instance as a case for us, and its optimum by HiGHS from the instance."""

    case: Case
    optimum: Optimum


def one(problem: str, seed: int, *, items: int | None = None) -> Twofold:
    """The instance of a problem and a seed, with so many items or as many as it has."""
    match problem:
        case facility.PROBLEM:
            location = facility.make(seed, customers=items)
            return Twofold(facility.convert(location), partial(optimum, location))
        case packing.PROBLEM:
            bins = packing.make(seed, items=items)
            return Twofold(packing.convert(bins), partial(optimum, bins))
        case knapsack.PROBLEM:
            sacks = knapsack.make(seed, items=items)
            return Twofold(knapsack.convert(sacks), partial(optimum, sacks))
    raise ValueError(f"{problem}: not one of {', '.join(SEEDS)}")


SEEDS = {
    facility.PROBLEM: facility.SEEDS,
    packing.PROBLEM: packing.SEEDS,
    knapsack.PROBLEM: knapsack.SEEDS,
}
# Short names for the command line.
NAMES = {
    "facility": facility.PROBLEM,
    "packing": packing.PROBLEM,
    "knapsack": knapsack.PROBLEM,
}


def every(names: tuple[str, ...]) -> Iterator[Twofold]:
    """All instances of some problems, one after another."""
    for name in names:
        problem = NAMES[name]
        for seed in SEEDS[problem]:
            yield one(problem, seed)
