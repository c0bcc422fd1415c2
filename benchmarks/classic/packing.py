"""Variable-size bin packing.

Items go whole into bins of several types, each with a capacity and a price, of which so
many are to be had; all items are packed at least price. Bin = charter from the hub with
a fixed price, item = family at the hub.

Made as the instances of Correia, Gouveia and Saldanha-da-Gama (2008) and of Monaci:
prices grow more slowly than capacities or a little faster, sizes are drawn from a range
relative to the bins. Of each type there are just enough to hold a share of the items.
"""

import random
from dataclasses import dataclass

from benchmarks.classic.cases import Case, Charter, Party

PROBLEM = "variable-size bin packing"
SEEDS = range(1, 22)
ITEMS = (30, 40, 50, 60, 70, 80, 100)
CAPACITIES = ((30, 42, 60), (40, 50, 60), (20, 35, 45, 60))
# Sizes from and to.
SIZES = ((2, 20), (8, 30), (5, 40))


@dataclass(frozen=True, slots=True)
class BinType:
    """Bins of one kind: what each holds and costs, and how many there are."""

    capacity: int
    price: int
    count: int


@dataclass(frozen=True, slots=True)
class BinPacking:
    """An instance."""

    name: str
    items: tuple[int, ...]
    types: tuple[BinType, ...]


def make(seed: int, *, items: int | None = None) -> BinPacking:
    """The instance of a seed."""
    rng = random.Random(f"{PROBLEM}/{seed}")
    count = items or ITEMS[seed % len(ITEMS)]
    capacities = CAPACITIES[seed % len(CAPACITIES)]
    low, high = SIZES[seed // len(CAPACITIES) % len(SIZES)]
    sizes = tuple(sorted((rng.randint(low, high) for _ in range(count)), reverse=True))
    return BinPacking(
        name=f"packing-{count}-{seed:02}",
        items=sizes,
        types=tuple(_type(rng, c, sum(sizes), len(capacities)) for c in capacities),
    )


def convert(instance: BinPacking) -> Case:
    """As families and charters of one place."""
    return Case(
        problem=PROBLEM,
        name=instance.name,
        parties=tuple(Party(size) for size in instance.items),
        charters=tuple(
            Charter(kind.capacity, kind.price)
            for kind in instance.types
            for _ in range(kind.count)
        ),
        everyone=True,
    )


def _type(rng: random.Random, capacity: int, total: int, kinds: int) -> BinType:
    """Price about in proportion; all types together hold 1.3 times the items."""
    price = round(100 * capacity * rng.uniform(0.92, 1.08))
    return BinType(capacity, price, -(-total * 13 // (10 * kinds * capacity)) + 1)
