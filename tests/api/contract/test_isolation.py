"""A workspace cannot reach another's anything: every route of the document is tried.

One workspace has a thing of every kind. A stranger, admin of another workspace with all
scopes, tries each operation with the ids of the first: as part of the address, as query
and in bodies. Nothing is found, nothing of the first is in any answer, and afterwards
every row of the first is what it was.
"""

import io
import json
import zipfile

import pytest
from sqlalchemy import inspect, select

from movplan.application.loading import load
from movplan_api.clock import now
from movplan_api.store.in_force import InForcePlans
from movplan_api.store.tables import Base, StoredPlan
from movplan_api.words import Role, Scope
from tests.api.conftest import ROOT
from tests.api.views.conftest import keep, key, made, opened

# Operations without a key, and those that answer the same to everybody.
OPEN = {"/health/live", "/health/ready", "/metrics"}
SAME_FOR_ALL = {"demo_id": "first-convoy"}
# What is read elsewhere names things by these.
BY_ID = {"scenario_id", "plan_id", "against"}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    path = tmp_path_factory.mktemp("isolation") / "movplan.db"
    with opened(f"sqlite:///{path}") as client:
        yield client


@pytest.fixture(scope="module")
def owner(house):
    return key(house, Role.ADMIN, tuple(Scope))


@pytest.fixture(scope="module")
def stranger(house):
    return key(house, Role.ADMIN, tuple(Scope), workspace="stranger")


@pytest.fixture(scope="module")
def theirs(house, owner) -> dict[str, str]:
    """A thing of every kind in the first workspace; ids by the name of the parameter.

    A new kind of thing needs a line here, else the test of every route fails.
    """
    plan = made(load(ROOT / "scenarios/first-convoy"))
    plan_id = keep(house.app.state.desk.store, "mission", plan)
    with house.app.state.desk.store.transaction() as session:
        stored = session.get_one(StoredPlan, plan_id)
        InForcePlans(session, stored.workspace_id).put(plan_id, since=now(), by=None)
    row = plan.document["schedule"][0]
    departure_id, family_id = row["departure_id"], row["family_id"]

    def post(path, body, method="POST"):
        answer = house.request(method, path, json=body, headers=owner)
        assert answer.is_success, answer.text
        return answer.json()

    name = {"member_id": f"{family_id}-1", "name": "Invented"}
    post("/v1/identities", {"identities": [name]}, "PUT")
    study = {"scenario_id": stored.scenario_id, "budget_shares": ["1", "0.5"]}
    event = {
        "kind": "DEPARTED",
        "happened_at": "2026-04-14T07:00:00+00:00",
        "departure_id": departure_id,
    }
    post("/v1/events", {"plan_id": plan_id, "events": [event]})
    hook = {"url": "https://example.org/hook", "kinds": ["plan.finished"]}
    webhook_id = post("/v1/webhooks", hook)["id"]
    queued = post("/v1/plans", {"scenario_id": stored.scenario_id})["id"]
    post(f"/v1/plans/{queued}:cancel", {})
    log = house.get("/v1/webhook-deliveries", headers=owner).json()
    return {
        "webhook_id": webhook_id,
        "delivery_id": log["items"][0]["id"],
        "key_id": post("/v1/keys", {"name": "clerk"})["id"],
        "plan_id": plan_id,
        "scenario_id": stored.scenario_id,
        "departure_id": departure_id,
        "family_id": family_id,
        "member_id": name["member_id"],
        "study_id": post("/v1/studies", study)["id"],
    }


def bodies(theirs):
    """For each operation that needs a body: one that names things of others."""
    scenario, plan = theirs["scenario_id"], theirs["plan_id"]
    event = {"kind": "CANCELLED", "happened_at": "2026-04-14T07:00:00Z"}
    events = [event | {"departure_id": theirs["departure_id"]}]
    withdraw = {"changes": [f"family {theirs['family_id']}: withdraw"]}
    name = {"member_id": theirs["member_id"], "name": "Another"}
    return {
        "POST /v1/plans": {"scenario_id": scenario},
        "POST /v1/plans/{plan_id}:replan": withdraw,
        "POST /v1/plans/{plan_id}:approve": {},
        "POST /v1/studies": {"scenario_id": scenario, "budget_shares": ["1"]},
        "POST /v1/scenarios": {"scenario": {}},
        "POST /v1/scenarios/{scenario_id}/versions": withdraw,
        "POST /v1/validations": {"scenario_id": scenario},
        "POST /v1/checks": {"scenario_id": scenario, "plan_id": plan},
        "POST /v1/events": {"plan_id": plan, "events": events},
        "POST /v1/webhooks": {
            "url": "https://example.org/other",
            "kinds": ["plan.finished"],
        },
        "POST /v1/keys": {"name": "other"},
        "PUT /v1/workspace": {"retention_days": 1},
        "POST /v1/workspace:purge": {"before": now().isoformat()},
        "POST /v1/workspace:remove": {"name": "mission"},
        "PUT /v1/identities": {"identities": [name]},
    }


