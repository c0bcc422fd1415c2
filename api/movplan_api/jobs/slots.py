"""As many solves on one machine as it has cores, however many workers run there.

A slot is a file locked by the worker that solves: the system unlocks it when that
worker is gone, however hard it died. A worker that stands still keeps its lock, but
stops touching the file; then the slot has a second file, so that its plan can be taken
up even where there is only one slot.
"""

import fcntl
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

_LOOK_S = 0.2
_TOUCH_S = 2.0
# Whoever has not touched its slot for so long stands still.
STALLED_S = 20.0


def cores() -> int:
    """The cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def slots_folder(said: Path | None = None) -> Path:
    """Where the slots are: as said, else one of this machine and user. Nobody else may
    write there.
    """
    own = Path(tempfile.gettempdir()) / f"movplan-slots-{os.getuid()}"
    folder = said or own
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def a_slot(
    folder: Path,
    most: int,
    *,
    wait: Callable[[float], None] = time.sleep,
    stalled_s: float = STALLED_S,
) -> Iterator[int]:
    """Wait for a free slot and hold it; its number is given for the log."""
    while True:
        for number in range(most):
            held = _take(folder, number, stalled_s)
            if held is not None:
                try:
                    with _touching(held):
                        yield number
                finally:
                    os.close(held)
                return
        wait(_LOOK_S)


def _take(folder: Path, number: int, stalled_s: float) -> int | None:
    """The open locked file, or ``None`` when somebody who is at work holds it."""
    for nth in count():
        # Not handed down to solver processes: a slot is the worker's.
        flags = os.O_CREAT | os.O_RDWR | os.O_CLOEXEC
        file = os.open(folder / f"{number}.{nth}.lock", flags, 0o600)
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.utime(file)
            return file
        stalled = time.time() - os.fstat(file).st_mtime > stalled_s
        os.close(file)
        if not stalled:
            return None
    raise AssertionError("counting has no end")


@contextmanager
def _touching(file: int) -> Iterator[None]:
    """Touch the file now and then, in a thread: it stands still with its process."""
    ended = threading.Event()

    def touch() -> None:
        while not ended.wait(_TOUCH_S):
            os.utime(file)

    thread = threading.Thread(target=touch, name="slot", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
