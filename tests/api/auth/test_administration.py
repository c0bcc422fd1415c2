"""Admins make, list and revoke keys of their own workspace, and see what was done."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from movplan_api.cli.commands import app
from movplan_api.clock import now
from movplan_api.words import Role, Scope
from tests.api.views.conftest import key, opened


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "movplan.db"
    with opened(f"sqlite:///{path}") as running:
        yield running


def test_an_admin_makes_a_key_that_works(client):
    me = key(client, Role.ADMIN, (Scope.NAMES,), "make")
    asked = {"name": "clerk", "role": "planner", "scopes": ["names", "names"]}
    made = client.post("/v1/keys", json=asked, headers=me)
    assert made.status_code == 201
    theirs = {"Authorization": f"Bearer {made.json()['key']}"}
    said = client.get("/v1/me", headers=theirs).json()
    assert (said["workspace"], said["role"], said["scopes"]) == (
        "make",
        "planner",
        ["names"],
    )
    assert said["key_id"] == made.json()["id"]
    # Its text is shown once: no list and no look has it again.
    secret = made.json()["key"].rsplit(".", 1)[1]
    for path in ("/v1/keys", made.headers["Location"], "/v1/audit"):
        answer = client.get(path, headers=me)
        assert answer.status_code == 200
        assert secret not in answer.text
    assert client.get("/v1/keys", headers=theirs).status_code == 403


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"name": "x", "scopes": ["medical"]}, 403, "SCOPE_MISSING"),
        ({"name": "x", "role": "king"}, 422, "INVALID_REQUEST"),
        ({"name": ""}, 422, "INVALID_REQUEST"),
        ({"name": "a\nb"}, 422, "INVALID_REQUEST"),
        ({"name": "x", "expires_at": "2020-01-01T00:00:00Z"}, 422, "INVALID_REQUEST"),
        ({"name": "x", "expires_at": "2030-01-01T00:00:00"}, 422, "INVALID_REQUEST"),
    ],
)
def test_keys_that_are_not_made(client, asked, status, code):
    """No scope beyond one's own, no key that has ended already."""
    me = key(client, Role.ADMIN, (Scope.NAMES,), "refuse")
    answer = client.post("/v1/keys", json=asked, headers=me)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_only_admins(client):
    for role in (Role.VIEWER, Role.PLANNER):
        me = key(client, role, tuple(Scope), "lowly")
        for method, path, body in (
            ("POST", "/v1/keys", {"name": "x"}),
            ("GET", "/v1/keys", None),
            ("GET", "/v1/audit", None),
            ("GET", "/v1/export", None),
            ("PUT", "/v1/workspace", {"retention_days": 1}),
            ("POST", "/v1/workspace:purge", {"before": "2020-01-01T00:00:00Z"}),
            ("DELETE", "/v1/plans/pln_x", None),
            ("DELETE", "/v1/scenarios/scn_x", None),
            ("GET", "/v1/webhooks", None),
            ("GET", "/v1/webhook-deliveries", None),
        ):
            answer = client.request(method, path, json=body, headers=me)
            assert (answer.status_code, answer.json()["code"]) == (
                403,
                "ROLE_TOO_LOW",
            ), path


def test_a_revoked_key_opens_nothing_and_the_last_admins_stays(client):
    me = key(client, Role.ADMIN, (), "revoke")
    other = key(client, Role.ADMIN, (), "revoke")
    mine = client.get("/v1/me", headers=me).json()["key_id"]
    theirs = client.get("/v1/me", headers=other).json()["key_id"]
    gone = client.post(f"/v1/keys/{theirs}:revoke", headers=me)
    assert gone.json()["revoked_at"] is not None
    assert client.get("/v1/me", headers=other).status_code == 401
    # Again changes nothing, the moment neither.
    again = client.post(f"/v1/keys/{theirs}:revoke", headers=me)
    assert again.json()["revoked_at"] == gone.json()["revoked_at"]
    last = client.post(f"/v1/keys/{mine}:revoke", headers=me)
    assert (last.status_code, last.json()["code"]) == (409, "LAST_ADMIN")
    assert client.get("/v1/me", headers=me).status_code == 200


def test_the_audit_log_says_who_did_what(client):
    me = key(client, Role.ADMIN, (), "audit")
    ids = [
        client.post("/v1/keys", json={"name": f"k{n}"}, headers=me).json()["id"]
        for n in range(3)
    ]
    named = {**me, "X-Request-Id": "audit-request-1"}
    client.post(f"/v1/keys/{ids[0]}:revoke", headers=named)
    mine = client.get("/v1/me", headers=me).json()["key_id"]
    found = client.get("/v1/audit?action=key.revoked", headers=me).json()["items"]
    assert [(row["subject_id"], row["key_id"], row["request_id"]) for row in found] == [
        (ids[0], mine, "audit-request-1")
    ]
    # Page by page, newest first, every entry once.
    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/audit", params=query, headers=me).json()
        seen += [row["id"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == len(seen) == 5
    later = (now() + timedelta(days=1)).isoformat()
    none = client.get("/v1/audit", params={"since": later}, headers=me).json()
    assert none["items"] == []
    assert client.get("/v1/audit?acton=x", headers=me).status_code == 422


def test_from_the_command_line(tmp_path, monkeypatch):
    monkeypatch.setenv("MOVPLAN_DATA_DIR", str(tmp_path))
    run = CliRunner().invoke
    words = ["keys", "create", "--workspace", "m", "--name", "desk", "--days", "30"]
    text = run(app, words).output.strip()
    key_id = text.split(".")[1]
    line = run(app, ["keys", "list"]).output
    assert line.split() == [key_id, "m", "viewer", "-", "until", *line.split()[5:]]
    until = (now() + timedelta(days=30)).date().isoformat()
    assert until in line
    assert text.rsplit(".", 1)[1] not in line
    assert run(app, ["keys", "list", "--workspace", "other"]).output == ""
    assert run(app, ["keys", "revoke", key_id]).exit_code == 0
    assert "revoked" in run(app, ["keys", "list", "--workspace", "m"]).output
    assert run(app, ["keys", "revoke", "key_x"]).exit_code == 1
