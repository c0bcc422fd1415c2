"""The database: one engine, and transactions on it."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

T = TypeVar("T")

_BUSY_MS = 30_000
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 3.0


class Store:
    """An engine with its sessions. ``url`` is SQLite's or PostgreSQL's."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(make_url(url))
        self.engine = _engine(self.url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that is committed at the end, or rolled back by an exception."""
        with self._sessions.begin() as session:
            yield session

    def patiently(self, work: Callable[[Session], T], *, wait_s: float = 120) -> T:
        """Do the work in a transaction; while the database is away, wait and try again.

        The work may be done twice when the database goes away while it commits, so it
        must be safe to repeat.
        """
        give_up_at, pause_s = time.monotonic() + wait_s, _FIRST_PAUSE_S
        while True:
            try:
                with self.transaction() as session:
                    return work(session)
            except OperationalError:
                if time.monotonic() > give_up_at:
                    raise
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def answers(self) -> bool:
        """Whether the database can be asked something; raises what goes wrong."""
        with self.engine.connect() as connection:
            return bool(connection.execute(text("SELECT 1")).scalar_one())

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @property
    def on_sqlite(self) -> bool:
        """Whether this is the one-file database."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def url_with_password(self) -> str:
        """The address as the job engine takes it. Never log it."""
        plain = self.url if self.on_sqlite else self.url.set(drivername="postgresql")
        return plain.render_as_string(hide_password=False)


def _with_driver(url: URL) -> URL:
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        return url
    raise ValueError(f"Expected SQLite or PostgreSQL, not {url.get_backend_name()!r}.")


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        # A connection may have died with its server: try it before handing it out.
        return create_engine(
            url,
            pool_size=10,
            max_overflow=20,
            pool_pre_ping=True,
            # Values are of people: they stay out of messages of faults.
            hide_parameters=True,
        )
    if url.database:
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_private(path)
    engine = create_engine(url, pool_size=10, max_overflow=20, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _make_private(path: Path) -> None:
    """The file holds personal data: nobody else on the machine may read it."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Writers queue from their first write on (no upgrade of a read lock can fail);
    # readers never wait: they see the last committed state.
    connection.isolation_level = "IMMEDIATE"
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
