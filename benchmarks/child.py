"""A child process, watched: how it ended, and the most memory it held.

Memory is that of the process and all it started. Pages that copies of a process share
count once (``Pss``), where the system tells; a plan is bounded in such a copy.
"""

import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY_S = 0.2
MOST_MB = 20 * 1024
FITS_NOT, ENDS_NOT, FAILED = "did not fit", "did not end in time", "failed"
PROC = Path("/proc")
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True, slots=True)
class Ended:
    """What a child said, how it ended (``trouble``: "" is well), seconds, memory.

    ``cpu_s`` is the processor time of the child and of what it started and waited for.
    """

    text: str
    errors: str
    code: int
    trouble: str
    seconds: float
    cpu_s: float
    peak_mb: int


def run_watched(
    command: Sequence[str],
    *,
    seconds: float,
    most_mb: int = MOST_MB,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run a command; kill it when it takes longer or holds more than it may."""
    started, before = time.monotonic(), _cpu_of_children_s()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(environment or {}),
            stdout=out,
            stderr=errors,
            start_new_session=True,
        )
        try:
            peak, trouble = _watch(child, started + seconds, most_mb)
        finally:
            end(child)
        took = time.monotonic() - started
        out.seek(0)
        errors.seek(0)
        return Ended(
            text=out.read(),
            errors=errors.read(),
            code=child.returncode,
            trouble=trouble or _how(child.returncode),
            seconds=round(took, 2),
            cpu_s=round(_cpu_of_children_s() - before, 2),
            peak_mb=round(peak),
        )


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment here and more; bytecode is kept, as on a user's machine."""
    kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    return {**kept, **more}


def _cpu_of_children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def end(child: "subprocess.Popen[str]") -> None:
    """Kill a child with all it started, if it still runs."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _watch(
    child: "subprocess.Popen[str]", until: float, most_mb: int
) -> tuple[float, str]:
    """The most memory seen in MB, and why the child has to be ended, if it has."""
    peak = 0.0
    while child.poll() is None:
        peak = max(peak, held_mb(child.pid, above=peak))
        if peak > most_mb:
            return peak, FITS_NOT
        if time.monotonic() > until:
            return peak, ENDS_NOT
        with suppress(subprocess.TimeoutExpired):
            child.wait(LOOK_EVERY_S)
    return peak, ""


def _how(code: int) -> str:
    """A child that the system killed took what there was of memory."""
    if code == -signal.SIGKILL:
        return FITS_NOT
    return FAILED if code else ""


def held_mb(pid: int, *, above: float = 0.0) -> float:
    """Memory of a process and its descendants, in MB; less exact below ``above``."""
    family = list(_descendants(pid))
    resident = sum(_resident_mb(member) for member in family)
    if len(family) == 1 or resident <= above:
        return resident
    return sum(_share_mb(member) for member in family)


def _descendants(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_text().split():
                    yield from _descendants(int(child))


def _resident_mb(pid: int) -> float:
    with suppress(OSError, IndexError):
        pages = int((PROC / str(pid) / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0.0


def _share_mb(pid: int) -> float:
    """What is a process's own, and its part of what it shares."""
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return _resident_mb(pid)
