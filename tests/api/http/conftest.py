"""The application with its desk open, without workers."""

import json

import pytest
from starlette.testclient import TestClient

from movplan_api.cli.giving_keys import give_key
from movplan_api.http.app import create_app
from movplan_api.settings import Settings
from movplan_api.words import Role


@pytest.fixture
def app_client(url):
    """A client without a key."""
    settings = Settings(database_url=url, max_body_bytes=200_000)
    app = create_app(settings)
    with TestClient(app, raise_server_exceptions=False) as client:
        client.store = app.state.desk.store
        yield client


@pytest.fixture
def as_role(app_client):
    """Headers with a new key of a role, in a workspace."""

    def headers(role: Role, workspace: str = "mission") -> dict[str, str]:
        key = give_key(app_client.store, workspace, "test", role, ())
        return {"Authorization": f"Bearer {key}"}

    return headers


@pytest.fixture
def order(first_convoy_text) -> bytes:
    """A request for a plan of the first convoy."""
    return json.dumps(
        {"scenario": json.loads(first_convoy_text), "limits": {"effort": 1}}
    ).encode()
