"""Names over HTTP: who may, both kinds of body, rotation, purge alone."""

import json
import sqlite3

import pytest
from starlette.testclient import TestClient

from movplan_api.cli.giving_keys import give_key
from movplan_api.http.app import create_app
from movplan_api.settings import Settings
from movplan_api.store.access import Access
from movplan_api.store.identities import Identities, SealedIdentity
from movplan_api.store.tables import AuditEntry
from movplan_api.vault.sealing import new_key_text
from movplan_api.words import Role, Scope

ROWS = [
    {"member_id": "F1-1", "name": "Example One", "document_number": "P0000001"},
    {"member_id": "F1-2", "name": "Example Two", "phone": "+93 000 000 001"},
    {"member_id": "ف-۳", "name": "نمونه"},
]
AT = "/v1/identities"
# What has nothing to do with the database is shown on one of them.
on_one = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
WRONG = ("application/json", 422, "INVALID_NAMES")


def opened(url, key):
    """A client of an installation with that key for names."""
    settings = Settings(database_url=url, names_key=key, max_body_bytes=100_000)
    return TestClient(create_app(settings), raise_server_exceptions=False)


def headers(client, role=Role.ADMIN, scopes=(Scope.NAMES,), workspace="mission"):
    store = client.app.state.desk.store
    key = give_key(store, workspace, "test", role, scopes)
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def client(url):
    with opened(url, new_key_text()) as found:
        yield found


def names_in(client, workspace="mission"):
    """All names, opened; by member."""
    desk = client.app.state.desk
    with desk.store.transaction() as session:
        workspace_id = Access(session).workspace_named(workspace).id
        identities = Identities(session, workspace_id)
        ids = [row.member_id for row in identities.page(limit=100).items]
        sealed = identities.of(ids)
    return {m: desk.vault.open(workspace_id, row).name for m, row in sealed.items()}


def test_names_are_kept_replaced_and_listed_without_being_shown(client):
    me = headers(client)
    answer = client.put(AT, json={"identities": ROWS}, headers=me)
    assert (answer.status_code, answer.json()) == (200, {"kept": 3})
    table = 'member_id,name\r\nF1-1,"One, renamed"\r\nF9,Nine\r\n\r\n'
    as_csv = {**me, "Content-Type": "text/csv; charset=utf-8"}
    answer = client.put(AT, content=table.encode("utf-8-sig"), headers=as_csv)
    assert answer.json() == {"kept": 2}
    assert names_in(client) == {
        "F1-1": "One, renamed",
        "F1-2": "Example Two",
        "ف-۳": "نمونه",
        "F9": "Nine",
    }
    page = client.get(f"{AT}?limit=3", headers=me).json()
    assert (len(page["items"]), page["total"]) == (3, 4)
    assert "Example" not in json.dumps(page)
    rest = client.get(f"{AT}?cursor={page['next_cursor']}", headers=me).json()
    seen = [row["member_id"] for row in page["items"] + rest["items"]]
    assert sorted(seen) == sorted(names_in(client))
    assert rest["next_cursor"] is None


REFUSED = [
    (b"{", "application/json", 400, "UNREADABLE"),
    (b"[" * 90_000, "application/json", 400, "UNREADABLE"),
    (b"[]", "application/json", 422, "INVALID_NAMES"),
    (b'{"identities": [{"member_id": "M", "name": " "}]}', *WRONG),
    (b"member_id,name\nM,A\nM,B\n", "text/csv", 422, "INVALID_NAMES"),
    (b"member_id,name\nM\x01,A\n", "text/csv", 422, "INVALID_NAMES"),
    (b"member,name\nM,A\n", "text/csv", 400, "UNREADABLE"),
    (b"member_id,name\nM,A,B,C\n", "text/csv", 422, "INVALID_NAMES"),
    (b"\xff\xfe", "text/csv", 400, "UNREADABLE"),
    (b"{}", "text/plain", 415, "UNREADABLE_KIND"),
    (b"{}", "", 415, "UNREADABLE_KIND"),
    (b"x" * 100_001, "text/csv", 413, "BODY_TOO_LARGE"),
]


@on_one
def test_what_cannot_be_kept_is_refused_whole(client):
    me = headers(client)
    for body, kind, status, code in REFUSED:
        answer = client.put(AT, content=body, headers={**me, "Content-Type": kind})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert names_in(client) == {}


@on_one
def test_refusals_repeat_no_names(client):
    bad = [{"member_id": "M", "name": "Secret Name", "born": "Secret Day"}]
    answer = client.put(AT, json={"identities": bad}, headers=headers(client))
    assert answer.status_code == 422
    assert answer.json()["issues"][0]["path"] == "/identities/0/born"
    assert "Secret" not in answer.text


