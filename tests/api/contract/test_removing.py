"""A workspace is removed with all it holds; others and the audit log stay."""

import json

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from movplan.application.loading import load
from movplan_api.cli.commands import app
from movplan_api.clock import now
from movplan_api.store.attempts import Attempts, SupersededError
from movplan_api.store.in_force import InForcePlans
from movplan_api.store.removing import ALL
from movplan_api.store.tables import AuditEntry, Base, StoredPlan, Worker, Workspace
from movplan_api.words import Role, Scope
from tests.api.conftest import ROOT
from tests.api.views.conftest import keep, key, made, opened

REMOVE = "/v1/workspace:remove"


@pytest.fixture(scope="module")
def convoy():
    return made(load(ROOT / "scenarios/first-convoy"))


@pytest.fixture
def house(url):
    with opened(url) as client:
        client.store = client.app.state.desk.store
        yield client


def furnish(house, convoy, workspace):
    """A workspace with something of everything; its admin's headers, a plan solved."""
    me = key(house, Role.ADMIN, tuple(Scope), workspace=workspace)
    plan_id = keep(house.store, workspace, convoy)
    with house.store.transaction() as session:
        plan = session.get_one(StoredPlan, plan_id)
        InForcePlans(session, plan.workspace_id).put(plan_id, since=now(), by=None)
    scenario = plan.scenario_id

    def post(path, body, method="POST", **headers):
        answer = house.request(method, path, json=body, headers=me | headers)
        assert answer.is_success, answer.text
        return answer.json()

    hook = {"url": "https://example.org/hook", "kinds": ["plan.finished"]}
    post("/v1/webhooks", hook)
    name = {"member_id": "F2-1", "name": "Invented"}
    post("/v1/identities", {"identities": [name]}, "PUT")
    event = {"kind": "CANCELLED", "happened_at": "2026-04-14T07:00:00Z"}
    events = [event | {"departure_id": "MH-0414"}]
    post("/v1/events", {"plan_id": plan_id, "events": events})
    ordered = {"scenario_id": scenario, "limits": {"effort": 1}}
    once = {"Idempotency-Key": "once"}
    solving = post("/v1/plans", ordered, **once)["id"]
    post(f"/v1/plans/{post('/v1/plans', ordered)['id']}:cancel", {})
    post("/v1/studies", {"scenario_id": scenario, "budget_shares": [1]})
    changes = {"changes": ["family F5: withdraw"]}
    post(f"/v1/plans/{plan_id}:replan", changes)
    return me, solving


def rows(store, *, but=()):
    """How many rows there are of each table."""
    with store.transaction() as session:
        return {
            mapper.class_: session.scalar(
                select(func.count()).select_from(mapper.class_)
            )
            for mapper in Base.registry.mappers
            if mapper.class_ not in but
        }


def test_every_table_of_workspaces_is_thought_of():
    """A new table needs a line in ``store.removing``; only workers are nobody's."""
    known = {mapper.class_ for mapper in Base.registry.mappers}
    assert known - {Worker} == set(ALL)


def test_all_of_one_goes_and_nothing_of_the_other(house, convoy):
    theirs, _ = furnish(house, convoy, "other")
    alone = rows(house.store)
    me, solving = furnish(house, convoy, "mission")
    both = rows(house.store)
    with house.store.transaction() as session:
        attempt = Attempts(session).begin(solving, "w")

    asked = {"name": "mission", "dry_run": True}
    dry = house.post(REMOVE, json=asked, headers=me).json()
    assert rows(house.store) == both, "nothing went"
    # The plan in force, one being solved, one cancelled, the replan.
    assert (dry["plans"], dry["scenarios"], dry["identities"]) == (4, 2, 1)
    assert (dry["keys"], dry["studies"], dry["webhooks"]) == (1, 1, 1)

    done = house.post(REMOVE, json={"name": "mission"}, headers=me).json()
    assert done == dry | {"dry_run": False}
    assert rows(house.store, but=[AuditEntry]) == {
        table: count for table, count in alone.items() if table is not AuditEntry
    }
    assert house.get("/v1/me", headers=me).status_code == 401
    assert house.get("/v1/me", headers=theirs).status_code == 200
    # Its worker is told to let go, and a repeated job finds nothing to do.
    with house.store.transaction() as session:
        with pytest.raises(SupersededError):
            Attempts(session).cancel_asked(attempt)
        assert Attempts(session).begin(solving, "another") is None
        query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)
        last = session.scalars(query).one()
    assert (last.action, last.subject_id) == ("workspace.removed", done["id"])
    assert last.detail["plans"] == 4
    assert "mission" not in json.dumps(last.detail)


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [(Role.ADMIN, "other", 409), (Role.PLANNER, "mission", 403)],
)
def test_none_goes_by_a_slip(house, role, name, status):
    me = key(house, role)
    answer = house.post(REMOVE, json={"name": name}, headers=me)
    assert answer.status_code == status
    with house.store.transaction() as session:
        assert session.scalar(select(Workspace.name)) == "mission"


def test_the_command_line_removes_and_still_has_the_log(house, convoy, monkeypatch):
    furnish(house, convoy, "mission")
    monkeypatch.setenv("MOVPLAN_DATABASE_URL", house.store.url_with_password)
    remove = ["workspaces", "remove", "mission"]

    def run(*words, **more):
        return CliRunner().invoke(app, [*words], **more)

    dry = json.loads(run(*remove, "--dry-run").output)
    assert dry["plans"] == 4
    assert run(*remove, input="n\n").exit_code == 1, "asked, and it was no"
    assert "mission" in run("workspaces", "list").output
    done = json.loads(run(*remove, "--yes").output)
    assert done == dry | {"dry_run": False}
    assert run("workspaces", "list").output == ""
    log = run("workspaces", "audit", dry["id"]).output.splitlines()
    assert json.loads(log[0])["action"] == "workspace.removed"
    assert run(*remove).exit_code == 1
