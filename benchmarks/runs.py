"""Runs of methods in child processes, one after another; what was run is kept."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.child import FAILED, Ended, run_watched
from benchmarks.held import held_values
from benchmarks.missions import mission_digest
from benchmarks.records import circumstances, keep, records
from benchmarks.specs import ROOT, Record, Spec, code_digest, forms_of

GRACE_S = 120.0


def run_all(specs: Iterable[Spec], *, repeat: bool = False) -> Iterator[Record]:
    """Run what has not been run yet with this code on this mission.

    A peer that would not know at what to hold earlier levels is passed over.
    """
    for spec in specs:
        try:
            spec = with_held(spec)
        except LookupError as unknown:
            print(f"{spec.size}/{spec.seed} {spec.method}: {unknown}", flush=True)
            continue
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


def with_held(spec: Spec) -> Spec:
    """A peer is held to what is known of the levels before the measured one."""
    if not forms_of(spec.method)[0]:
        return spec
    folder = Path(spec.folder)
    return replace(spec, held=held_values(folder, mission_digest(folder), records()))


def run(spec: Spec) -> Record:
    """Run one spec in a child; returns its record."""
    before = circumstances()
    ended = run_watched(
        [sys.executable, "-m", "benchmarks.one", json.dumps(spec.record())],
        seconds=spec.limit_s * 1.5 + GRACE_S,
        folder=ROOT,
    )
    answer = _answer(ended)
    return {
        **spec.record(),
        **answer,
        "memory_mb": max(ended.peak_mb, answer.get("memory_mb", 0)),
        "key": run_key(spec),
        "mission": mission_digest(Path(spec.folder)),
        "folder": Path(spec.folder).name,
        "wall_s": ended.seconds,
        "cpu_s": ended.cpu_s,
        **before,
    }


def _answer(ended: Ended) -> Record:
    """What the child said, or why it did not."""
    if ended.trouble or not ended.text.strip():
        return {
            "status": ended.trouble or FAILED,
            "value": None,
            "bound": None,
            "error": ended.errors[-2000:],
        }
    found: Record = json.loads(ended.text.strip().splitlines()[-1])
    return found
