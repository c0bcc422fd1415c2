"""Whole installations on either database; each test has one of its own."""

import pytest

from benchmarks.service.databases import postgres
from benchmarks.service.installation import installation
from movplan_api.settings import Settings

WORKERS = 2


@pytest.fixture
def server():
    """A PostgreSQL server that a test may kill."""
    with postgres() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def running(request, tmp_path):
    """API and two workers, on both databases."""
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("server").url
    with installation(Settings(data_dir=tmp_path, database_url=url), WORKERS) as at:
        yield at


@pytest.fixture
def on_postgres(tmp_path, server):
    """The same on the PostgreSQL server of ``server``."""
    settings = Settings(data_dir=tmp_path, database_url=server.url)
    with installation(settings, WORKERS) as at:
        yield at
