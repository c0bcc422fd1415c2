"""Work done in a copy of this process while this one goes on.

After the search both cores are idle, and what is left to do falls apart: the checks of
a plan, its costs from scratch, the checks of the plan in force. A copy (``fork``) has
all that is needed; only what it finds is sent back.
"""

import multiprocessing as mp
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from movplan.optimiser.beside import can_copy_processes

Result = TypeVar("Result")

# Families from which a copy is sooner done than this process by itself.
MANY = 500
# How long it is waited for: so many seconds, and what has passed so many times more.
PATIENCE_S, PATIENCE = 5.0, 3


class Alongside(Generic[Result]):
    """Calls ``work`` in a copy of this process; ``result`` waits for what it returns.

    Where processes cannot be copied, or the copy comes to nothing (for want of memory,
    by an error, by a lock that a thread held when it was made), the work is done here,
    and its errors are raised here.
    """

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work, self._began = work, time.monotonic()
        self._told: Connection | None = None
        if can_copy_processes():
            context = mp.get_context("fork")
            self._told, tell = context.Pipe(duplex=False)
            self._process = context.Process(
                target=_send, args=(work, tell), daemon=True
            )
            self._process.start()
            tell.close()

    def result(self) -> Result:
        """What the work returns; waits for it."""
        if self._told is not None:
            patience = PATIENCE_S + PATIENCE * (time.monotonic() - self._began)
            try:
                if self._told.poll(patience):
                    found: Result = self._told.recv()
                    return found
            except (EOFError, OSError):
                pass  # it ended without a word
            finally:
                self._process.kill()
                self._process.join()
        return self._work()


def meanwhile(work: Callable[[], Result], families: int) -> Callable[[], Result]:
    """Ask for what work returns, later; it begins in a copy if families are many."""
    return Alongside(work).result if families >= MANY else work


def _send(work: Callable[[], Result], tell: Connection) -> None:
    """What the copy does: Ctrl-C is for the process that waits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(Exception):
        tell.send(work())
