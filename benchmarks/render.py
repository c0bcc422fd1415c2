"""``benchmarks/RESULTS.md`` and its figures from the records: worst of seeds."""

import os
import platform
from pathlib import Path

from benchmarks import cancel, engines, replan, root_gap, rule_gains, targets
from benchmarks.figures import GAPS, GROWTH, gap_figure, growth_figure
from benchmarks.gaps import greedy_values
from benchmarks.growth import Growth, growths
from benchmarks.records import records
from benchmarks.specs import FRACTIONS, OURS, ROOT, Record, limits_of
from benchmarks.tables import (
    as_table,
    at_fractions,
    levels,
    side_by_side,
    stages,
)

HERE = ROOT / "benchmarks"
RESULTS = HERE / "RESULTS.md"


def render(here: Path = HERE) -> Path:
    """Write page and figures; returns where the page is."""
    rows = latest(records())
    (here / GAPS).write_text(gap_figure(rows), "utf-8")
    grown = growths(rows)
    (here / GROWTH).write_text(growth_figure(grown), "utf-8")
    again = replan.latest()
    parts = [_head(rows), _targets(rows, again), _figures(grown)]
    for size in sorted({row["size"] for row in rows}):
        parts += _size(size, [row for row in rows if row["size"] == size])
    parts += [
        replan.page(again),
        cancel.page(),
        engines.page(),
        root_gap.page(),
        rule_gains.page(),
    ]
    page = here / RESULTS.name
    page.write_text("\n".join(part for part in parts if part) + "\n", "utf-8")
    return page


def latest(rows: list[Record]) -> list[Record]:
    """The last record of every run, on the latest mission of its size and seed.

    Where seeds of a size come from commits, those of the last one count, no others.
    """
    mission = {(row["size"], row["seed"]): row["mission"] for row in rows}
    commits = {row["size"]: row["commit"] for row in rows if row.get("commit")}
    last = {
        (row["size"], row["seed"], row["method"], row["form"], row["limit_s"]): row
        for row in rows
        if mission[row["size"], row["seed"]] == row["mission"]
        and row.get("commit", "") == commits.get(row["size"], row.get("commit", ""))
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


def _targets(rows: list[Record], again: list[Record]) -> str:
    table = targets.as_rows(rows, again)
    if len(table) == 1:
        return ""
    return "\n".join(["## Targets", "", "Worst of seeds.", "", *as_table(table), ""])


def _figures(grown: list[Growth]) -> str:
    measured = [growth for growth in grown if growth.points]
    sizes = sorted({size for growth in measured for size, _ in growth.points})
    table = [["", *(f"{size:g}" for size in sizes), "exponent"]]
    for growth in measured:
        amounts = dict(growth.points)
        cells = [f"{amounts[s]:.4g}" if s in amounts else "-" for s in sizes]
        slope = "-" if growth.exponent is None else f"{growth.exponent:.2f}"
        table.append([f"{growth.name}, {growth.unit}", *cells, slope])
    return "\n".join(
        [
            "## Gap against time",
            "",
            f"![Gap against time, by size and method]({GAPS})",
            "",
            "## Growth with size",
            "",
            "Of movplan's own runs, worst of seeds; exponents by least squares of the",
            "logarithms (1 is linear).",
            "",
            *as_table(table),
            "",
            f"![Time and memory against size]({GROWTH})",
            "",
        ]
    )


def _size(size: int, rows: list[Record]) -> list[str]:
    """Tables of the limits set for a size, then of others that were tried."""
    seeds = ", ".join(str(seed) for seed in sorted({row["seed"] for row in rows}))
    commit = next((row["commit"] for row in rows if row.get("commit")), "")
    origin = f", of commit `{commit[:12]}`" if commit else ""
    named = [limit for limit in limits_of(size) if _has(rows, limit)]
    parts = {limit * part for limit in limits_of(size) for part in FRACTIONS}
    tried = sorted({row["limit_s"] for row in rows} - parts)
    text = [f"## {size} families", "", f"Seeds {seeds}{origin}.", ""]
    for_limits = (_limit(at, rows, in_parts=at in named) for at in [*named, *tried])
    return ["\n".join(text), *for_limits]


def _has(rows: list[Record], limit: float) -> bool:
    return any(row["limit_s"] in [limit * part for part in FRACTIONS] for row in rows)


def _limit(limit: float, of_size: list[Record], *, in_parts: bool) -> str:
    here = [row for row in of_size if row["limit_s"] == limit]
    text = [f"### {of_size[0]['size']} families, {limit:g} s", ""]
    text += [*as_table(side_by_side(here, of_size)), ""]
    if in_parts:
        text += ["At parts of the time, worst gap of seeds:", ""]
        text += [*as_table(at_fractions(of_size, limit)), ""]
    ours = [row for row in here if row["method"] == OURS and row.get("levels")]
    if ours:
        text += ["Every level of ours, gap by seed (of first come's):", ""]
        text += [*as_table(levels(ours, greedy_values(of_size))), ""]
        text += ["Seconds by stage, worst of seeds:", "", *as_table(stages(ours)), ""]
    return "\n".join(text)
