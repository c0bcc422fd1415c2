"""The processes that read: kept warm, replaced when one dies."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from movplan_api.problems import UnavailableError

A = TypeVar("A")
R = TypeVar("R")

_NICENESS = 5


class Readers:
    """A few processes that do small heavy things for the HTTP process."""

    def __init__(self, processes: int = 1, *, patience_s: float = 60) -> None:
        self._processes, self._patience_s = processes, patience_s
        self._lock = threading.Lock()
        self._pool = self._new_pool()

    def do(self, task: Callable[[A], R], what: A) -> R:
        """Do it there and wait. Refuses what takes too long or kills its process."""
        pool = self._pool
        try:
            return pool.submit(task, what).result(self._patience_s)
        except BrokenProcessPool:
            self._replace(pool)
            words = "Reading this took more than there is; nothing was stored."
            raise UnavailableError("READER_DIED", words) from None
        except TimeoutError:
            words = "Reading this took too long; nothing was stored."
            raise UnavailableError("READER_BUSY", words) from None

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _new_pool(self) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._processes, spawn, initializer=_settle_in)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = self._new_pool()


def _settle_in() -> None:
    os.nice(_NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
