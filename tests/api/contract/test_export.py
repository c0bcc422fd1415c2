"""An export has everything and no secret; a purge takes what may go, and no more."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from movplan.application.loading import load
from movplan_api.clock import now
from movplan_api.jobs.retention import forget_what_is_old
from movplan_api.store.access import Access
from movplan_api.store.in_force import InForcePlans
from movplan_api.store.tables import PlanDocument, StoredPlan, StoredScenario
from movplan_api.words import Role, Scope
from tests.api.conftest import ROOT
from tests.api.views.conftest import keep, key, made, opened


@pytest.fixture(scope="module")
def convoy():
    return made(load(ROOT / "scenarios/first-convoy"))


@pytest.fixture
def client(url):
    with opened(url) as running:
        yield running


def stored(client, convoy, workspace="mission", parent_id=None):
    return keep(client.app.state.desk.store, workspace, convoy, parent_id)


def files_of(client, headers):
    answer = client.get("/v1/export", headers=headers)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_an_export_has_everything_and_no_secret(client, convoy):
    plan_id = stored(client, convoy)
    me = key(client, Role.ADMIN, tuple(Scope))
    name = {"member_id": "F1-1", "name": "Invented Person"}
    client.put("/v1/identities", json={"identities": [name]}, headers=me)
    hook = {"url": "https://example.org/hook", "kinds": ["plan.finished"]}
    webhook = client.post("/v1/webhooks", json=hook, headers=me).json()
    files = files_of(client, me)
    assert json.loads(files[f"plans/{plan_id}/plan.json"]) == convoy.document
    plan = json.loads(files["plans.jsonl"])
    scenario = json.loads(files[f"scenarios/{plan['scenario_id']}.json"])
    assert scenario == convoy.document_of_scenario()
    assert "Invented Person" in files["identities.csv"]
    webhooks = [json.loads(line) for line in files["webhooks.jsonl"].splitlines()]
    assert [row["id"] for row in webhooks] == [webhook["id"]]
    everything = "\n".join(files.values())
    secrets = (webhook["secret"], me["Authorization"].rsplit(".", 1)[1])
    assert not any(secret in everything for secret in secrets)
    assert not any(word in everything for word in ("sha256_", "secret_sha256"))
    actions = [json.loads(line)["action"] for line in files["audit.jsonl"].splitlines()]
    assert "workspace.exported" in actions


def test_without_scopes_no_names_and_no_health(client, convoy):
    plan_id = stored(client, convoy)
    full, plain = (key(client, Role.ADMIN, scopes) for scopes in (tuple(Scope), ()))
    name = {"member_id": "F1-1", "name": "Invented Person"}
    client.put("/v1/identities", json={"identities": [name]}, headers=full)
    files = files_of(client, plain)
    everything = "\n".join(files.values())
    assert "Invented Person" not in everything
    assert "identities.csv" not in files
    assert f"plans/{plan_id}/solver.log" not in files
    scenario_id = json.loads(files["plans.jsonl"])["scenario_id"]
    hidden = json.loads(files[f"scenarios/{scenario_id}.json"])
    needs = [member["needs"] for member in hidden["members"]]
    assert set(map(len, needs)) == {0}
    assert any(m["needs"] for m in convoy.document_of_scenario()["members"])


def test_a_plan_is_purged_alone(client, convoy):
    """Not while it is in force or being made; what came from it stays."""
    first = stored(client, convoy)
    second = stored(client, convoy, parent_id=first)
    me = key(client, Role.ADMIN, tuple(Scope))
    store = client.app.state.desk.store
    with store.transaction() as session:
        row = session.get_one(StoredPlan, second)
        scenario_id = row.scenario_id
        InForcePlans(session, row.workspace_id).put(second, since=now(), by=None)
    refused = client.delete(f"/v1/plans/{second}", headers=me)
    assert (refused.status_code, refused.json()["code"]) == (409, "IN_FORCE")
    order = {"scenario_id": scenario_id}
    queued = client.post("/v1/plans", json=order, headers=me).json()["id"]
    refused = client.delete(f"/v1/plans/{queued}", headers=me)
    assert (refused.status_code, refused.json()["code"]) == (409, "NOT_FINAL")
    needed = client.delete(f"/v1/scenarios/{scenario_id}", headers=me)
    assert (needed.status_code, needed.json()["code"]) == (409, "STILL_NEEDED")
    assert client.delete(f"/v1/plans/{first}", headers=me).status_code == 204
    assert client.get(f"/v1/plans/{first}", headers=me).status_code == 404
    left = client.get(f"/v1/plans/{second}", headers=me).json()
    assert left["metadata"]["parent_id"] is None
    assert left["plan"] == convoy.document
    with store.transaction() as session:
        assert session.scalar(select(func.count()).select_from(PlanDocument)) == 1
    log = client.get("/v1/audit?action=plan.purged", headers=me).json()["items"]
    assert [entry["subject_id"] for entry in log] == [first]


def test_a_scenario_nobody_needs_goes(client, convoy):
    plan_id = stored(client, convoy)
    me = key(client, Role.ADMIN)
    state = client.get(f"/v1/plans/{plan_id}/metadata", headers=me).json()
    at = f"/v1/scenarios/{state['scenario_id']}"
    client.delete(f"/v1/plans/{plan_id}", headers=me)
    assert client.delete(at, headers=me).status_code == 204
    assert client.get(at, headers=me).status_code == 404


def test_all_before_a_moment_but_what_is_in_force(client, convoy):
    """Two old plans and a new one; the older in force: one goes."""
    plans = [stored(client, convoy) for _ in range(3)]
    me = key(client, Role.ADMIN)
    with client.app.state.desk.store.transaction() as session:
        rows = [session.get_one(StoredPlan, plan_id) for plan_id in plans]
        for row in rows[:2]:
            row.finished_at = now() - timedelta(days=40)
        workspace = rows[0].workspace_id
        InForcePlans(session, workspace).put(plans[0], since=now(), by=None)
    before = (now() - timedelta(days=30)).isoformat()
    gone = client.post("/v1/workspace:purge", json={"before": before}, headers=me)
    assert gone.json() == {
        "plans": 1,
        "studies": 0,
        "scenarios": 0,
        "events": 0,
        "notices": 0,
    }
    left = client.get("/v1/plans", headers=me).json()["items"]
    assert {row["id"] for row in left} == {plans[0], plans[2]}
    later = {"before": (now() + timedelta(days=1)).isoformat()}
    refused = client.post("/v1/workspace:purge", json=later, headers=me)
    assert refused.status_code == 422


def test_workers_keep_to_the_retention_of_each_workspace(client, convoy):
    old = stored(client, convoy, "short")
    others = stored(client, convoy, "long")
    me = key(client, Role.ADMIN, workspace="short")
    answer = client.put("/v1/workspace", json={"retention_days": 30}, headers=me)
    assert answer.json()["retention_days"] == 30
    store = client.app.state.desk.store
    with store.transaction() as session:
        for plan_id in (old, others):
            plan = session.get_one(StoredPlan, plan_id)
            plan.finished_at = now() - timedelta(days=31)
        for scenario in session.scalars(select(StoredScenario)):
            scenario.created_at = now() - timedelta(days=31)
    assert forget_what_is_old(store) == 1
    assert forget_what_is_old(store) == 0
    with store.transaction() as session:
        assert session.scalars(select(StoredPlan.id)).all() == [others]
        home = Access(session).workspace_named("long")
        owners = session.scalars(select(StoredScenario.workspace_id)).all()
        assert owners == [home.id]
    log = client.get("/v1/audit?action=workspace.purged", headers=me).json()["items"]
    assert [(row["key_id"], row["detail"]["plans"]) for row in log] == [(None, 1)]
    # Without a retention nothing goes: the answer may be changed back.
    kept = client.put("/v1/workspace", json={"retention_days": None}, headers=me)
    assert kept.json()["retention_days"] is None
    for wrong in (0, -1, "x", 1e9):
        body = {"retention_days": wrong}
        assert client.put("/v1/workspace", json=body, headers=me).status_code == 422
