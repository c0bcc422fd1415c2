"""Times of a run: stages, and when a gap was reached."""

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from movplan.network import Request

if TYPE_CHECKING:
    from movplan.network import Itinerary, Network
    from movplan.planning import RunRecord

GAPS = {"1%": 100, "0.1%": 1000}
Trace = list[tuple[float, int | None, int | None]]


def changes(points: Iterable[tuple[float, int | None, int | None]]) -> Trace:
    """A trace without the points at which neither value nor bound changed.

    What a point does not say (a bound told before there is any value) stays as it was.
    """
    found: Trace = []
    value, bound = None, None
    for seconds, new_value, new_bound in points:
        value = value if new_value is None else new_value
        bound = bound if new_bound is None else new_bound
        if not found or found[-1][1:] != (value, bound):
            found.append((round(seconds, 3), value, bound))
    return found


def time_to_gap(
    trace: Trace, value: int | None, bound: int | None
) -> dict[str, float | None]:
    """Seconds until value and bound were so near; ``None`` if the answer is not.

    The trace is of the search; packing may lose a little, so the gap has to hold for
    the finished value too.
    """
    found: dict[str, float | None] = {}
    for name, parts in GAPS.items():
        reached = [t for t, v, b in trace if _is_within(v, b, parts)]
        kept = _is_within(value, bound, parts)
        found[name] = round(reached[0], 2) if reached and kept else None
    return found


def _is_within(value: int | None, bound: int | None, parts: int) -> bool:
    """|value - bound| <= max(|value|, |bound|, 1) / parts."""
    if value is None or bound is None:
        return False
    return abs(value - bound) * parts <= max(abs(value), abs(bound), 1)


def stage_times(
    own: dict[str, float], run: "RunRecord", itineraries_s: float
) -> dict[str, float]:
    """Seconds of every stage; bound is the part of the search spent on bounds."""
    times = dict(own)
    for row in run.stages:
        times[row.stage] = times.get(row.stage, 0.0) + row.seconds
    bound, last = 0.0, None
    for point in run.trace:
        if point.stage == "bound" and last is not None:
            bound += point.elapsed_s - last
        last = point.elapsed_s
    times["itineraries"] = itineraries_s
    times["screen"] = times.get("screen", 0.0) - itineraries_s
    times["bound"] = bound
    times["search"] = times.get("search", 0.0) - bound
    return {name: round(seconds, 3) for name, seconds in times.items()}


def watch_itineraries() -> Callable[[], float]:
    """Time the search for itineraries from now on; ask the answer for the seconds."""
    from movplan.screening import tables

    spent = [0.0]
    find = tables.find_itineraries

    def timed(network: "Network", request: Request) -> tuple["Itinerary", ...]:
        started = time.monotonic()
        found = find(network, request)
        spent[0] += time.monotonic() - started
        return found

    tables.find_itineraries = timed
    return lambda: spent[0]
