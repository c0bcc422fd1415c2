"""Stopping an engine that does not ask: a thread that asks for it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from movplan.optimiser.progress import Stop

LOOK_S = 0.1


@contextmanager
def watched(stop: Stop, interrupt: Callable[[], object]) -> Iterator[None]:
    """While inside, look every tenth of a second whether to interrupt."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(LOOK_S):
            if stop():
                interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
