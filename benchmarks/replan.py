"""Planned once, one departure cancelled, planned again: what the second plan takes.

The departure cancelled is the one that carries most persons of those nobody is pinned
to; of several the first by id. Both commands are given as a user gives them.
"""

import json
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from benchmarks.child import run_watched
from benchmarks.gaps import left_of_greedy, percent_up
from benchmarks.missions import mission_digest, mission_folder
from benchmarks.records import circumstances, keep, records
from benchmarks.specs import OUT, ROOT, Record, limits_of
from benchmarks.tables import as_table
from movplan.application.loading import load
from movplan.domain.plan import LevelResult, Plan
from movplan.domain.scenario import Scenario
from movplan.files import read_plan
from movplan.formulation.build import FIRM_STATES

FILE = OUT / "replan.jsonl"
# Seconds to plan again; of other sizes a tenth of what a plan has.
LIMITS_S = {1000: 3.0}
GRACE_S = 120.0
MOVPLAN = (sys.executable, "-m", "movplan")


def measure(size: int, seed: int, limit_s: float | None = None) -> Record:
    """Plan, cancel, plan again within ``limit_s``; a record of the second plan."""
    folder = mission_folder(size, seed)
    first_s = max(limits_of(size))
    again_s = limit_s or LIMITS_S.get(size, first_s / 10)
    work = OUT / "replan" / folder.name
    work.mkdir(parents=True, exist_ok=True)
    before, after = work / "before.json", work / "after.json"
    _command("plan", folder, before, first_s, ())
    departure, persons = most_ridden(load(folder).scenario, read_plan(before))
    change = f"departure {departure}: cancel"
    found = {"change": change, "persons": persons, **circumstances()}
    options = ("--from", str(before), "--change", change)
    took = _command("replan", folder, after, again_s, options)
    greedy = _first_come(folder, before, change)
    levels = [_level(row, greedy) for row in read_plan(after).certificate.levels]
    return {
        "size": size,
        "seed": seed,
        "mission": mission_digest(folder),
        "limit_s": again_s,
        **found,
        **took,
        "level": next(row["name"] for row in levels if row["maximise"]),
        "levels": levels,
    }


def most_ridden(scenario: Scenario, plan: Plan) -> tuple[str, int]:
    """The departure that carries most persons, and how many."""
    firm = {
        row.departure_id for row in scenario.assignments if row.state in FIRM_STATES
    }
    rows = [
        row
        for row in plan.departures
        if row.runs and row.persons and row.departure_id not in firm
    ]
    if not rows:
        raise ValueError("nobody rides a departure that could be cancelled")
    chosen = min(rows, key=lambda row: (-row.persons, row.departure_id))
    return chosen.departure_id, chosen.persons


def latest(file: Path = FILE) -> list[Record]:
    """The last record of every mission and limit."""
    last = {(r["size"], r["seed"], r["limit_s"]): r for r in records(file)}
    return [last[key] for key in sorted(last)]


def page(rows: Sequence[Record]) -> str:
    """What RESULTS.md says of it."""
    if not rows:
        return ""
    names = [level["name"] for level in rows[0]["levels"]]
    table = [["mission", "limit s", "cancelled", "s", "CPU s", "MB", *names]]
    for row in rows:
        mission = f"{row['size']}/{row['seed']}"
        cancelled = f"{row['change'].split()[1].rstrip(':')}, {row['persons']} persons"
        took = [f"{row['wall_s']:.1f}", f"{row.get('cpu_s', 0):.1f}"]
        took.append(str(row["memory_mb"]))
        cells = [_cell(level) for level in row["levels"]]
        table.append([mission, f"{row['limit_s']:g}", cancelled, *took, *cells])
    return "\n".join(
        [
            "## Planned again after one cancelled departure",
            "",
            "The whole command; gaps by level (of first come's):",
            "",
            *as_table(table),
            "",
        ]
    )


def _command(
    word: str, folder: Path, output: Path, limit_s: float, options: Sequence[str]
) -> Record:
    """Run movplan; seconds and memory of the whole command."""
    limits = ("--time-limit", f"{limit_s:g}", "-o", str(output), "--json")
    command = (*MOVPLAN, word, str(folder), *limits, *options)
    ended = run_watched(command, seconds=2 * limit_s + GRACE_S, folder=ROOT)
    if ended.trouble:
        raise RuntimeError(f"{word}: {ended.trouble}\n{ended.text}{ended.errors}")
    return {
        "wall_s": ended.seconds,
        "cpu_s": ended.cpu_s,
        "memory_mb": ended.peak_mb,
    }


def _first_come(folder: Path, before: Path, change: str) -> dict[str, int]:
    """What first come reaches after the change, in a process of its own."""
    arguments = (str(folder), str(before), change)
    command = (sys.executable, "-m", "benchmarks.first_come_again", *arguments)
    ended = run_watched(command, seconds=10 * GRACE_S, folder=ROOT)
    return {} if ended.trouble else json.loads(ended.text.strip().splitlines()[-1])


def _level(row: LevelResult, greedy: dict[str, int]) -> Record:
    return {
        "name": row.name,
        "value": row.value,
        "bound": row.bound,
        "gap": str(row.gap_fraction),
        "maximise": row.maximise,
        "first_come": greedy.get(row.name),
    }


def _cell(level: Record) -> str:
    left = left_of_greedy(level["value"], level["bound"], level["first_come"])
    share = "" if left is None else f" ({float(left):.3f})"
    return percent_up(Fraction(level["gap"])) + share


def run(sizes: Sequence[int], seeds: Sequence[int], limit_s: float | None) -> None:
    """Measure and keep, mission by mission."""
    for size in sizes:
        for seed in seeds:
            try:
                row = keep(measure(size, seed, limit_s), FILE)
            except RuntimeError as trouble:
                print(f"{size}/{seed} {trouble}", flush=True)
                continue
            print(f"{size}/{seed} {row['change']}: {row['wall_s']} s", flush=True)
