"""``benchmarks/RESULTS.md`` from the records: worst of seeds, peers side by side."""

import json
import math
import os
import platform
from fractions import Fraction
from pathlib import Path

from benchmarks.root_gap import FILE as ROOT_GAPS
from benchmarks.rule_gains import FILE as RULE_GAINS
from benchmarks.rule_gains import as_rows
from benchmarks.runs import records
from benchmarks.specs import GREEDY, METHODS, OURS, ROOT, Record

RESULTS = ROOT / "benchmarks" / "RESULTS.md"
STAGES = (
    ("import", "import"),
    ("read", "read"),
    ("screen", "screen"),
    ("itineraries", "itineraries"),
    ("model", "model"),
    ("bound", "bound"),
    ("search", "search"),
    ("finish", "finish"),
    ("check", "check"),
    ("write", "write"),
)
Table = list[list[str]]


def render() -> Path:
    """Write the page; returns where."""
    rows = _latest(records())
    sizes = sorted({row["size"] for row in rows})
    parts = [_head(rows)]
    for size in sizes:
        of_size = [row for row in rows if row["size"] == size]
        limits = sorted({row["limit_s"] for row in of_size})
        parts += [_size(size, limit, of_size) for limit in limits]
    parts += [_root_gaps(), _rule_gains()]
    RESULTS.write_text("\n".join(parts) + "\n", "utf-8")
    return RESULTS


def _latest(rows: list[Record]) -> list[Record]:
    """The last record of every run, on the latest mission of its size and seed."""
    mission = {(row["size"], row["seed"]): row["mission"] for row in rows}
    last = {
        (row["size"], row["seed"], row["method"], row["form"], row["limit_s"]): row
        for row in rows
        if mission[row["size"], row["seed"]] == row["mission"]
    }
    return list(last.values())


def _head(rows: list[Record]) -> str:
    versions = rows[-1]["versions"] if rows else {}
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    loads = [row["load"] for row in rows] or [0.0]
    return "\n".join(
        [
            "# Measured",
            "",
            "Written by `make bench` from `benchmarks/out/`;",
            "how it is measured stands in [docs/benchmarks.md](../docs/benchmarks.md).",
            "",
            f"Machine: {machine()}; load before a run {min(loads)} to {max(loads)}.",
            f"Python {platform.python_version()}, {named}.",
            "",
        ]
    )


def machine() -> str:
    """Cores, processor and memory."""
    info = Path("/proc/cpuinfo")
    names = [
        line.split(":", 1)[1].strip()
        for line in (info.read_text() if info.exists() else "").splitlines()
        if line.startswith("model name")
    ]
    cpu = names[0] if names else platform.machine()
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{os.cpu_count()} cores ({cpu}), {pages / 2**30:.0f} GB"


def _size(size: int, limit: float, rows: list[Record]) -> str:
    here = [row for row in rows if row["limit_s"] == limit]
    best = _best_known(rows)
    text = [f"## {size} families, {limit:g} s", ""]
    text += [*as_table(_side_by_side(here, best)), ""]
    ours = [row for row in here if row["method"] == OURS and row.get("levels")]
    if ours:
        text += ["Every level of ours, gap by seed:", "", *as_table(_levels(ours)), ""]
        text += ["Seconds by stage, worst of seeds:", "", *as_table(_stages(ours)), ""]
    return "\n".join(text)


def _best_known(rows: list[Record]) -> dict[int, int]:
    """Best value of the measured level per seed, over all methods and limits.

    First come is held to no earlier level, so it does not count.
    """
    best: dict[int, int] = {}
    for row in rows:
        if row["value"] is not None and row["method"] != GREEDY:
            best[row["seed"]] = max(row["value"], best.get(row["seed"], 0))
    return best


def _side_by_side(rows: list[Record], best: dict[int, int]) -> Table:
    table = [
        [
            "method",
            "seeds",
            "1 % in s",
            "0.1 % in s",
            "gap",
            "value / best known",
            "bound / best known",
            "whole command s",
            "MB",
        ]
    ]
    for method in METHODS:
        runs = _better_form([row for row in rows if row["method"] == method])
        if runs:
            table.append([method, str(len(runs)), *_worst(runs, best)])
    return table


