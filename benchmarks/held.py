"""At what the levels before the measured one are held for the peers.

What our runs proved, if they did; else what HiGHS finds for them on the aggregated
model, level by level (``python -m benchmarks.held FOLDER``); else, where it finds
nothing, what our last run reached. Kept, so that all peers are held to the same.
"""

import json
import sys
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from benchmarks.child import run_watched
from benchmarks.full_model import full_model
from benchmarks.mission import Mission, read_mission
from benchmarks.peers.highs import highs
from benchmarks.records import keep, records
from benchmarks.specs import OURS, OUT, ROOT, Record
from benchmarks.stages import Stages

FILE = OUT / "held.jsonl"
LEVEL_S, MOST_S = 60.0, 1200.0

Held = tuple[tuple[str, int], ...]


def held_values(folder: Path, digest: str, rows: list[Record]) -> Held:
    """External values by level name, of a mission with this digest.

    Raises ``LookupError`` where nobody found any.
    """
    kept = _kept(digest)
    if kept is None:
        kept = _proved(digest, rows) or _solved(folder) or _reached(digest, rows)
        if kept is None:
            raise LookupError("earlier levels are not known")
        keep({"mission": digest, "held": kept}, FILE)
    return kept


def _kept(digest: str) -> Held | None:
    found = [row["held"] for row in records(FILE) if row["mission"] == digest]
    return tuple((name, value) for name, value in found[-1]) if found else None


def _proved(digest: str, rows: list[Record]) -> Held | None:
    """What a run of ours proved about every earlier level."""
    for _, earlier in _earlier_levels(digest, rows):
        if all(level["gap"] == "0" for level in earlier):
            return _held(earlier)
    return None


def _reached(digest: str, rows: list[Record]) -> Held | None:
    """What the longest run of ours reached on every earlier level."""
    runs = list(_earlier_levels(digest, rows))
    return _held(max(runs, key=itemgetter(0))[1]) if runs else None


def _held(levels: list[Record]) -> Held:
    return tuple((level["name"], level["held_at"]) for level in levels)


def _earlier_levels(
    digest: str, rows: list[Record]
) -> Iterator[tuple[float, list[Record]]]:
    """Limit, and levels before the measured one, of our runs; the last first."""
    for row in reversed(rows):
        if row["mission"] == digest and row["method"] == OURS and row.get("levels"):
            names = [level["name"] for level in row["levels"]]
            yield row["limit_s"], row["levels"][: names.index(row["level"])]


def _solved(folder: Path) -> Held | None:
    """Solved in a process of its own, so that no mission stays in this one."""
    command = [sys.executable, "-m", "benchmarks.held", str(folder)]
    ended = run_watched(command, seconds=MOST_S, folder=ROOT)
    if ended.trouble:
        return None
    last = ended.text.strip().splitlines()[-1]
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
        raise SystemExit(f"no solution of level {k}")
    level = mission.model.levels[k]
    return level.level.name, level.external(full.program.value(found.x))


if __name__ == "__main__":
    print(json.dumps(_solve_all(Path(sys.argv[1]))))
