"""Compile the walk before it is needed: once per version of movplan and machine.

It takes 20 to 40 s, which no plan should wait for: setting up does it, and
where it was not done a process beside does, while the search goes on without walks.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np
from llvmlite import binding  # type: ignore[import-untyped]

from movplan.optimiser.annealing.anneal import (
    anneal,
    board,
    embark,
    keep_only,
    restore_rows,
)
from movplan.optimiser.annealing.items import Items, Position, Trail

if sys.platform != "win32":
    import fcntl

# What is compiled, and what that is given.
COMPILED = ("anneal.py", "compiled.py", "items.py", "moves.py")


def prepare() -> None:
    """Compile all that walks call, for the arrays they call it with.

    What was compiled before is forgotten: numba looks whether a function's own file has
    changed, not whether what it calls has. One process does so at a time: another would
    take away what the first is about to call done.
    """
    done = _done()
    if done is None:
        _call_all()
        return
    with alone(done.parent / "walk.lock"):
        if not done.exists():
            for name in COMPILED:
                for kept in done.parent.glob(f"{Path(name).stem}.*.nb[ic]"):
                    kept.unlink(missing_ok=True)
        _call_all()
        done.touch()


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Wait until no other process is at it; a process that ends gives way."""
    if sys.platform == "win32":
        yield
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _call_all() -> None:
    """Call all that is compiled, with nobody to move."""
    nothing, starts = np.zeros(0, np.int64), np.zeros(1, np.int64)
    items = _no_items()
    at = Position(
        has=np.zeros((0, 1), np.int64),
        number=nothing,
        left=nothing,
        plant=nothing,
        value=starts,
        spent=np.zeros(1),
        broken=starts.copy(),
    )
    trail = Trail(
        size=np.zeros(4, np.int64),
        bloc=nothing,
        number=nothing,
        has=np.zeros((0, 1), np.int64),
        plant=nothing,
        change=nothing,
        row=nothing,
        mark=nothing,
    )
    board(items, at, nothing)
    keep_only(items, at, nothing)
    embark(items, at, nothing, nothing, nothing, 0)
    anneal(items, at, at.copy(), trail, trail, 0, 0, 1.0, 1.0, 1.0)
    restore_rows(items, at, trail, 0)


def _no_items() -> Items:
    nothing, starts = np.zeros(0, np.int64), np.zeros(1, np.int64)
    lists: dict[str, Any] = {"ptr": starts, "price": np.zeros(0)}
    for name in Items._fields:
        if name.startswith("first_"):
            lists[name] = 0
        elif name not in lists:
            lists[name] = starts if name.endswith("_ptr") else nothing
    return Items(**lists)


@cache
def prepare_beside() -> "subprocess.Popen[bytes]":
    """The one other process that compiles."""
    command = [sys.executable, "-m", "movplan.optimiser.annealing"]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def is_prepared() -> bool:
    """Whether walks can begin at once. Yes where nothing can be kept between runs."""
    done = _done()
    return done is None or done.exists()


@cache
def _done() -> Path | None:
    """The file that says all is compiled as it now stands; none if nothing is kept."""
    kept = getattr(anneal, "stats", None)
    if kept is None or kept.cache_path is None:
        return None
    here = Path(__file__).parent
    source = b"".join((here / name).read_bytes() for name in COMPILED)
    cpu = binding.get_host_cpu_name() + binding.get_host_cpu_features().flatten()
    version = f"{numba.__version__} {sys.version} {np.__version__} {cpu}"
    digest = hashlib.sha256(source + version.encode()).hexdigest()[:16]
    return Path(kept.cache_path) / f"walk-{digest}.done"
