"""Multiple knapsack with assignment restrictions.

Items have a weight and a profit, knapsacks a capacity; each item goes into one of the
knapsacks it is allowed in, or none; the profit packed is the greatest. Knapsack =
charter from an airport of its own, without a price; item = family; allowed = there is a
transfer from its home to that airport. Profit = weight x worth per person: 1 throughout
in every other instance (profit = weight, as Dawande and others (2000) define the
problem), 1 to 9 in the others.
"""

import random
from dataclasses import dataclass

from benchmarks.classic.cases import Case, Charter, Party

PROBLEM = "multiple knapsack"
SEEDS = range(1, 22)
ITEMS = (30, 40, 50, 60, 70, 80, 100)
# Capacity of all knapsacks over the weight of all items.
TIGHT_PERCENT = (50, 65, 80)
# In how many of a hundred knapsacks an item is allowed.
ALLOWED_PERCENT = (25, 40, 60)


@dataclass(frozen=True, slots=True)
class Item:
    """What an item weighs, its worth per unit of weight, where it may go."""

    weight: int
    worth: int
    allowed: tuple[int, ...]

    @property
    def profit(self) -> int:
        """What packing it earns."""
        return self.weight * self.worth


@dataclass(frozen=True, slots=True)
class Knapsacks:
    """An instance."""

    name: str
    items: tuple[Item, ...]
    capacities: tuple[int, ...]


def make(seed: int, *, items: int | None = None) -> Knapsacks:
    """The instance of a seed."""
    rng = random.Random(f"{PROBLEM}/{seed}")
    count = items or ITEMS[seed % len(ITEMS)]
    sacks = max(3, count // 10)
    percent = ALLOWED_PERCENT[seed // 3 % len(ALLOWED_PERCENT)]
    made = tuple(_item(rng, sacks, percent, plain=seed % 2 == 1) for _ in range(count))
    tight = TIGHT_PERCENT[seed % len(TIGHT_PERCENT)]
    each = sum(item.weight for item in made) * tight / 100 / sacks
    capacities = tuple(
        max(20, round(each * rng.uniform(0.6, 1.4))) for _ in range(sacks)
    )
    return Knapsacks(f"knapsack-{count}-{seed:02}", made, capacities)


def convert(instance: Knapsacks) -> Case:
    """As families, charters and the transfers there are, free of charge."""
    return Case(
        problem=PROBLEM,
        name=instance.name,
        parties=tuple(Party(item.weight, item.worth) for item in instance.items),
        charters=tuple(Charter(capacity) for capacity in instance.capacities),
        everyone=False,
        way_cents=tuple(
            tuple(
                0 if sack in item.allowed else None
                for sack in range(len(instance.capacities))
            )
            for item in instance.items
        ),
    )


def _item(rng: random.Random, sacks: int, percent: int, *, plain: bool) -> Item:
    weight = rng.randint(3, 20)
    worth = 1 if plain else rng.randint(1, 9)
    chosen = [sack for sack in range(sacks) if rng.randint(1, 100) <= percent]
    return Item(weight, worth, tuple(chosen or [rng.randrange(sacks)]))
