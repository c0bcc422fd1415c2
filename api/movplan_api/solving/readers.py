"""The processes that read: kept warm, ended when they take too long, replaced."""

import importlib
import multiprocessing
import os
import queue
import resource
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TypeVar

from movplan_api.problems import TooLargeError, UnavailableError

A = TypeVar("A")
R = TypeVar("R")

_NICENESS = 5
# More than this many callers waiting would leave no thread for anybody else.
_MOST_WAITING = 24
_START_S = 60
_ENDED_S = 2
_MOST_MEMORY = 3_000_000_000


class Readers:
    """A few processes that do small heavy things for the HTTP process.

    Each does one thing at a time. ``patience_s``: how long a caller waits for one that
    is free; ``deadline_s``: how long it may then take before its process is ended.
    """

    def __init__(
        self,
        processes: int = 1,
        *,
        patience_s: float = 30,
        deadline_s: float = 30,
    ) -> None:
        self._patience_s, self._deadline_s = patience_s, deadline_s
        self._free: queue.LifoQueue[_Reader] = queue.LifoQueue()
        self._all = [_Reader() for _ in range(processes)]
        for reader in self._all:
            self._free.put(reader)
        self._waiting = threading.Semaphore(_MOST_WAITING)

    def do(self, task: Callable[[A], R], what: A) -> R:
        """Do it there and wait. Refusals that the task raises are raised here."""
        if not self._waiting.acquire(blocking=False):
            raise _busy()
        try:
            reader = self._free.get(timeout=self._patience_s)
        except queue.Empty:
            raise _busy() from None
        finally:
            self._waiting.release()
        try:
            return reader.do(task, what, self._deadline_s)
        finally:
            self._free.put(reader)

    def warm_up(self) -> None:
        """Start the first process now, so that the first caller need not wait."""
        threading.Thread(target=self.do, args=(_nothing, None), daemon=True).start()

    def close(self) -> None:
        """End the processes."""
        for reader in self._all:
            reader.close()


class _Reader:
    """One process; it starts with its first task."""

    def __init__(self) -> None:
        self._pool = _new_pool()
        self._warm = False

    def do(self, task: Callable[[A], R], what: A, deadline_s: float) -> R:
        try:
            if not self._warm:
                # Starting takes seconds that are not the task's.
                self._pool.submit(_warm_up).result(_START_S)
                self._warm = True
            return self._pool.submit(task, what).result(deadline_s)
        except BrokenProcessPool:
            self._replace()
            words = "Reading this took more than there is; nothing was stored."
            raise UnavailableError("READER_DIED", words) from None
        except TimeoutError:
            self._replace()
            words = f"Reading this took more than {deadline_s:g} s; nothing was stored."
            raise TooLargeError("READING_TOOK_TOO_LONG", words) from None
        except MemoryError:
            words = "Reading this takes too much memory; nothing was stored."
            raise TooLargeError("READING_TOO_BIG", words) from None

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _replace(self) -> None:
        # The executor has no public way to end a process that is at work.
        running = dict(self._pool._processes or {})  # noqa: SLF001
        for process in running.values():
            with suppress(OSError):
                process.kill()
                process.join(_ENDED_S)
        self.close()
        self._pool, self._warm = _new_pool(), False


def _busy() -> UnavailableError:
    words = "Many others send big things at once; nothing was stored."
    return UnavailableError("READER_BUSY", words, headers={"Retry-After": "5"})


def _new_pool() -> ProcessPoolExecutor:
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, spawn, initializer=_settle_in)


def _warm_up() -> None:
    """What reading needs is loaded."""
    importlib.import_module("movplan_api.solving.intake")


def _nothing(_: None) -> None:
    """A task that only takes a started process."""


def _settle_in() -> None:
    os.nice(_NICENESS)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, hard))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
