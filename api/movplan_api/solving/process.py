"""A solver process as its parent sees it."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from movplan_api.solving.errand import Errand
from movplan_api.solving.messages import STOP, Kind, Message
from movplan_api.solving.template import Copied, Template

_KILLED_S = 10
Process = subprocess.Popen[str] | Copied


def solver_command(folder: Path, niceness: int) -> list[str]:
    """How a solver process is started."""
    return [
        sys.executable,
        "-m",
        "movplan_api.solving.child",
        str(folder),
        str(niceness),
    ]


class SolverProcess:
    """One solve in a process of its own: it can be asked to stop, and killed.

    When this process dies, however hard, the child sees its input end and ends too. The
    processes that it starts in turn are of its group, and are killed with it.
    """

    def __init__(
        self,
        errand: Errand,
        command: Sequence[str],
        *,
        started: Copied | None = None,
    ) -> None:
        self._process: Process = started or _start(errand, command)
        self._heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def next_message(self, timeout_s: float) -> Message | None:
        """What it says next, or ``None`` if it says nothing for so long."""
        try:
            return self._heard.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def ask_to_stop(self) -> None:
        """Ask for the best plan so far."""
        down = self._process.stdin
        if down is not None:
            with suppress(BrokenPipeError):
                down.write(STOP)
                down.flush()

    def kill(self) -> None:
        """End it at once."""
        _kill(self._process)

    def __enter__(self) -> "SolverProcess":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.kill()
        self._reader.join(_KILLED_S)
        for stream in (self._process.stdin, self._process.stdout):
            _close(stream)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._heard.put(Message.of_line(line))
        code = self._process.wait()
        # Heard only if nothing was said before it: then it died without a word.
        self._heard.put(Message(Kind.FAULT, {"fault": "SolverDied", "exit_code": code}))


class Spare:
    """A solver process made ahead: most of a small solve is loading what it needs.

    It is a copy of a process that has loaded everything, or if that is gone, one of its
    own. Copies are ordered ahead, so that nobody waits for the first.
    """

    def __init__(self, niceness: int) -> None:
        self.niceness = niceness
        self._template: Template | None = None
        self._ways: tuple[IO[str], IO[str]] | None = None

    def prepare(self) -> None:
        """Order the next one; it waits to be told its folder."""
        if self._ways is not None:
            return
        try:
            self._template = self._template or Template(self.niceness)
            self._ways = self._template.order()
        except OSError:
            self._drop_template()

    def take(self, errand: Errand) -> SolverProcess | None:
        """The one that waits, sent on this errand; ``None``: there is none."""
        found = self._take()
        if found is None:
            return None
        try:
            found.stdin.write(f"{errand.folder}\n")
            found.stdin.flush()
        except BrokenPipeError:
            _end(found)
            return None
        return SolverProcess(errand, (), started=found)

    def close(self) -> None:
        """It is not needed any more."""
        found = self._take()
        if found is not None:
            _end(found)
        self._drop_template()

    def _take(self) -> Copied | None:
        ways, self._ways = self._ways, None
        if ways is None or self._template is None:
            return None
        try:
            return self._template.copy(ways)
        except OSError:
            for way in ways:
                _close(way)
            self._drop_template()
            return None

    def _drop_template(self) -> None:
        if self._template is not None:
            self._template.close()
            self._template = None


def _start(errand: Errand, command: Sequence[str]) -> subprocess.Popen[str]:
    with errand.log_path.open("wb") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=errand.folder,
            encoding="utf-8",
            process_group=0,
        )


def _end(process: Process) -> None:
    _kill(process)
    for stream in (process.stdin, process.stdout):
        _close(stream)


def _kill(process: Process) -> None:
    """It and what it started, which is of its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_KILLED_S)


def _close(stream: IO[str] | None) -> None:
    if stream is not None:
        with suppress(BrokenPipeError):
            stream.close()
