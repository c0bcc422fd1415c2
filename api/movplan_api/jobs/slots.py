"""As many solves on one machine as it has cores, however many workers run there.

A slot is a file locked by the worker that solves: the system unlocks it when that
worker is gone, however hard it died.
"""

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LOOK_S = 0.2


def cores() -> int:
    """The cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def slots_folder() -> Path:
    """Where the slots of this machine and user are; nobody else may write there."""
    folder = Path(tempfile.gettempdir()) / f"movplan-slots-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def a_slot(
    folder: Path, most: int, *, wait: Callable[[float], None] = time.sleep
) -> Iterator[int]:
    """Wait for a free slot and hold it; its number is given for the log."""
    while True:
        for number in range(most):
            held = _take(folder / f"{number}.lock")
            if held is not None:
                try:
                    yield number
                finally:
                    os.close(held)
                return
        wait(_LOOK_S)


def _take(path: Path) -> int | None:
    """The open locked file, or ``None`` when somebody else holds it."""
    # Not handed down to solver processes: a slot is the worker's.
    file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file
    os.close(file)
    return None
