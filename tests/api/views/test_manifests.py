"""Manifests: who is aboard, with names only for those who may have them."""

import csv
import io

import pytest
from starlette.testclient import TestClient

from movplan_api.http.app import create_app
from movplan_api.settings import Settings
from movplan_api.store.tables import AuditEntry
from movplan_api.words import Role, Scope
from tests.api.views.conftest import keep, key, opened


@pytest.fixture(scope="module")
def named(house, first):
    """Names of all members but one; the busiest departure of the first plan."""
    members = first.document_of_scenario()["members"]
    rows = [
        {"member_id": row["member_id"], "name": f"Example {row['member_id']}"}
        for row in members[1:]
    ]
    answer = house.client.put(
        "/v1/identities", json={"identities": rows}, headers=house.full
    )
    assert answer.json() == {"kept": len(members) - 1}
    loads = first.document["departures"]
    return max(loads, key=lambda row: (row["persons"], row["departure_id"]))


def manifest(house, load, headers, **more):
    at = f"/v1/plans/{house.before}/departures/{load['departure_id']}/manifest"
    return house.client.get(at, headers={**headers, **more})


def names_read(house):
    with house.store.transaction() as session:
        query = session.query(AuditEntry).filter_by(action="manifest.names_read")
        return [entry.detail for entry in query]


def test_everybody_aboard_is_listed_once(house, named, first):
    said = manifest(house, named, house.full).json()
    listed = [row["member_id"] for row in said["items"]]
    members = {
        row["member_id"]
        for row in first.document_of_scenario()["members"]
        if row["family_id"] in named["family_ids"]
    }
    assert set(listed) == members
    assert len(listed) == len(members) == named["persons"] == said["persons"]
    assert sum(row["persons"] for row in said["items"]) == named["persons"]
    assert [e["mission_id"] for e in said["escorts"]] == named["mission_ids"]


def test_names_are_for_those_who_may_have_them(house, named):
    before = len(names_read(house))
    said = manifest(house, named, house.full).json()
    assert said["names"] == "joined"
    for row in said["items"]:
        if row["name"] is not None:
            assert row["name"] == f"Example {row['member_id']}"
    assert said["named"] == sum(row["name"] is not None for row in said["items"]) > 0
    log = names_read(house)[before:]
    assert log == [{"departure_id": named["departure_id"], "count": said["named"]}]
    for headers in (house.plain, house.medical):
        answer = manifest(house, named, headers)
        assert answer.json()["names"] == "not_in_scope"
        assert "Example" not in answer.text
    assert len(names_read(house)) == before + 1


def test_needs_and_escorts_are_for_those_who_may_have_them(house, named, first):
    needs = {
        row["member_id"]: row["needs"]
        for row in first.document_of_scenario()["members"]
    }
    told = manifest(house, named, house.medical).json()["items"]
    assert [row["needs"] for row in told] == [needs[r["member_id"]] for r in told]
    only_names = key(house.client, scopes=(Scope.NAMES,))
    hidden = manifest(house, named, only_names).json()
    assert hidden["names"] == "joined"
    assert all(row["needs"] == [] == row["escort_ids"] for row in hidden["items"])
    assert all(row["role"] is None for row in hidden["escorts"])


def test_a_manifest_is_a_table_too(house, named):
    answer = manifest(house, named, house.full, Accept="text/csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["movplan-names"] == "joined"
    assert answer.headers["cache-control"] == "no-store"
    table = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(table) == named["persons"]
    assert any(row["name"].startswith("Example") for row in table)


def test_a_changed_name_is_another_manifest(house, named):
    answer = manifest(house, named, house.full)
    tag = {"If-None-Match": answer.headers["etag"]}
    before = len(names_read(house))
    assert manifest(house, named, house.full, **tag).status_code == 304
    assert len(names_read(house)) == before
    row = next(r for r in answer.json()["items"] if r["name"])
    renamed = [{"member_id": row["member_id"], "name": row["name"]}]
    house.client.put("/v1/identities", json={"identities": renamed}, headers=house.full)
    assert manifest(house, named, house.full, **tag).status_code == 200
    without = manifest(house, named, house.medical)
    assert without.headers["etag"] != answer.headers["etag"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_after_the_purge_the_manifest_has_no_names(url, first):
    with opened(url) as client:
        plan_id = keep(client.app.state.desk.store, "mission", first)
        me = key(client, Role.ADMIN, (Scope.NAMES,))
        load = next(row for row in first.document["departures"] if row["persons"])
        at = f"/v1/plans/{plan_id}/departures/{load['departure_id']}/manifest"
        members = [
            row["member_id"] for row in client.get(at, headers=me).json()["items"]
        ]
        rows = [{"member_id": name, "name": "Example"} for name in members]
        client.put("/v1/identities", json={"identities": rows}, headers=me)
        assert client.get(at, headers=me).json()["named"] == len(members)
        client.delete("/v1/identities", headers=me)
        said = client.get(at, headers=me).json()
        assert (said["named"], len(said["items"])) == (0, len(members))


def test_a_closed_vault_is_said(named, first, tmp_path):
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'm.db'}")
    with TestClient(create_app(settings)) as client:
        plan_id = keep(client.app.state.desk.store, "mission", first)
        me = key(client, scopes=(Scope.NAMES,))
        at = f"/v1/plans/{plan_id}/departures/{named['departure_id']}/manifest"
        said = client.get(at, headers=me).json()
    assert (said["names"], said["named"]) == ("vault_closed", 0)
    assert len(said["items"]) == named["persons"]


def test_no_manifest_of_what_is_not_there(house):
    answer = manifest(house, {"departure_id": "T9"}, house.full)
    assert (answer.status_code, answer.json()["code"]) == (404, "NO_SUCH_DEPARTURE")
