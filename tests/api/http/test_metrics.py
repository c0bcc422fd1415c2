"""Metrics: what passed by route, what is stored by status, and who may read them."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from movplan_api.clock import now
from movplan_api.http.app import create_app
from movplan_api.settings import Settings
from movplan_api.store.attempts import Attempts
from movplan_api.store.numbers import Numbers
from movplan_api.store.tables import StoredPlan
from movplan_api.words import Role


def samples(text: str) -> dict[str, float]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (x.rpartition(" ") for x in lines)}


def test_requests_are_counted_by_route(app_client, as_role, order):
    me = as_role(Role.PLANNER)
    at = app_client.post("/v1/plans", content=order, headers=me).headers["Location"]
    for _ in range(3):
        app_client.get(f"{at}/metadata", headers=me)
    app_client.get("/nowhere")
    app_client.request("BREW", "/nowhere")
    found = samples(app_client.get("/metrics").text)
    route = 'route="/v1/plans/{plan_id}/metadata"'
    assert (
        found[f'movplan_http_requests_total{{method="GET",{route},status="200"}}'] == 3
    )
    assert found[f'movplan_http_request_seconds_count{{method="GET",{route}}}'] == 3
    nowhere = 'route="none",status="404"'
    for method in ("GET", "OTHER"):
        name = f'movplan_http_requests_total{{method="{method}",{nowhere}}}'
        assert found[name] == 1
    assert found['movplan_plans{status="QUEUED"}'] == 1
    assert found["movplan_workers"] == 0
    assert at.rpartition("/")[2] not in app_client.get("/metrics").text


def test_recent_plans_give_their_times(app_client, as_role, order):
    """Queued 10 s, solved 20 s in the third attempt; another ended an hour ago."""
    me = as_role(Role.PLANNER)
    for minutes in (1, 60):
        plan_id = app_client.post("/v1/plans", content=order, headers=me).json()["id"]
        end = now() - timedelta(minutes=minutes)
        with app_client.store.transaction() as session:
            plan = session.get_one(StoredPlan, plan_id)
            plan.status, plan.attempt, plan.finished_at = "COMPLETED", 3, end
            plan.started_at = end - timedelta(seconds=20)
            plan.created_at = end - timedelta(seconds=30)
    found = samples(app_client.get("/metrics").text)
    seconds = 'movplan_recent_plan_seconds{phase="%s",quantile="0.95"}'
    assert found["movplan_recent_plans"] == 1
    assert found["movplan_recent_takeovers"] == 2
    assert found[seconds % "queued"] == pytest.approx(10)
    assert found[seconds % "solving"] == pytest.approx(20)
    assert found['movplan_plans{status="COMPLETED"}'] == 2


def test_waits_and_solves_are_timed(app_client, as_role, order):
    me = as_role(Role.PLANNER)
    ids = [
        app_client.post("/v1/plans", content=order, headers=me).json()["id"]
        for _ in range(2)
    ]
    with app_client.store.transaction() as session:
        Attempts(session).begin(ids[0], "w")
        later = Numbers(session, now() + timedelta(minutes=1))
        assert 60 <= later.longest_wait_s() < 70
        assert 60 <= later.longest_solve_s() < 70
        assert later.plans()["SOLVING"] == 1


@pytest.mark.parametrize(
    ("host", "token", "shown", "status"),
    [
        ("127.0.0.1", None, None, 200),
        ("0.0.0.0", None, None, 403),
        ("0.0.0.0", "s3cret", None, 401),
        ("0.0.0.0", "s3cret", "Bearer wrong", 401),
        ("0.0.0.0", "s3cret", "Bearer s3cret", 200),
        ("127.0.0.1", "s3cret", None, 401),
    ],
)
def test_who_may_read_them(tmp_path, host, token, shown, status):
    settings = Settings(data_dir=tmp_path, host=host, metrics_token=token)
    headers = {} if shown is None else {"Authorization": shown}
    with TestClient(create_app(settings)) as client:
        assert client.get("/metrics", headers=headers).status_code == status
