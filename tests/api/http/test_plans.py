"""Plans over HTTP: hand in once, look, list, cancel, and nothing of others."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from movplan_api.words import Role


def test_a_plan_is_accepted_and_can_be_looked_up(app_client, as_role, order):
    me = as_role(Role.PLANNER)
    answer = app_client.post("/v1/plans", content=order, headers=me)
    assert answer.status_code == 202
    at = answer.headers["Location"]
    said = app_client.get(f"{at}/metadata", headers=me).json()
    assert (said["status"], said["limits"]["effort"]) == ("QUEUED", 1)
    assert app_client.get(at, headers=me).json()["plan"] is None
    listed = app_client.get("/v1/plans", headers=me).json()["items"]
    assert [plan["id"] for plan in listed] == [said["id"]]


def test_the_same_key_ten_times_at_once_gives_one_plan(app_client, as_role, order):
    me = {**as_role(Role.PLANNER), "Idempotency-Key": "once"}

    def post(_: int) -> tuple[int, str]:
        answer = app_client.post("/v1/plans", content=order, headers=me)
        return answer.status_code, answer.json()["id"]

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(post, range(10)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 202
    listed = app_client.get("/v1/plans", headers=me).json()["items"]
    assert len(listed) == 1


def test_a_queued_plan_is_cancelled(app_client, as_role, order):
    me = as_role(Role.PLANNER)
    at = app_client.post("/v1/plans", content=order, headers=me).headers["Location"]
    for _ in range(2):
        answer = app_client.post(f"{at}:cancel", headers=me)
        assert (answer.status_code, answer.json()["status"]) == (200, "CANCELLED")


def test_a_viewer_looks_and_does_nothing(app_client, as_role, order):
    at = app_client.post(
        "/v1/plans", content=order, headers=as_role(Role.PLANNER)
    ).headers["Location"]
    viewer = as_role(Role.VIEWER)
    assert app_client.get(at, headers=viewer).status_code == 200
    for path in ("/v1/plans", f"{at}:cancel"):
        answer = app_client.post(path, content=order, headers=viewer)
        assert (answer.status_code, answer.json()["code"]) == (403, "ROLE_TOO_LOW")


def test_another_workspace_finds_nothing(app_client, as_role, order):
    mine = app_client.post("/v1/plans", content=order, headers=as_role(Role.PLANNER))
    at, theirs = mine.headers["Location"], as_role(Role.ADMIN, "other")
    looks = [app_client.get(path, headers=theirs) for path in (at, f"{at}/metadata")]
    looks.append(app_client.post(f"{at}:cancel", headers=theirs))
    by_id = {"scenario_id": mine.json()["scenario_id"]}
    looks.append(app_client.post("/v1/plans", json=by_id, headers=theirs))
    assert [answer.status_code for answer in looks] == [404] * 4
    assert app_client.get("/v1/plans", headers=theirs).json()["items"] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/plans"),
        ("POST", "/v1/plans"),
        ("GET", "/v1/plans/x"),
        ("GET", "/v1/plans/x/metadata"),
        ("POST", "/v1/plans/x:cancel"),
    ],
)
def test_without_a_key_there_is_no_way_in(app_client, method, path):
    answer = app_client.request(method, path)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"


def test_plans_are_found_by_what_they_are(app_client, as_role, order):
    me = as_role(Role.PLANNER)
    tagged = json.loads(order) | {"tags": ["may", "trial"]}
    first = app_client.post("/v1/plans", json=tagged, headers=me).json()
    second = app_client.post("/v1/plans", content=order, headers=me).json()
    app_client.post(f"/v1/plans/{second['id']}:cancel", headers=me)

    def ids(query: str) -> list[str]:
        answer = app_client.get(f"/v1/plans?{query}", headers=me)
        assert answer.status_code == 200
        return [plan["id"] for plan in answer.json()["items"]]

    assert ids("tag=may") == ids("status=QUEUED") == [first["id"]]
    assert ids("tag=april") == ids("outcome=OPTIMAL") == []
    assert ids("stop_reason=CANCELLED&status=CANCELLED") in ([], [second["id"]])
    both = f"scenario_id={first['scenario_id']}&created_since=2026-01-01T00:00:00Z"
    assert ids(both) == [second["id"], first["id"]]
    for wrong in ("outcome=BEST", "colour=red", "created_since=today", "tag="):
        assert app_client.get(f"/v1/plans?{wrong}", headers=me).status_code == 422


def test_a_poll_that_brings_nothing_new_is_short(app_client, as_role, order):
    me = as_role(Role.PLANNER)
    at = app_client.post("/v1/plans", content=order, headers=me).headers["Location"]
    tags = {}
    for path in (at, f"{at}/metadata"):
        tags[path] = app_client.get(path, headers=me).headers["etag"]
        known = {**me, "If-None-Match": tags[path]}
        assert app_client.get(path, headers=known).status_code == 304
    app_client.post(f"{at}:cancel", headers=me)
    for path, tag in tags.items():
        answer = app_client.get(path, headers={**me, "If-None-Match": tag})
        assert answer.json().get("metadata", answer.json())["status"] == "CANCELLED"
