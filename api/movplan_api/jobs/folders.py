"""Folders of solves: private while in use, cleared away when their worker died.

They hold data of people. A worker holds a lock on each of its own; one that nobody
holds was left behind when worker and solver died together.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "movplan-solve-"
_LOCK = ".lock"
# A folder made just now may not have its lock yet.
_NEW_S = 60


@contextmanager
def solve_folder(under: Path | None = None) -> Iterator[Path]:
    """A new folder, locked; gone at the end."""
    with tempfile.TemporaryDirectory(
        prefix=_PREFIX, dir=under, ignore_cleanup_errors=True
    ) as name:
        held = os.open(Path(name) / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield Path(name)
        finally:
            os.close(held)


def clear_left_behind(under: Path | None = None) -> int:
    """Remove what nobody holds; how many that were."""
    root = Path(tempfile.gettempdir()) if under is None else under
    return sum(_clear(folder) for folder in root.glob(f"{_PREFIX}*"))


def _clear(folder: Path) -> bool:
    with suppress(OSError):
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            return False
        if time.time() - folder.stat().st_mtime < _NEW_S or _is_held(folder / _LOCK):
            return False
        shutil.rmtree(folder)
        return True
    return False


def _is_held(lock: Path) -> bool:
    if not lock.exists():
        return False
    held = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(held)
    return False
