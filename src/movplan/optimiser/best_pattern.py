"""The best pattern: which of so many items of every size are worth most where they fit.

By dynamic programming over whole capacities, exact when the values are integers.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.rowbook import IntArray

Step = tuple[int, int, int, NDArray[np.bool_]]


def best_values(
    sizes: IntArray, alpha: NDArray[Any], most: IntArray, capacity: int
) -> NDArray[Any]:
    """Largest sum of alphas that fits each capacity 0 .. ``capacity`` (sizes > 0)."""
    return _fill(sizes, alpha, most, capacity)[0]


def best_pattern(
    sizes: IntArray, alpha: NDArray[np.float64], most: IntArray, capacity: int
) -> tuple[float, IntArray]:
    """The counts worth most that fit, and what they are worth."""
    best, steps = _fill(sizes, alpha, most, capacity)
    counts, room = np.zeros(len(sizes), np.int64), capacity
    for size, copies, load, taken in reversed(steps):
        if taken[room]:
            counts[size] += copies
            room -= load
    return float(best[capacity]), counts


def _fill(
    sizes: IntArray, alpha: NDArray[Any], most: IntArray, capacity: int
) -> tuple[NDArray[Any], list[Step]]:
    """Best values of every capacity, and the steps that lead there.

    A step takes 1, 2, 4, .. copies of a size or does not, so that together they make
    any count up to the most: (size, copies, their load, capacities that take them).
    """
    best = np.zeros(capacity + 1, alpha.dtype)
    steps: list[Step] = []
    for k in np.flatnonzero((sizes > 0) & (alpha > 0)).tolist():
        size, left = int(sizes[k]), min(int(most[k]), capacity // int(sizes[k]))
        copies = 1
        while left > 0:
            copies = min(copies, left)
            load = copies * size
            with_them = best[: len(best) - load] + copies * alpha[k]
            taken = np.zeros(len(best), np.bool_)
            taken[load:] = with_them > best[load:]
            best = best.copy()
            best[taken] = with_them[taken[load:]]
            steps.append((k, copies, load, taken))
            left -= copies
            copies *= 2
    return best, steps
