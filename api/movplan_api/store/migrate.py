"""Bring the database to the tables this version of the service knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from movplan_api.store.store import Store

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(store: Store, revision: str = "head") -> None:
    """Apply what is missing; several processes may ask at once, one does it."""
    command.upgrade(_config(store), revision)


def downgrade(store: Store, revision: str) -> None:
    """Take back migrations down to a revision (``base``: all)."""
    command.downgrade(_config(store), revision)


def current(store: Store) -> str | None:
    """The revision the database is at."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision this version of the service needs."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return ScriptDirectory.from_config(config).get_current_head()


def _config(store: Store) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["store"] = store
    return config
