"""The LP of the full model, and what each rule adds to it: dropped one at a time."""

import os
import time
from pathlib import Path
from typing import TypedDict

import highspy
import numpy as np

from benchmarks.full_model import FullModel, full_model
from benchmarks.held import held_values
from benchmarks.mission import Mission, read_mission
from benchmarks.missions import mission_digest, mission_folder
from benchmarks.records import keep as append
from benchmarks.records import records
from benchmarks.scaled import FloatArray, Scaled, lp_of, scaled
from benchmarks.specs import OUT, Record
from benchmarks.stages import Stages
from benchmarks.tables import as_table

FILE = OUT / "root_gap.jsonl"
KEPT = frozenset({"one_journey"})


class RootGap(TypedDict):
    """LP bounds, as people read them: of the whole model, and without each rule."""

    size: int
    seed: int
    mission: str
    level: str
    rows: int
    columns: int
    seconds: float
    load: float
    lp: float
    without: dict[str, float]
    count: dict[str, int]


def root_gaps(size: int, seed: int) -> RootGap:
    """Measure the LP bounds of one mission."""
    folder = mission_folder(size, seed)
    mission = read_mission(Path(folder), Stages().stage)
    held = mission.held(held_values(folder, mission_digest(folder), records()))
    full = full_model(mission.model, held, aggregated=True)
    started = time.monotonic()
    whole = lp_bound(mission, full, None)
    seconds = time.monotonic() - started
    rules = sorted(set(full.rules) - KEPT)
    return RootGap(
        size=size,
        seed=seed,
        mission=mission_digest(folder),
        level=mission.model.levels[mission.level].level.name,
        rows=full.program.matrix.shape[0],
        columns=full.program.matrix.shape[1],
        seconds=round(seconds, 2),
        load=round(os.getloadavg()[0], 2),
        lp=whole,
        without={rule: lp_bound(mission, full, rule) for rule in rules},
        count={rule: full.rules.count(rule) for rule in rules},
    )


def keep(found: RootGap) -> None:
    """Append to the file."""
    append(dict(found), FILE)


def lp_bound(mission: Mission, full: FullModel, dropped: str | None) -> float:
    """The LP's value without the rows of one rule, as people read it."""
    data = scaled(full.program)
    rules = np.array(full.rules)
    lower = np.where(rules == dropped, -np.inf, data.lower)
    upper = np.where(rules == dropped, np.inf, data.upper)
    level = mission.model.levels[mission.level]
    return level.constant + level.sign * _solve(data, lower, upper) / data.unit


def _solve(data: Scaled, lower: FloatArray, upper: FloatArray) -> float:
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS takes no keyword
    engine.passModel(lp_of(data, lower, upper))
    engine.run()
    if engine.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(engine.modelStatusToString(engine.getModelStatus()))
    return -float(engine.getInfo().objective_function_value)


def page() -> str:
    """What RESULTS.md says of it, the last of every mission."""
    last = {(r["size"], r["seed"]): r for r in records(FILE)}
    if not last:
        return ""
    rules = sorted({rule for row in last.values() for rule in row["without"]})
    table = [["mission", "rows x columns", "s", "LP bound", *rules]]
    for (size, seed), row in sorted(last.items()):
        added = [_added(row, rule) for rule in rules]
        shape = f"{row['rows']} x {row['columns']}"
        table.append(
            [f"{size}/{seed}", shape, f"{row['seconds']}", f"{row['lp']:.0f}", *added]
        )
    return "\n".join(
        [
            "## The LP of the full model, and what each rule adds",
            "",
            "Percent by which the LP bound rises when rows of one rule are dropped:",
            "",
            *as_table(table),
            "",
        ]
    )


def _added(row: Record, rule: str) -> str:
    if rule not in row["without"]:
        return ""
    return f"{(row['without'][rule] / row['lp'] - 1) * 100:.2f}"
