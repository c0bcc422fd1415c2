"""One application on each database for all these tests; each test its own workspace."""

import hashlib
import itertools
import json
import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from movplan.application.demos import load_demo
from movplan.application.documents import plan_text, scenario_text
from movplan.application.planning import Limits, plan
from movplan_api.cli.giving_keys import give_key
from movplan_api.http.app import create_app
from movplan_api.jobs.solve import Solver
from movplan_api.settings import Settings
from movplan_api.store.attempts import Attempts, Found
from movplan_api.words import Role, Scope

_numbers = itertools.count(1)


class Service:
    """A client with a key in a workspace of its own."""

    def __init__(self, client, store, workspace, headers):
        self._client, self.store, self.workspace = client, store, workspace
        self.headers = headers

    def get(self, path, **more):
        """GET with the key."""
        return self._client.get(path, headers=self.headers, **more)

    def post(self, path, **more):
        """POST with the key."""
        headers = {**self.headers, **more.pop("headers", {})}
        return self._client.post(path, headers=headers, **more)

    def other(self, role=Role.PLANNER, scopes=(), workspace=None):
        """Somebody else, in the same workspace unless another is named."""
        workspace = workspace or self.workspace
        return caller(self._client, self.store, workspace, role, scopes)

    def solve(self, plan_id):
        """Do what a worker does."""
        solver = Solver(self.store, Settings(), "w", lambda _: None)
        assert solver.solve(plan_id) == "done"
        return self.get(f"/v1/plans/{plan_id}").json()


def caller(client, store, workspace, role, scopes):
    key = give_key(store, workspace, "test", role, tuple(scopes))
    return Service(client, store, workspace, {"Authorization": f"Bearer {key}"})


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def app(request, tmp_path_factory):
    """The application, without workers."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('intake') / 'movplan.db'}"
    else:
        server = request.getfixturevalue("postgres")
        name = f"t{os.urandom(6).hex()}"
        server.psql(f"CREATE DATABASE {name}")
        url = server.get_uri(name)
    made = create_app(Settings(database_url=url, readers=1))
    with TestClient(made, raise_server_exceptions=False) as client:
        client.store = made.state.desk.store
        yield client


@pytest.fixture
def service(app):
    """A planner who may see health."""
    workspace = f"mission-{next(_numbers)}"
    return caller(app, app.store, workspace, Role.PLANNER, [Scope.MEDICAL])


@pytest.fixture(scope="session")
def first() -> str:
    """The demo scenario ``first-convoy`` as JSON text."""
    return scenario_text(load_demo("first-convoy").scenario)


@pytest.fixture
def scenario(first) -> dict:
    """The same, to be changed by a test."""
    return json.loads(first)


@pytest.fixture(scope="session")
def best_plan() -> Found:
    """The best plan of it, made once for all tests."""
    result = plan(load_demo("first-convoy"), Limits(effort=1, seed=1))
    text = plan_text(result.plan)
    return Found(
        plan=text,
        run=result.run.model_dump_json(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        outcome=result.plan.outcome.value,
        stop_reason=result.plan.stop_reason.value,
        levels=tuple(
            row.model_dump(mode="json") for row in result.plan.certificate.levels
        ),
    )


@pytest.fixture
def stored(service, scenario) -> dict:
    """The same, stored in the workspace."""
    answer = service.post("/v1/scenarios", json={"scenario": scenario})
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def finished(service, stored, best_plan) -> dict:
    """A plan of it that has come out."""
    asked = {"scenario_id": stored["id"], "limits": {"effort": 1}}
    plan_id = service.post("/v1/plans", json=asked).json()["id"]
    with service.store.transaction() as session:
        attempts = Attempts(session)
        attempts.complete(attempts.begin(plan_id, "w"), best_plan, log="")
    return service.get(f"/v1/plans/{plan_id}").json()


@pytest.fixture(scope="session")
def folder() -> Path:
    """The files of ``first-convoy``."""
    from movplan.application.demos import demo_folder

    return demo_folder("first-convoy")
