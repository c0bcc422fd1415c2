"""The service as a caller meets it: on a port of its own, with a worker if wanted."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from movplan_api.cli.giving_keys import give_key
from movplan_api.http.app import create_app
from movplan_api.settings import Settings
from movplan_api.store import Store
from movplan_api.vault.sealing import new_key_text
from movplan_api.words import Role, Scope


@dataclass(frozen=True, slots=True)
class Served:
    """A running service."""

    url: str
    settings: Settings
    store: Store

    def key(
        self,
        role: Role,
        workspace: str = "mission",
        scopes: tuple[Scope, ...] = tuple(Scope),
    ) -> str:
        """A new key's text."""
        return give_key(self.store, workspace, "test", role, scopes)


def settings_in(folder: Path, **more: object) -> Settings:
    """Settings of a service with its files in a folder, and a key for names."""
    return Settings(data_dir=folder, names_key=new_key_text(), **more)


@contextmanager
def served(settings: Settings) -> Iterator[Served]:
    """Serve in a thread; ended at the end."""
    app = create_app(settings)
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="error", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Served(f"http://127.0.0.1:{port}", settings, app.state.desk.store)
    finally:
        server.should_exit = True
        thread.join(20)