def _better_form(rows: list[Record]) -> list[Record]:
    """Of full and aggregated the better per seed: smaller gap, then larger value."""
    chosen: dict[int, Record] = {}
    for row in rows:
        other = chosen.get(row["seed"])
        if other is None or _merit(row) < _merit(other):
            chosen[row["seed"]] = row
    return list(chosen.values())


def _merit(row: Record) -> tuple[float, int]:
    gap = _gap(row)
    return (math.inf if gap is None else float(gap)), -(row["value"] or 0)


def _gap(row: Record) -> Fraction | None:
    """|value - bound| / max(|value|, |bound|, 1); ``None`` without one of them."""
    value, bound = row["value"], row.get("bound")
    if value is None or bound is None:
        return None
    return Fraction(abs(value - bound), max(abs(value), abs(bound), 1))


def _worst(rows: list[Record], best: dict[int, int]) -> list[str]:
    values = [_share(row["value"], best.get(row["seed"])) for row in rows]
    bounds = [_share(row.get("bound"), best.get(row["seed"])) for row in rows]
    return [
        _worst_time([row.get("time_to", {}).get("1%") for row in rows]),
        _worst_time([row.get("time_to", {}).get("0.1%") for row in rows]),
        _worst_gap([_gap(row) for row in rows]),
        "none" if None in values else f"{min(values):.2%}",
        "none" if None in bounds else f"{max(bounds):.2%}",
        f"{max(row['wall_s'] for row in rows):.1f}",
        f"{max(row.get('memory_mb', 0) for row in rows):.0f}",
    ]


def _share(value: int | None, of: int | None) -> float | None:
    return None if value is None or not of else value / of


def _worst_time(times: list[float | None]) -> str:
    return "-" if None in times else f"{max(times):.1f}"


def _worst_gap(gaps: list[Fraction | None]) -> str:
    return "none" if None in gaps else percent_up(max(gaps))


def percent_up(gap: Fraction) -> str:
    """A gap in percent, rounded up to a thousandth."""
    return f"{math.ceil(gap * 100_000) / 1000:.3f} %"


def _levels(rows: list[Record]) -> Table:
    names = [level["name"] for level in rows[0]["levels"]]
    table = [["seed", *names]]
    for row in sorted(rows, key=lambda r: r["seed"]):
        gaps = [percent_up(Fraction(level["gap"])) for level in row["levels"]]
        table.append([str(row["seed"]), *gaps])
    return table


def _stages(rows: list[Record]) -> Table:
    head, worst = [], []
    for key, name in STAGES:
        times = [row["stages"][key] for row in rows if key in row["stages"]]
        if times:
            head.append(name)
            worst.append(f"{max(times):.2f}")
    return [head, worst]


def _root_gaps() -> str:
    if not ROOT_GAPS.exists():
        return ""
    lines = ROOT_GAPS.read_text("utf-8").splitlines()
    last = {(r["size"], r["seed"]): r for r in map(json.loads, lines)}
    text = ["## The LP of the full model, and what each rule adds", ""]
    rules = sorted({rule for row in last.values() for rule in row["without"]})
    table = [["mission", "rows x columns", "s", "LP bound", *rules]]
    for (size, seed), row in sorted(last.items()):
        added = [_added(row, rule) for rule in rules]
        shape = f"{row['rows']} x {row['columns']}"
        table.append(
            [f"{size}/{seed}", shape, f"{row['seconds']}", f"{row['lp']:.0f}", *added]
        )
    text += [
        "Percent by which the LP bound rises when the rows of one rule are dropped:",
        "",
        *as_table(table),
    ]
    return "\n".join(text)


def _rule_gains() -> str:
    """What rules take, mission by mission."""
    lines = RULE_GAINS.read_text("utf-8").splitlines() if RULE_GAINS.exists() else []
    last = {(r["size"], r["seed"]): r for r in map(json.loads, lines)}
    text = ["", "## What the rules take"] if last else []
    for (size, seed), row in sorted(last.items()):
        text += [
            "",
            f"Mission {size}/{seed}, each left out of screening and model:",
            "",
        ]
        text += as_table(as_rows(row))
    return "\n".join(text)


def _added(row: Record, rule: str) -> str:
    if rule not in row["without"]:
        return ""
    return f"{(row['without'][rule] / row['lp'] - 1) * 100:.2f}"


def as_table(rows: Table) -> list[str]:
    """Lines of a table; the first row is its head."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return [head, "|" + " --- |" * len(rows[0]), *body]
