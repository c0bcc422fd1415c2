"""Worker processes for tests, and waiting for what they do."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from movplan_api.settings import Settings


@contextmanager
def workers(settings: Settings, count: int) -> Iterator[list[subprocess.Popen]]:
    """Worker processes, ended at the end."""
    command = [sys.executable, "-m", "movplan_api", "worker"]
    started = [
        subprocess.Popen(command, env=settings.as_environment()) for _ in range(count)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


def until(true: Callable[[], object], within_s: float = 60, look_s: float = 0.1):
    """What it comes to, once that is something; fails the test if it never is."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(look_s)
    pytest.fail(f"it did not come true within {within_s} s")
