"""Ctrl-C asks for the best plan so far; a second Ctrl-C gives up."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from movplan.cli.output import complain

GAVE_UP = 130  # what a shell reports for a process ended by Ctrl-C


class StopSwitch:
    """Whether somebody has asked to stop."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def __call__(self) -> bool:
        """Whether to stop."""
        return self._asked.is_set()

    def press(self) -> None:
        """Ask to stop; the second time, end at once."""
        if self._asked.is_set():
            # A solver may sit in native code that no exception reaches.
            os._exit(GAVE_UP)
        self._asked.set()
        complain("Stopping with the best plan so far; Ctrl-C again gives up.")


@contextmanager
def ctrl_c_presses(switch: StopSwitch) -> Iterator[None]:
    """Let Ctrl-C press the switch while the block runs."""

    def press(_number: int, _frame: FrameType | None) -> None:
        switch.press()

    before = signal.signal(signal.SIGINT, press)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
