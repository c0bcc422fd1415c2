"""Solver processes copied from one that has loaded everything (``copying``)."""

import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import IO

_LOADED_S = 120


class Copied:
    """A solver process made by the template, used like one that was started here."""

    def __init__(self, pid: int, stdin: IO[str], stdout: IO[str]) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self._watch: int | None = None
        with suppress(ProcessLookupError):
            self._watch = os.pidfd_open(pid)

    def wait(self, timeout: float | None = None) -> int | None:
        """Until it has ended, how is not known; ``TimeoutExpired`` if it has not."""
        if self._watch is None:
            return None
        end = select.poll()
        end.register(self._watch, select.POLLIN)
        if not end.poll(None if timeout is None else 1000 * timeout):
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return None

    def __del__(self) -> None:
        if self._watch is not None:
            os.close(self._watch)


class Template:
    """One loaded process and the copies ordered of it, each handed out in turn."""

    def __init__(self, niceness: int) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "movplan_api.solving.copying", str(niceness)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,
            )
        self._line.settimeout(_LOADED_S)

    def order(self) -> tuple[IO[str], IO[str]]:
        """Order a copy: the ways to and from it. ``OSError``: the template is gone."""
        read_down, write_down = os.pipe()
        read_up, write_up = os.pipe()
        try:
            socket.send_fds(self._line, [b"+"], [read_down, write_up])
        except OSError:
            os.close(write_down)
            os.close(read_up)
            raise
        finally:
            os.close(read_down)
            os.close(write_up)
        return (
            os.fdopen(write_down, "w", encoding="utf-8"),
            os.fdopen(read_up, encoding="utf-8"),
        )

    def copy(self, ways: tuple[IO[str], IO[str]]) -> Copied:
        """The copy ordered; waits until the template has loaded everything."""
        said = b""
        while not said.endswith(b"\n"):
            part = self._line.recv(1)
            if not part:
                raise BrokenPipeError("the template is gone")
            said += part
        return Copied(int(said), *ways)

    def close(self) -> None:
        """It is not needed any more; copies at work go on."""
        self._line.close()
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
