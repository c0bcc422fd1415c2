"""A whole installation in processes of its own, as ``movplan-server run`` starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx

from movplan_api.cli.giving_keys import give_key
from movplan_api.settings import Settings
from movplan_api.store import Store
from movplan_api.store.migrate import upgrade
from movplan_api.words import Role

T = TypeVar("T")
# Starting takes long where others start at once; what is to be quick is measured.
PATIENCE_S = 180


@dataclass(frozen=True, slots=True)
class Installation:
    """A running service: its address, a planner's key, its database."""

    settings: Settings
    store: Store
    key: str
    pid: int

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://{self.settings.host}:{self.settings.port}"

    def client(self) -> httpx.Client:
        """A client with the key."""
        return httpx.Client(
            base_url=self.address,
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=PATIENCE_S,
        )

    def children(self, word: str) -> list[int]:
        """Process numbers of its children of a kind: ``serve`` or ``worker``."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [pid for pid in map(int, listed.split()) if word in _words(pid)]

    def kill(self, pid: int) -> None:
        """As hard as it goes."""
        os.kill(pid, signal.SIGKILL)


@contextmanager
def installation(settings: Settings, workers: int) -> Iterator[Installation]:
    """Start it, wait until it is ready, end it."""
    settings = settings.model_copy(update={"port": _free_port()})
    store = Store(settings.url)
    upgrade(store)
    key = give_key(store, "mission", "bench", Role.PLANNER, ())
    command = [sys.executable, "-m", "movplan_api", "run", "--workers", str(workers)]
    log = settings.data_dir / "service.log"
    with log.open("ab") as errors:
        house = subprocess.Popen(
            command,
            env=settings.as_environment(),
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
    try:
        made = Installation(settings, store, key, house.pid)
        with made.client() as client:
            until(lambda: _ready(client, workers))
        yield made
    finally:
        house.terminate()
        house.wait(PATIENCE_S)
        store.close()


def until(
    true: Callable[[], T], within_s: float = PATIENCE_S, look_s: float = 0.2
) -> T:
    """What it comes to, once that is something; an answer that fails is nothing."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            found = true()
        except httpx.TransportError:
            found = None  # type: ignore[assignment]
        if found:
            return found
        time.sleep(look_s)
    raise TimeoutError(f"it did not come true within {within_s:g} s")


def _ready(client: httpx.Client, workers: int) -> bool:
    answer = client.get("/health/ready")
    return answer.status_code == 200 and answer.json()["workers"] >= workers


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []
