"""Gaps of records: of one, of the worst of seeds, beside first come, over time."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from benchmarks.specs import GREEDY, Record

# Two gaps as near as this are a tie.
TIE = Fraction(2, 10_000)
Step = tuple[float, Fraction | None]


def gap(row: Record) -> Fraction | None:
    """|value - bound| / max(|value|, |bound|, 1); ``None`` without one of them."""
    return gap_between(row["value"], row.get("bound"))


def gap_between(value: int | None, bound: int | None) -> Fraction | None:
    """The gap of a value and a bound, exactly."""
    if value is None or bound is None:
        return None
    return Fraction(abs(value - bound), max(abs(value), abs(bound), 1))


def better_form(rows: Iterable[Record]) -> list[Record]:
    """Of full and aggregated the better per seed: smaller gap, then larger value."""
    chosen: dict[int, Record] = {}
    for row in rows:
        other = chosen.get(row["seed"])
        if other is None or _merit(row) < _merit(other):
            chosen[row["seed"]] = row
    return list(chosen.values())


def _merit(row: Record) -> tuple[float, int]:
    found = gap(row)
    return (math.inf if found is None else float(found)), -(row["value"] or 0)


def worst(gaps: Sequence[Fraction | None]) -> Fraction | None:
    """The largest; ``None`` if there is none for one of them, or nothing at all."""
    known = [each for each in gaps if each is not None]
    return max(known) if known and len(known) == len(gaps) else None


def left_of_greedy(
    value: int | None, bound: int | None, greedy: int | None
) -> Fraction | None:
    """(bound - value) / (bound - first come): 0 is proved, 1 is no better than that.

    ``None`` where first come is on the bound or beyond: it is held to no earlier level.
    Works for levels to be small as well, where all three lie the other way round.
    """
    if value is None or bound is None or greedy is None or bound == greedy:
        return None
    found = Fraction(bound - value, bound - greedy)
    return found if found >= 0 else None


def greedy_values(rows: Iterable[Record]) -> dict[int, dict[str, int]]:
    """What first come reaches on every level, by seed; it needs no time limit."""
    return {
        row["seed"]: {**row.get("values", {}), row["level"]: row["value"]}
        for row in rows
        if row["method"] == GREEDY and row["value"] is not None
    }


def smaller(one: Fraction | None, other: Fraction | None) -> bool:
    """Whether the first gap is smaller by more than a tie; no gap is the largest."""
    if one is None:
        return False
    return other is None or one + TIE < other


def percent_up(part: Fraction) -> str:
    """A gap in percent, rounded up to a thousandth."""
    return f"{math.ceil(part * 100_000) / 1000:.3f} %"


def worst_over_time(rows: Sequence[Record]) -> list[Step]:
    """Seconds and the worst gap of seeds from then on, from traces.

    A seed without a trace, or before its first gap, has none (``None``).
    """
    own = [_own_steps(row) for row in rows]
    moments = sorted({seconds for steps in own for seconds, _ in steps})
    found: list[Step] = []
    for seconds in moments:
        now = worst([_at(steps, seconds) for steps in own])
        if not found or found[-1][1] != now:
            found.append((seconds, now))
    return found


def _own_steps(row: Record) -> list[Step]:
    return [(t, gap_between(v, b)) for t, v, b in row.get("trace") or []]


def _at(steps: Sequence[Step], seconds: float) -> Fraction | None:
    """The last gap by then."""
    by_then = [found for t, found in steps if t <= seconds]
    return by_then[-1] if by_then else None
