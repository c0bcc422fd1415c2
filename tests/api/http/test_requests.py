"""What every request gets: an id, secure headers, problem details when refused."""

import json

import pytest

from movplan_api.words import Role


def test_every_answer_has_an_id_and_secure_headers(app_client):
    answer = app_client.get("/health/live")
    assert answer.headers["x-request-id"].startswith("req_")
    assert answer.headers["x-content-type-options"] == "nosniff"
    named = app_client.get("/health/live", headers={"X-Request-Id": "my-own-id-1"})
    assert named.headers["x-request-id"] == "my-own-id-1"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "NOT_JSON"),
        (b'{"limits": NaN}', 400, "NOT_JSON"),
        (b"[" * 50_000, 400, "NOT_JSON"),
        (b"{}", 422, "INVALID_REQUEST"),
        (b'{"scenario_id": "x"}', 404, "NO_SUCH_SCENARIO"),
        (b"x" * 300_000, 413, "BODY_TOO_LARGE"),
        (
            b'{"scenario_id": "x", "limits": {"time_limit_s": 86000}}',
            404,
            "NO_SUCH_SCENARIO",
        ),
    ],
)
def test_bad_bodies_get_clear_answers(app_client, as_role, body, status, code):
    me = as_role(Role.PLANNER)
    answer = app_client.post("/v1/plans", content=body, headers=me)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_a_time_limit_beyond_the_house_is_refused(app_client, as_role, order):
    body = json.loads(order) | {"limits": {"time_limit_s": 86_000}}
    answer = app_client.post("/v1/plans", json=body, headers=as_role(Role.PLANNER))
    assert answer.status_code == 422
    assert answer.json()["issues"][0]["path"] == "/limits/time_limit_s"


def test_a_body_without_length_is_cut_off_too(app_client, as_role):
    def parts():
        for _ in range(30):
            yield b"x" * 10_000

    me = as_role(Role.PLANNER)
    answer = app_client.post("/v1/plans", content=parts(), headers=me)
    assert answer.status_code == 413


def test_bad_queries_are_problems_too(app_client, as_role):
    me = as_role(Role.VIEWER)
    for query in ("limit=0", "limit=x", "status=LOST"):
        assert app_client.get(f"/v1/plans?{query}", headers=me).status_code == 422
    answer = app_client.get("/v1/plans?cursor=%21%21", headers=me)
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_CURSOR")


def test_ready_needs_a_worker(app_client):
    answer = app_client.get("/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "NO_WORKER")


def test_the_openapi_document_knows_bodies_that_are_read_elsewhere(app_client):
    document = app_client.get("/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    post = document["paths"]["/v1/plans"]["post"]
    schema = post["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/PlanAsked"}
    text = json.dumps(document)
    for name in ("PlanAsked", "LimitsAsked", "Problem", "ProblemIssue"):
        assert name in document["components"]["schemas"]
    assert "#/$defs/" not in text


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("POST", "/v1/scenarios?set_asde=true", "set_asde"),
        ("POST", "/v1/plans?tag=x", "tag"),
        ("GET", "/v1/scenarios?nam=x", "nam"),
        ("GET", "/v1/plans?tags=x", "tags"),
        ("GET", "/v1/me?x=1", "x"),
    ],
)
def test_a_misspelt_parameter_is_refused(app_client, as_role, method, path, name):
    me = as_role(Role.ADMIN)
    answer = app_client.request(method, path, content=b"{}", headers=me)
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_REQUEST")
    assert [issue["path"] for issue in answer.json()["issues"]] == [f"/query/{name}"]
    stranger = app_client.request(method, path, content=b"{}")
    assert stranger.status_code == 401, "a key is asked for first"


def test_known_parameters_are_taken(app_client, as_role):
    me = as_role(Role.ADMIN)
    for path in ("/v1/scenarios?name=x&limit=2", "/v1/events?family_id=F1"):
        assert app_client.get(path, headers=me).json()["items"] == []


def test_a_packed_body_is_refused_by_what_it_is(app_client, as_role):
    headers = {**as_role(Role.PLANNER), "Content-Encoding": "gzip"}
    answer = app_client.post("/v1/plans", content=b"x", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "UNREADABLE_PACKING")
    assert answer.headers["accept-encoding"] == "identity"


def test_a_method_that_is_not_there_names_those_that_are(app_client):
    answer = app_client.put("/v1/plans")
    assert (answer.status_code, answer.json()["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "GET, POST"
