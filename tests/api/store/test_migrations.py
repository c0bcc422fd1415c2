"""Tables go up, down and up again, and are those the code knows."""

import pytest
from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from movplan_api.store import Store, migrate
from movplan_api.store.audit import Actor, record
from movplan_api.store.tables import Base


def test_up_down_up_on_both_databases(url):
    store = Store(url)
    migrate.upgrade(store)
    assert migrate.current(store) == migrate.head()
    assert set(Base.metadata.tables) <= set(inspect(store.engine).get_table_names())
    migrate.downgrade(store, "base")
    assert set(inspect(store.engine).get_table_names()) == {"alembic_version"}
    migrate.upgrade(store)
    command.check(migrate._config(store))  # raises if tables and models differ
    store.close()


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_the_audit_log_is_only_added_to(store, workspace_id, change):
    with store.transaction() as session:
        record(session, Actor(workspace_id), "test", "subject")
    refused = pytest.raises(DatabaseError, match="only ever added")
    with refused, store.transaction() as session:
        session.execute(text(change))
