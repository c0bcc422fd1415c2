"""How time and memory grow with size: exponents by least squares of logarithms."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.specs import OURS, Record, limits_of

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Growth:
    """What was measured at every size, worst of seeds, and how it grows.

    ``points`` are (families, amount); ``exponent`` is ``None`` with fewer than two.
    """

    name: str
    unit: str
    points: tuple[Point, ...]
    exponent: float | None

    def at(self, size: float) -> float:
        """The fitted amount at a size."""
        if self.exponent is None:
            raise ValueError("nothing is fitted")
        logs = [(math.log(x), math.log(y)) for x, y in self.points]
        middle = sum(x for x, _ in logs) / len(logs)
        height = sum(y for _, y in logs) / len(logs)
        return math.exp(height + self.exponent * (math.log(size) - middle))


BEFORE = ("read", "screen", "itineraries", "model")
AFTER = ("finish", "write up", "check", "write")
Measure = Callable[[Record], float | None]


def growths(rows: Sequence[Record]) -> list[Growth]:
    """Times and memory of our runs at the limits set for sizes, by size.

    The time of a command is its limit, so what grows is looked at in parts.
    """
    ours = [
        row
        for row in rows
        if row["method"] == OURS
        and row.get("stages")
        and row["limit_s"] in limits_of(row["size"])
    ]
    measured: tuple[tuple[str, str, Measure], ...] = (
        ("reading to model", "s", lambda row: _seconds(row, BEFORE)),
        ("first plan", "s", _first_plan),
        ("finish to written", "s", lambda row: _seconds(row, AFTER)),
        ("gap of 1 %", "s", lambda row: row["time_to"].get("1%")),
        ("peak memory", "MB", lambda row: row.get("memory_mb")),
    )
    return [
        _growth(name, unit, _worst_by_size(ours, measure))
        for name, unit, measure in measured
    ]


def exponent(points: Sequence[Point]) -> float | None:
    """The slope of log(amount) over log(size); 1 is linear."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    if len({x for x, _ in logs}) < 2:
        return None
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    over = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    return over / sum((x - mean_x) ** 2 for x, _ in logs)


def _growth(name: str, unit: str, points: Sequence[Point]) -> Growth:
    return Growth(name, unit, tuple(points), exponent(points))


def _worst_by_size(rows: Sequence[Record], measure: Measure) -> list[Point]:
    """The largest amount of every size at which every seed has one, by longest limit.

    A moment within a run does not depend on its limit, but what a limit cuts off was
    not reached: so of every seed the run with the longest.
    """
    found = []
    for size in sorted({row["size"] for row in rows}):
        longest = {
            row["seed"]: row
            for row in sorted(rows, key=lambda r: float(r["limit_s"]))
            if row["size"] == size
        }
        amounts = [measure(row) for row in longest.values()]
        known = [amount for amount in amounts if amount]
        if len(known) == len(amounts):
            found.append((float(size), max(known)))
    return found


def _seconds(row: Record, names: Sequence[str]) -> float:
    return sum(float(row["stages"].get(name, 0.0)) for name in names)


def _first_plan(row: Record) -> float | None:
    """When the measured level had its first value."""
    values = (t for t, value, _ in row.get("trace") or [] if value is not None)
    return next(values, None)
