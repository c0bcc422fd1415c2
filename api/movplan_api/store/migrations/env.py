"""Run by Alembic: one transaction, one process at a time, on the store's engine."""

from alembic import context
from sqlalchemy import Connection, text

from movplan_api.store.store import Store
from movplan_api.store.tables import Base

# Any number will do, as long as nothing else locks it.
_LOCK = 7_236_411


def _only_ours(name: str | None, kind: str, _parents: object) -> bool:
    """The job engine keeps its tables beside ours; they are none of ours."""
    return kind != "table" or name in Base.metadata.tables


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})


def _run(store: Store) -> None:
    with store.engine.begin() as connection:
        _lock(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_name=_only_ours,
            render_as_batch=store.on_sqlite,
        )
        context.run_migrations()


_run(context.config.attributes["store"])
