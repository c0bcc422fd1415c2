"""LP engines side by side on the root LP of a mission, each in its own process."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.child import run_watched
from benchmarks.held import held_values
from benchmarks.lp_engines import DESCENT, NAMES
from benchmarks.missions import mission_digest, mission_folder
from benchmarks.records import circumstances, keep, records
from benchmarks.specs import OUT, ROOT, Record
from benchmarks.tables import as_table

FILE = OUT / "engines.jsonl"
LIMIT_S, GRACE_S = 300.0, 120.0
NEAR = (0.01, 0.001)
AT_VERTEX = ("HiGHS simplex", "GLOP", "HiGHS interior point, crossover")


def measure(size: int, seed: int, engine: str, limit_s: float = LIMIT_S) -> Record:
    """One engine on one mission."""
    folder = mission_folder(size, seed)
    digest = mission_digest(folder)
    spec = {
        "folder": str(folder),
        "engine": engine,
        "limit_s": limit_s,
        "held": held_values(folder, digest, records()),
    }
    around = circumstances()
    command = [sys.executable, "-m", "benchmarks.lp_engines", json.dumps(spec)]
    ended = run_watched(command, seconds=limit_s * 1.5 + GRACE_S, folder=ROOT)
    found: Record = {"value": None, "status": ended.trouble, "seconds": ended.seconds}
    if ended.trouble:
        found |= {"memory_mb": ended.peak_mb, "error": ended.errors[-2000:]}
    else:
        found = json.loads(ended.text.strip().splitlines()[-1])
    told = {"size": size, "seed": seed, "mission": digest, "limit_s": limit_s}
    return {**told, "engine": engine, **found, **around}


def run(sizes: Sequence[int], seeds: Sequence[int], limit_s: float | None) -> None:
    """Measure and keep, engine by engine, on the first mission of every size."""
    for size in sizes:
        for engine in NAMES:
            row = keep(measure(size, seeds[0], engine, limit_s or LIMIT_S), FILE)
            said = f"{row['value']} in {row['seconds']} s ({row['status']})"
            print(f"{size}/{seeds[0]} {engine}: {said}", flush=True)


def page(file: Path = FILE) -> str:
    """What RESULTS.md says of them: a table per mission, the last of every run."""
    last = {(r["size"], r["seed"], r["engine"]): r for r in records(file)}
    text = ["## Engines for the root LP", ""] if last else []
    for size, seed in sorted({(r["size"], r["seed"]) for r in last.values()}):
        rows = [last[size, seed, name] for name in NAMES if (size, seed, name) in last]
        shape = next((r["shape"] for r in rows if r.get("shape")), None)
        of = f" of {shape[0]} rows and {shape[1]} columns" if shape else ""
        text += [f"Mission {size}/{seed}, an LP{of}:", "", *as_table(as_rows(rows)), ""]
    return "\n".join(text)


def as_rows(rows: Sequence[Record]) -> list[list[str]]:
    """Engine by engine: value, what its prices prove, seconds, memory."""
    optimum = optimum_of(rows)
    head = ["engine", "value", "above the LP", "proves, above", "s", "CPU s", "MB"]
    near = [f"within {part * 100:g} % in s" for part in NEAR]
    table = [[*head, *near, "ended"]]
    for row in rows:
        value = row["value"]
        table.append(
            [
                row["engine"],
                "-" if value is None else f"{value:.0f}",
                _above(value, optimum),
                _above(row.get("proves"), optimum),
                f"{row['seconds']:.1f}",
                f"{row.get('cpu_s', 0):.1f}",
                f"{row.get('memory_mb', 0)}",
                *(first_within(row, optimum, part) for part in NEAR),
                row["status"],
            ]
        )
    return table


def _above(value: float | None, optimum: float | None) -> str:
    if value is None or not optimum:
        return "-"
    return f"{(value / optimum - 1) * 100:.3f} %"


def optimum_of(rows: Sequence[Record]) -> float | None:
    """The LP's value: that of an engine that ends at a vertex, else the smallest."""
    found = {
        row["engine"]: row["value"]
        for row in rows
        if row["value"] is not None and row["engine"] != DESCENT
    }
    vertices = [found[name] for name in AT_VERTEX if name in found]
    return vertices[0] if vertices else min(found.values(), default=None)


def first_within(row: Record, optimum: float | None, part: float) -> str:
    """Seconds until the value was so near above the LP, on the way or at the end."""
    if optimum is None or row["value"] is None:
        return "-"
    trace = row.get("trace") or [(row["seconds"], row["value"])]
    near = (t for t, value in trace if value <= optimum * (1 + part))
    found = next(near, None)
    return "-" if found is None else f"{found:.1f}"
