"""Worker processes for tests, and waiting for what they do."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from movplan_api.settings import Settings


@contextmanager
def workers(
    settings: Settings, count: int, *, log: Path | None = None
) -> Iterator[list[subprocess.Popen]]:
    """Worker processes, ended at the end. ``log``: a file for what they log."""
    command = [sys.executable, "-m", "movplan_api", "worker"]
    started: list[subprocess.Popen] = []
    with ExitStack() as stack:
        stack.callback(_end, started)
        to = None if log is None else stack.enter_context(log.open("ab"))
        for _ in range(count):
            environment = settings.as_environment()
            started.append(subprocess.Popen(command, env=environment, stderr=to))
        yield started


def _end(processes: list[subprocess.Popen]) -> None:
    """All of them, also those that a test has stopped."""
    for process in processes:
        process.send_signal(signal.SIGCONT)
        process.terminate()
    for process in processes:
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(true: Callable[[], object], within_s: float = 60, look_s: float = 0.1):
    """What it comes to, once that is something; fails the test if it never is."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(look_s)
    pytest.fail(f"it did not come true within {within_s} s")
