"""Tables of one size: side by side, at parts of the time, levels, stages."""

from collections.abc import Sequence
from fractions import Fraction

from benchmarks.gaps import (
    better_form,
    gap,
    gap_between,
    greedy_values,
    left_of_greedy,
    percent_up,
    smaller,
    worst,
)
from benchmarks.specs import FRACTIONS, GREEDY, METHODS, OURS, PEER_NAMES, Record

STAGES = (
    "import",
    "read",
    "screen",
    "itineraries",
    "model",
    "bound",
    "search",
    "finish",
    "check",
    "write",
)
HEAD = (
    "method",
    "seeds",
    "1 % in s",
    "0.1 % in s",
    "gap",
    "of first come's",
    "value / best known",
    "bound / best known",
    "whole command s",
    "MB",
)
Table = list[list[str]]
Greedy = dict[int, dict[str, int]]


def as_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table; the first row is its head."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return [head, "|" + " --- |" * len(rows[0]), *body]


def side_by_side(rows: list[Record], of_size: list[Record]) -> Table:
    """Every method at one limit, worst of seeds; first come knows no limit."""
    best, greedy = _best_known(of_size), greedy_values(of_size)
    table = [list(HEAD)]
    for method in METHODS:
        runs = _of(of_size if method == GREEDY else rows, method)
        if runs:
            table.append([method, str(len(runs)), *_worst(runs, best, greedy)])
    return table


def at_fractions(rows: list[Record], limit_s: float) -> Table:
    """The worst gap of every method at parts of the time; last, who has the smaller."""
    limits = [limit_s * part for part in FRACTIONS]
    here = {at: [row for row in rows if row["limit_s"] == at] for at in limits}
    table = [["method", *(f"{at:g} s" for at in limits)]]
    for method in (OURS, *PEER_NAMES):
        runs = {at: _of(here[at], method) for at in limits}
        if any(runs.values()):
            gaps = {at: [gap(row) for row in runs[at]] for at in limits}
            table.append([method, *(_gap_cell(gaps[at]) for at in limits)])
    return [*table, ["**smaller gap**", *(smaller_gap(here[at]) for at in limits)]]


def smaller_gap(rows: list[Record]) -> str:
    """Who has the smaller gap, seed by seed: peers where any has, else ours."""
    ours = {row["seed"]: gap(row) for row in _of(rows, OURS)}
    peers = [
        (row["seed"], method, gap(row))
        for method in PEER_NAMES
        for row in _of(rows, method)
        if row["seed"] in ours
    ]
    if not peers:
        return "no peer"
    ahead = [(s, m) for s, m, found in peers if smaller(found, ours[s])]
    if not ahead:
        seeds = {seed for seed, _, _ in peers}
        tied = {s for s, _, found in peers if not smaller(ours[s], found)}
        said = f"{OURS}, {len(seeds - tied)} of {len(seeds)} seeds"
        return f"{said}, else tied" if tied else said
    return ", ".join(
        f"{method} (seed {', '.join(str(s) for s, m in ahead if m == method)})"
        for method in dict.fromkeys(m for _, m in ahead)
    )


def levels(rows: list[Record], greedy: Greedy) -> Table:
    """Gaps of all levels of ours, seed by seed, each beside what first come leaves."""
    named = [[level["name"] for level in row["levels"]] for row in rows]
    names = max(named, key=len)  # a mission without pins has no level for them
    table = [["seed", *names]]
    for row in sorted(rows, key=lambda r: int(r["seed"])):
        reached = greedy.get(row["seed"], {})
        cells = {x["name"]: _level_cell(x, reached) for x in row["levels"]}
        table.append([str(row["seed"]), *(cells.get(name, "") for name in names)])
    return table


def stages(rows: list[Record]) -> Table:
    """Seconds of every stage, worst of seeds."""
    head, most = [], []
    for name in STAGES:
        times = [row["stages"][name] for row in rows if name in row["stages"]]
        if times:
            head.append(name)
            most.append(f"{max(times):.2f}")
    return [head, most]


def _of(rows: list[Record], method: str) -> list[Record]:
    return better_form(row for row in rows if row["method"] == method)


def _best_known(rows: list[Record]) -> dict[int, int]:
    """Best value of the measured level per seed, over all methods and limits.

    First come is held to no earlier level, so it does not count.
    """
    best: dict[int, int] = {}
    for row in rows:
        if row["value"] is not None and row["method"] != GREEDY:
            best[row["seed"]] = max(row["value"], best.get(row["seed"], 0))
    return best


def _worst(rows: list[Record], best: dict[int, int], greedy: Greedy) -> list[str]:
    values = [_share(row["value"], best.get(row["seed"])) for row in rows]
    bounds = [_share(row.get("bound"), best.get(row["seed"])) for row in rows]
    gaps = [gap(row) for row in rows]
    return [
        _worst_time([row.get("time_to", {}).get("1%") for row in rows]),
        _worst_time([row.get("time_to", {}).get("0.1%") for row in rows]),
        _why(rows) or _gap_cell(gaps),
        _share_cell([_left(row, greedy) for row in rows]),
        "none" if None in values else f"{min(values):.2%}",
        "none" if None in bounds else f"{max(bounds):.2%}",
        f"{max(row['wall_s'] for row in rows):.1f}",
        f"{max(row.get('memory_mb', 0) for row in rows):.0f}",
    ]


def _why(rows: list[Record]) -> str:
    """Why a run has no answer at all, if one has none."""
    found = [str(row["status"]) for row in rows if "error" in row]
    return found[0] if found else ""


def _left(row: Record, greedy: Greedy) -> Fraction | None:
    reached = greedy.get(row["seed"], {}).get(row.get("level", ""))
    return left_of_greedy(row["value"], row.get("bound"), reached)


def _level_cell(level: Record, greedy: dict[str, int]) -> str:
    found = gap_between(level["value"], level["bound"]) or Fraction(0)
    reached = greedy.get(level["name"])
    left = left_of_greedy(level["value"], level["bound"], reached)
    return percent_up(found) + ("" if left is None else f" ({float(left):.3f})")


def _share(value: int | None, of: int | None) -> float | None:
    return None if value is None or not of else value / of


def _worst_time(times: list[float | None]) -> str:
    return "-" if None in times else f"{max(times):.1f}"


def _gap_cell(gaps: list[Fraction | None]) -> str:
    """The worst gap: ``none`` if a run has none, nothing if there was no run."""
    if not gaps:
        return ""
    most = worst(gaps)
    return "none" if most is None else percent_up(most)


def _share_cell(parts: list[Fraction | None]) -> str:
    most = worst(parts)
    return "-" if most is None else f"{float(most):.3f}"
