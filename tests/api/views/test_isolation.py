"""Nobody without a key gets a view, nobody of another workspace finds the plan."""

import pytest

from movplan_api.words import Role, Scope
from tests.api.views.conftest import keep, key

PATHS = (
    "",
    "/metadata",
    "/schedule",
    "/departures",
    "/departures/{departure}",
    "/departures/{departure}/manifest",
    "/families",
    "/families/F00007",
    "/costs?by=family",
    "/ledger",
    "/left-out",
    "/deadlines",
    "/missions",
    "/certificate",
    "/input",
    "/diff?against={plan}",
)


@pytest.fixture(scope="module")
def stranger(house):
    scopes = (Scope.NAMES, Scope.MEDICAL)
    return key(house.client, Role.ADMIN, scopes, workspace="stranger")


@pytest.mark.parametrize("path", PATHS)
def test_only_the_workspace_sees_its_plan(house, stranger, first, path):
    departure = first.document["departures"][0]["departure_id"]
    path = path.format(departure=departure, plan=house.before)
    at = f"/v1/plans/{house.before}{path}"
    assert house.client.get(at, headers=house.plain).status_code == 200
    found = house.client.get(at, headers=stranger)
    assert (found.status_code, found.json()["code"]) == (404, "NO_SUCH_PLAN")
    assert house.client.get(at).status_code == 401
    tag = house.client.get(at, headers=house.full).headers["etag"]
    known = house.client.get(at, headers={**stranger, "If-None-Match": tag})
    assert known.status_code == 404


def test_nobody_compares_with_a_plan_of_others(house, stranger, first):
    theirs = keep(house.store, "stranger", first)
    for query in (f"diff?against={house.before}", f"diff?against={house.after}"):
        answer = house.client.get(f"/v1/plans/{theirs}/{query}", headers=stranger)
        assert answer.status_code == 404
    since = f"schedule?changed_since={house.before}"
    answer = house.client.get(f"/v1/plans/{theirs}/{since}", headers=stranger)
    assert answer.status_code == 404


@pytest.mark.parametrize("path", PATHS[2:])
def test_there_is_nothing_to_see_of_a_plan_not_made(house, path):
    me = key(house.client, Role.PLANNER)
    said = house.client.get(f"/v1/plans/{house.before}/metadata", headers=me).json()
    order = {"scenario_id": said["scenario_id"]}
    queued = house.client.post("/v1/plans", json=order, headers=me).json()["id"]
    path = path.format(departure="T1", plan=house.before)
    answer = house.client.get(f"/v1/plans/{queued}{path}", headers=me)
    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_FINISHED")
    assert house.client.get(f"/v1/plans/{queued}", headers=me).json()["plan"] is None
