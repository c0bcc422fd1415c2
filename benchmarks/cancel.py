"""Ctrl-C at several moments of ``movplan plan``: seconds until the command has ended.

The command runs in a terminal of its own (a pseudo-terminal); as soon as its progress
bar says the moment has come, the interrupt goes to the whole group of processes, as
from a keyboard. Exit code 3 says there was no plan yet, 0 that the best was written.
"""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.child import end
from benchmarks.missions import mission_digest, mission_folder
from benchmarks.records import circumstances, keep, records
from benchmarks.specs import OUT, ROOT, Record, limits_of
from benchmarks.tables import as_table

FILE = OUT / "cancel.jsonl"
LEAST_S, GRACE_S, ASK_EVERY_S, TAIL = 20.0, 120.0, 0.02, 40


@dataclass(frozen=True, slots=True)
class Moment:
    """When to interrupt: so long after the bar says some words (an expression)."""

    name: str
    words: str
    after_s: float = 0.0


# The level where most persons are moved is bounded beside the search from before its
# first words on. The bar is drawn ten times a second: what is shorter may be missed.
MOMENTS = (
    Moment("screening", r"screen "),
    Moment("model", r"model "),
    Moment("early levels", r"(bound|construct|improve|prove) (?!moved)\w"),
    Moment("bound", r"(bound|construct) moved"),
    Moment("search", r"improve moved", after_s=2.0),
    Moment("finish", r"finish "),
    Moment("check", r"check "),
)


def measure(size: int, seed: int, moment: Moment, limit_s: float) -> Record:
    """Interrupt one command once; seconds until it ended, and how."""
    folder, work = mission_folder(size, seed), OUT / "cancel"
    work.mkdir(parents=True, exist_ok=True)
    around = circumstances()
    command = [sys.executable, "-m", "movplan", "plan", str(folder)]
    options = ["--time-limit", f"{limit_s:g}", "-o", str(work / "plan.json")]
    reached_s, answer_s, code = interrupted(
        [*command, *options], moment, 2 * limit_s + GRACE_S
    )
    return {
        "size": size,
        "seed": seed,
        "mission": mission_digest(folder),
        "limit_s": limit_s,
        "moment": moment.name,
        "reached_s": reached_s,
        "answer_s": answer_s,
        "code": code,
        **around,
    }


def interrupted(
    command: Sequence[str], moment: Moment, seconds: float
) -> tuple[float | None, float | None, int]:
    """When the moment came, how long the answer took (``None``: ended before), code."""
    ours, theirs = pty.openpty()
    started = time.monotonic()
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "160", "LINES": "40"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        text=True,
    )
    os.close(theirs)
    try:
        came = _wait_for(moment.words, ours, child, started + seconds)
        if came is None or _ends_by(child, ours, came + moment.after_s):
            child.wait(GRACE_S)
            return None, None, child.returncode
        pressed = time.monotonic()
        os.killpg(child.pid, signal.SIGINT)
        _ends_by(child, ours, pressed + GRACE_S)
        answered = time.monotonic()
    finally:
        end(child)
        os.close(ours)
    return round(pressed - started, 2), round(answered - pressed, 2), child.returncode


def _wait_for(
    words: str, screen: int, child: "subprocess.Popen[str]", until: float
) -> float | None:
    """When words came up on the screen; ``None`` if they did not."""
    shown = ""
    while child.poll() is None and time.monotonic() < until:
        shown = shown[-TAIL:] + _read(screen)
        if re.search(words, shown):
            return time.monotonic()
    return None


def _ends_by(child: "subprocess.Popen[str]", screen: int, until: float) -> bool:
    """Whether a child ends by then; what it writes is read, so that it can go on."""
    while time.monotonic() < until:
        if child.poll() is not None:
            return True
        _read(screen)
    return child.poll() is not None


def _read(screen: int) -> str:
    """What has been written to the screen since, waiting a moment for it."""
    ready, _, _ = select.select([screen], [], [], ASK_EVERY_S)
    with suppress(OSError):  # the other end is closed
        return os.read(screen, 65536).decode(errors="replace") if ready else ""
    time.sleep(ASK_EVERY_S)
    return ""


def run(sizes: Sequence[int], seeds: Sequence[int], limit_s: float | None) -> None:
    """Measure and keep, moment by moment, on the first mission of every size."""
    for size in sizes:
        for moment in MOMENTS:
            row = measure(
                size, seeds[0], moment, limit_s or max(LEAST_S, *limits_of(size))
            )
            keep(row, FILE)
            said = f"{row['answer_s']} s, exit code {row['code']}"
            print(f"{size}/{seeds[0]} in {moment.name}: {said}", flush=True)


def page(file: Path = FILE) -> str:
    """What is said of it in RESULTS.md, the last of every mission and moment."""
    last = {(r["size"], r["seed"], r["moment"]): r for r in records(file)}
    if not last:
        return ""
    names = [moment.name for moment in MOMENTS]
    table = [["mission", *names]]
    for size, seed in sorted({key[:2] for key in last}):
        cells = [_cell(last.get((size, seed, name))) for name in names]
        table.append([f"{size}/{seed}", *cells])
    return "\n".join(
        [
            "## Ctrl-C",
            "",
            "Seconds from the interrupt to the end of the command (exit code), by what",
            "it was doing:",
            "",
            *as_table(table),
            "",
        ]
    )


def _cell(row: Record | None) -> str:
    if row is None:
        return ""
    if row["answer_s"] is None:
        return "not reached"
    return f"{row['answer_s']:.1f} ({row['code']})"
