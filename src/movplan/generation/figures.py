"""The carried figures (``generation/data/*.csv``): each with its source and label."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Record = dict[str, str]


@cache
def records(table: str) -> tuple[Record, ...]:
    """Rows of one carried table, as text by column."""
    path = files("movplan.generation").joinpath("data", f"{table}.csv")
    return tuple(csv.DictReader(path.read_text("utf-8").splitlines()))


@dataclass(frozen=True, slots=True)
class Distribution:
    """Values with probabilities that sum to one."""

    values: tuple[str, ...]
    probabilities: tuple[float, ...]

    def draw(self, rng: np.random.Generator, count: int) -> list[str]:
        """``count`` independent values."""
        index: NDArray[np.int64] = rng.choice(
            len(self.values), size=count, p=self.probabilities
        )
        return [self.values[k] for k in index]

    def draw_one(self, rng: np.random.Generator) -> str:
        """One value."""
        return self.draw(rng, 1)[0]


@cache
def distribution(quantity: str) -> Distribution:
    """A carried distribution by name (``land_family_size``)."""
    rows = [r for r in records("distributions") if r["quantity"] == quantity]
    weights = [float(row["weight"]) for row in rows]
    total = sum(weights)
    return Distribution(
        tuple(row["value"] for row in rows), tuple(w / total for w in weights)
    )


@cache
def share(quantity: str) -> float:
    """A carried share as a probability (``infants`` 5 percent is 0.05)."""
    rows = [r for r in records("shares") if r["quantity"] == quantity]
    return float(rows[0]["percent"]) / 100


def happens(rng: np.random.Generator, quantity: str) -> bool:
    """Whether something with a carried share happens to one family or member."""
    return bool(rng.random() < share(quantity))


def whole(rng: np.random.Generator, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return int(rng.integers(low, high + 1))


def pick(rng: np.random.Generator, values: Sequence[str]) -> str:
    """One of the values, each as likely."""
    return values[int(rng.integers(len(values)))]
