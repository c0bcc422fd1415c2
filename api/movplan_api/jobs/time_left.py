"""What is left of a plan's time when a run before has used some of it."""

from typing import Any


def limits_left(
    limits: dict[str, Any], *, spent_s: float, least_s: float
) -> dict[str, Any]:
    """The limits of the next run: the clock goes on where the last run left it.

    At least ``least_s`` are left, to take up the best plan kept, check it and try to
    improve it; never more than was ordered.
    """
    ordered_s = limits.get("time_limit_s")
    if ordered_s is None:
        return limits
    left_s = max(ordered_s - spent_s, least_s)
    return {**limits, "time_limit_s": min(ordered_s, left_s)}
