"""Ctrl-C ends a command: before a plan at once, in a search with the best so far.

A second Ctrl-C always gives up. This module loads before everything else does, so it
imports nothing that takes long.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPED = 3  # the exit code of a command stopped before there was any plan
GAVE_UP = 130  # what a shell reports for a process ended by Ctrl-C
TOO_EARLY = "Stopped before there was any plan."


class Interrupted(BaseException):
    """Ctrl-C while there is no plan. No ``Exception``, so that nobody catches it."""


@contextmanager
def ended_by_ctrl_c() -> Iterator[None]:
    """End the process that runs the block when Ctrl-C is pressed: exit code 3."""
    pressed: list[bool] = []

    def press(_number: int, _frame: FrameType | None) -> None:
        if pressed:
            os._exit(GAVE_UP)
        pressed.append(True)
        raise Interrupted

    signal.signal(signal.SIGINT, press)
    try:
        yield
    except SystemExit:
        raise
    except BaseException:
        # A module cut short while it loads may make another error of it.
        if not pressed:
            raise
        sys.stderr.write(TOO_EARLY + "\n")
        raise SystemExit(STOPPED) from None
    finally:
        # All is done; nothing that the interpreter still tidies up can be stopped.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


class StopSwitch:
    """Whether somebody has asked to stop."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def __call__(self) -> bool:
        """Whether to stop."""
        return self._asked.is_set()

    def press(self) -> None:
        """Ask to stop; the second time, end at once."""
        from movplan.cli.output import complain

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
