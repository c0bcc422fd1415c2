"""Records of what was measured: appended to files, never overwritten."""

import json
import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks.specs import OUT, Record

RUNS = OUT / "runs.jsonl"
LIBRARIES = ("ortools", "highspy", "numpy", "scipy")


def records(file: Path = RUNS) -> list[Record]:
    """All records of a file so far."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def keep(record: Record, file: Path = RUNS) -> Record:
    """Append a record to a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(record) + "\n")
    return record


def circumstances() -> Record:
    """When and where something is measured: load before it, versions."""
    return {
        "load": round(os.getloadavg()[0], 2),
        "at": round(time.time()),
        "versions": {name: version(name) for name in LIBRARIES},
        "python": platform.python_version(),
    }