def operations(document):
    """Every operation: its name, what it takes in the address, whether a body."""
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            taken = {
                one["name"]
                for one in said.get("parameters", ())
                if one["in"] == "path" or one.get("required")
            }
            yield f"{method.upper()} {path}", taken, "requestBody" in said


def text_of(answer):
    """All that an answer says; of a zip what its files say."""
    if answer.headers.get("content-type") != "application/zip":
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def rows_of(house, *, but_of: str):
    """All rows of the database as text, but those of one workspace."""
    found = set()
    with house.app.state.desk.store.transaction() as session:
        for mapper in Base.registry.mappers:
            names = [one.key for one in inspect(mapper).column_attrs]
            for row in session.scalars(select(mapper.class_)):
                values = {name: getattr(row, name) for name in names}
                if but_of not in (values.get("workspace_id"), values.get("id")):
                    found.add(f"{mapper.class_.__name__} {values}")
    return found


def workspace_of(house, headers):
    from movplan_api.store.access import Access

    key_id = headers["Authorization"].split(".")[1]
    with house.app.state.desk.store.transaction() as session:
        return Access(session).key(key_id).workspace_id


def test_every_route_is_tried_and_nothing_is_found(house, owner, stranger, theirs):
    document = house.get("/v1/openapi.json").json()
    sent, mine = bodies(theirs), workspace_of(house, stranger)
    before = rows_of(house, but_of=mine)
    # Ids of the service's own making; those of a mission may be alike by chance.
    secret = {word for word in theirs.values() if "_" in word} | {"Invented"}
    secret.add(workspace_of(house, owner))
    tried = 0
    for operation, taken, has_body in operations(document):
        method, path = operation.split(" ")
        if path in OPEN:
            continue
        if has_body:
            assert operation in sent, f"give {operation} a body here"
        fill = theirs | SAME_FOR_ALL
        unknown = taken - set(fill) - {"against", "by"}
        assert not unknown, f"{operation}: give {unknown} an id of the first workspace"
        query = {"against": theirs["plan_id"], "by": "family"}
        answer = house.request(
            method,
            path.format(**{name: fill[name] for name in taken if name in fill}),
            params={name: query[name] for name in taken & set(query)},
            json=sent.get(operation),
            headers=stranger,
        )
        tried += 1
        names_theirs = taken & set(theirs) or BY_ID & set(sent.get(operation, ()))
        if names_theirs:
            assert answer.status_code == 404, (operation, answer.text)
            assert answer.json()["code"] != "NO_SUCH_ADDRESS", operation
        else:
            asked = json.dumps(sent.get(operation))
            told = [word for word in secret if word in text_of(answer)]
            assert all(word in asked for word in told), (operation, told)
        assert answer.status_code < 500, (operation, answer.text)
    assert tried == sum(path not in OPEN for path in document["paths"]) + sum(
        len(methods) - 1
        for path, methods in document["paths"].items()
        if path not in OPEN
    )
    assert before <= rows_of(house, but_of=mine)


def test_the_owner_finds_what_the_stranger_did_not(house, owner, theirs):
    """Else the test above would show nothing."""
    document = house.get("/v1/openapi.json").json()
    found = 0
    for operation, taken, _ in operations(document):
        method, path = operation.split(" ")
        # Following a plan that is final is 410: it was found.
        if method != "GET" or not taken & set(theirs):
            continue
        params = {"against": theirs["plan_id"], "by": "family"}
        answer = house.get(
            path.format(**theirs),
            params={name: params[name] for name in taken & set(params)},
            headers=owner,
        )
        assert answer.status_code in {200, 410}, (operation, answer.text)
        found += 1
    assert found > 15


def test_nobody_gets_in_without_a_key(house, theirs):
    """Every operation but health and metrics, without a key and with a wrong one."""
    document = house.get("/v1/openapi.json").json()
    for operation, _, _ in operations(document):
        method, path = operation.split(" ")
        if path in OPEN:
            continue
        fill = theirs | SAME_FOR_ALL
        for headers in ({}, {"Authorization": "Bearer mvp.key_x.y"}):
            answer = house.request(method, path.format(**fill), headers=headers)
            assert answer.status_code == 401, (operation, answer.status_code)
            assert answer.headers["www-authenticate"] == "Bearer"
