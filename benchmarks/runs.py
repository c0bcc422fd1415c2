"""Runs in child processes, one after another; results appended, never overwritten."""

import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from benchmarks.held import held_values
from benchmarks.specs import OUT, ROOT, Record, Spec, code_digest, forms_of

RECORDS = OUT / "runs.jsonl"
GRACE_S = 120.0
LIBRARIES = ("ortools", "highspy", "numpy", "scipy")


def mission_folder(size: int, seed: int) -> Path:
    """The generated mission of a size and seed, written on first use."""
    folder = OUT / "missions" / f"mixed-{size}-{seed}"
    code = ROOT / "src" / "movplan" / "generation"
    newest = max(path.stat().st_mtime for path in code.rglob("*") if path.is_file())
    made = folder / "scenario.yaml"
    if not made.exists() or made.stat().st_mtime < newest:
        from movplan.files import canonical, write_folder
        from movplan.generation import generate

        write_folder(canonical(generate(size, seed, "mixed")), folder)
    return folder


def records() -> list[Record]:
    """All records so far."""
    if not RECORDS.exists():
        return []
    return [json.loads(line) for line in RECORDS.read_text("utf-8").splitlines()]


def run_all(specs: Iterable[Spec], *, repeat: bool = False) -> Iterator[Record]:
    """Run what has not been run yet with this code on this mission."""
    for spec in specs:
        spec = with_held(spec)
        done = None if repeat else find_done(spec)
        yield done if done is not None else keep(run(spec))


def find_done(spec: Spec) -> Record | None:
    """The latest record of the same run, with the same code and mission."""
    key = run_key(spec)
    same = [row for row in records() if row["key"] == key]
    return same[-1] if same else None


def run_key(spec: Spec) -> list[object]:
    """What makes two runs the same."""
    return [
        spec.size,
        spec.seed,
        spec.method,
        spec.form,
        spec.limit_s,
        mission_digest(Path(spec.folder)),
        code_digest(spec.method),
        [list(pair) for pair in spec.held],
    ]


def mission_digest(folder: Path) -> str:
    """Digest of a mission's tables."""
    digest = hashlib.sha256()
    for file in sorted([*folder.glob("*.csv"), *folder.glob("*.yaml")]):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def with_held(spec: Spec) -> Spec:
    """A peer is held to what is known of the levels before the measured one."""
    if not forms_of(spec.method)[0]:
        return spec
    folder = Path(spec.folder)
    return replace(spec, held=held_values(folder, mission_digest(folder), records()))


def run(spec: Spec) -> Record:
    """Run one spec in a child; returns its record."""
    load = os.getloadavg()[0]
    started = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.one", json.dumps(spec.record())],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    text, errors = _wait(child, spec.limit_s * 1.5 + GRACE_S)
    answered = child.returncode == 0 and text.strip()
    answer = (
        json.loads(text.strip().splitlines()[-1])
        if answered
        else {"status": "failed", "value": None, "error": errors[-2000:]}
    )
    return {
        **spec.record(),
        **answer,
        "key": run_key(spec),
        "mission": mission_digest(Path(spec.folder)),
        "folder": Path(spec.folder).name,
        "wall_s": round(time.monotonic() - started, 2),
        "load": round(load, 2),
        "at": round(time.time()),
        "versions": {name: version(name) for name in LIBRARIES},
        "python": platform.python_version(),
    }


def keep(record: Record) -> Record:
    """Append a record to the file."""
    OUT.mkdir(parents=True, exist_ok=True)
    with RECORDS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    return record


def _wait(child: "subprocess.Popen[str]", seconds: float) -> tuple[str, str]:
    """Output and errors of a child; it is killed when it does not end."""
    try:
        return child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        text, errors = child.communicate()
        return text, errors + "killed: did not end in time"
