"""At what the levels before the measured one are held for the peers.

What our runs proved, if they did; else what HiGHS finds for them on the aggregated
model, level by level (``python -m benchmarks.held FOLDER``). Kept, so that all peers
are held to the same.
"""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.full_model import full_model
from benchmarks.mission import Mission, read_mission
from benchmarks.peers.highs import highs
from benchmarks.records import keep, records
from benchmarks.specs import OURS, OUT, ROOT, Record
from benchmarks.stages import Stages

FILE = OUT / "held.jsonl"
LEVEL_S = 60.0

Held = tuple[tuple[str, int], ...]


def held_values(folder: Path, digest: str, rows: list[Record]) -> Held:
    """External values by level name, of a mission with this digest."""
    kept = _kept(digest)
    if kept is None:
        kept = _proved(digest, rows) or _solved(folder)
        keep({"mission": digest, "held": kept}, FILE)
    return kept


def _kept(digest: str) -> Held | None:
    found = [row["held"] for row in records(FILE) if row["mission"] == digest]
    return tuple((name, value) for name, value in found[-1]) if found else None


def _proved(digest: str, rows: list[Record]) -> Held | None:
    """What a run of ours proved about every earlier level."""
    for row in reversed(rows):
        if row["mission"] != digest or row["method"] != OURS or not row.get("levels"):
            continue
        names = [level["name"] for level in row["levels"]]
        earlier = row["levels"][: names.index(row["level"])]
        if all(level["gap"] == "0" for level in earlier):
            return tuple((level["name"], level["held_at"]) for level in earlier)
    return None


def _solved(folder: Path) -> Held:
    """Solved in a process of its own, so that no mission stays in this one."""
    command = [sys.executable, "-m", "benchmarks.held", str(folder)]
    found = subprocess.run(
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    last = found.stdout.strip().splitlines()[-1]
    return tuple((name, value) for name, value in json.loads(last))


def _solve_all(folder: Path) -> Held:
    mission = read_mission(folder, Stages().stage)
    held: Held = ()
    for k in range(mission.level):
        held = (*held, _solve(mission, k, held))
    return held


def _solve(mission: Mission, k: int, held: Held) -> tuple[str, int]:
    """The value of one level with those before it held."""
    full = full_model(mission.model, mission.held(held, k), aggregated=True)
    found = highs(full.program, LEVEL_S, 0)
    if found.x is None:
        raise SystemExit("no solution of an earlier level: run movplan first")
    level = mission.model.levels[k]
    return level.level.name, level.external(full.program.value(found.x))


if __name__ == "__main__":
    print(json.dumps(_solve_all(Path(sys.argv[1]))))
