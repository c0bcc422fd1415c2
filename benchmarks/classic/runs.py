"""Plan a classic case as a user would, beside its optimum; records are appended."""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.classic.cases import Case, to_scenario
from benchmarks.classic.problems import Twofold, every
from benchmarks.specs import OURS, OUT, Record, code_digest
from movplan.application import loading, planning
from movplan.files import digest, write_folder

RECORDS = OUT / "classic.jsonl"
LIMIT_S = 120.0


def run_all(
    names: tuple[str, ...], limit_s: float, *, repeat: bool = False
) -> Iterator[Record]:
    """Run what has not been run yet with this code; yields every record."""
    code = code_digest(OURS)
    for twofold in every(names):
        before = [row for row in records() if row["instance"] == twofold.case.name]
        key = [digest(to_scenario(twofold.case)), code, limit_s]
        done = [row for row in before if row["key"] == key and not repeat]
        yield done[-1] if done else keep(run(twofold, limit_s, before, key))


def records() -> list[Record]:
    """All records so far."""
    if not RECORDS.exists():
        return []
    return [json.loads(line) for line in RECORDS.read_text("utf-8").splitlines()]


def keep(record: Record) -> Record:
    """Append a record to the file."""
    OUT.mkdir(parents=True, exist_ok=True)
    with RECORDS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    return record


def run(
    twofold: Twofold, limit_s: float, before: list[Record], key: list[object]
) -> Record:
    """Optimum (once per scenario) and plan of one case."""
    case = twofold.case
    known = [row for row in before if row["key"][0] == key[0]]
    if known:
        best, seconds = known[-1]["optimum"], known[-1]["highs_s"]
    else:
        started = time.process_time()
        best, seconds = twofold.optimum(), round(time.process_time() - started, 2)
    return {
        "problem": case.problem,
        "instance": case.name,
        "items": len(case.parties),
        "charters": len(case.charters),
        "optimum": best,
        "highs_s": seconds,
        **planned(case, limit_s),
        "limit_s": limit_s,
        "key": key,
        "at": round(time.time()),
    }


def planned(case: Case, limit_s: float) -> Record:
    """Write, read and validate, plan and check: value and bound in classic units."""
    with tempfile.TemporaryDirectory() as folder:
        write_folder(to_scenario(case), Path(folder))
        started, cpu = time.monotonic(), _cpu_s()
        limits = planning.Limits(time_limit_s=limit_s, seed=1)
        result = planning.plan(loading.load(Path(folder)), limits)
    certificate = result.plan.certificate
    level = next(row for row in certificate.levels if row.name == case.measured)
    return {
        # Whole units only: what is over in a bound of a maximised level is of no use.
        "value": level.value // case.unit,
        "bound": level.bound // case.unit,
        "proved": all(row.absolute_gap == 0 for row in certificate.levels),
        "stopped": result.plan.stop_reason.value,
        "wall_s": round(time.monotonic() - started, 2),
        "cpu_s": round(_cpu_s() - cpu, 2),
    }


def _cpu_s() -> float:
    """Processor seconds of this process and those it ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