@on_one
def test_only_those_who_handle_names_may(client):
    body = {"identities": ROWS}
    no_scope = headers(client, Role.ADMIN, (Scope.MEDICAL,))
    answers = [
        client.put(AT, json=body, headers=no_scope),
        client.put(AT, json=body, headers=headers(client, Role.VIEWER)),
        client.get(AT, headers=no_scope),
        client.delete(AT, headers=headers(client, Role.PLANNER)),
        client.delete(f"{AT}/F1-1", headers=headers(client, Role.PLANNER)),
        client.post(f"{AT}:reseal", headers=headers(client, Role.PLANNER)),
    ]
    assert [answer.status_code for answer in answers] == [403] * 6
    assert names_in(client) == {}


def test_names_are_purged_alone(client, first_convoy_text):
    order = b'{"scenario": %s}' % first_convoy_text.encode()
    me = headers(client)
    client.put(AT, json={"identities": ROWS}, headers=me)
    plan = client.post("/v1/plans", content=order, headers=me)
    assert client.delete(f"{AT}/F1-1", headers=me).json() == {"purged": 1}
    again = client.delete(f"{AT}/F1-1", headers=me)
    assert (again.status_code, again.json()["code"]) == (404, "NO_SUCH_NAME")
    assert client.delete(AT, headers=me).json() == {"purged": 2}
    assert client.delete(AT, headers=me).json() == {"purged": 0}
    assert client.get(plan.headers["Location"], headers=me).status_code == 200


def test_another_workspace_has_its_own_names(client):
    mine, theirs = headers(client), headers(client, workspace="other")
    client.put(AT, json={"identities": ROWS}, headers=mine)
    assert client.get(AT, headers=theirs).json()["total"] == 0
    assert client.delete(f"{AT}/F1-1", headers=theirs).status_code == 404
    assert client.delete(AT, headers=theirs).json() == {"purged": 0}
    client.put(AT, json={"identities": ROWS[:1]}, headers=theirs)
    assert len(names_in(client)) == 3
    assert len(names_in(client, "other")) == 1


@on_one
def test_without_a_key_nothing_is_taken_but_names_may_be_purged(url):
    with opened(url, None) as client:
        me = headers(client)
        answer = client.put(AT, json={"identities": ROWS}, headers=me)
        assert (answer.status_code, answer.json()["code"]) == (
            503,
            "NAMES_VAULT_CLOSED",
        )
        assert client.delete(AT, headers=me).json() == {"purged": 0}


def test_a_new_key_takes_over(url):
    old, new = new_key_text(), new_key_text()
    with opened(url, old) as client:
        client.put(AT, json={"identities": ROWS}, headers=headers(client))
    with opened(url, f"1:{old},2:{new}") as client:
        me = headers(client)
        answer = client.post(f"{AT}:reseal", headers=me)
        assert answer.json() == {"resealed": 3, "key_number": 2}
        assert client.post(f"{AT}:reseal", headers=me).json()["resealed"] == 0
    with opened(url, f"2:{new}") as client:
        assert set(names_in(client).values()) == {row["name"] for row in ROWS}


@on_one
def test_the_log_counts_and_names_nobody(client):
    me = headers(client)
    client.put(AT, json={"identities": ROWS}, headers=me)
    client.delete(AT, headers=me)
    with client.app.state.desk.store.transaction() as session:
        entries = session.query(AuditEntry).all()
        said = [(e.action, e.detail) for e in entries if "identities" in e.action]
    assert said == [
        ("identities.kept", {"count": 3}),
        ("identities.purged", {"count": 3}),
    ]


def test_no_name_is_readable_in_the_file(tmp_path):
    path = tmp_path / "m.db"
    with opened(f"sqlite:///{path}", new_key_text()) as client:
        client.put(AT, json={"identities": ROWS}, headers=headers(client))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole = path.read_bytes()
    assert b"F1-1" in whole
    assert b"Example" not in whole
    assert b"P0000001" not in whole


def test_more_names_than_one_statement_carries(store, workspace_id):
    """12,001 names: three statements to keep, three to read."""
    rows = [SealedIdentity(f"M{k}", 1, b"x") for k in range(12_001)]
    with store.transaction() as session:
        identities = Identities(session, workspace_id)
        assert identities.put(rows) == 12_001
        assert len(identities.of([row.member_id for row in rows])) == 12_001
        assert Identities(session, "wsp_other").of(["M1"]) == {}
