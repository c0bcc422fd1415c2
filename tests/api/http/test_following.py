"""Progress as it is streamed: all of it in order, from where one stopped, then 410."""

import json

import pytest

from movplan.domain.words import Status
from movplan_api.auth.caller import Caller
from movplan_api.http.events import Followers
from movplan_api.jobs.streaming import said_since
from movplan_api.store.tables import StoredPlan
from movplan_api.usecases.following import news_of
from movplan_api.words import Role
from tests.api.jobs.running import workers


def events_of(text: str) -> list[tuple[str, int, dict]]:
    """Kind, id and body of each event; comments (pings) left out."""
    found = []
    for block in text.replace("\r\n", "\n").strip().split("\n\n"):
        lines = [line.partition(": ") for line in block.split("\n") if line[0] != ":"]
        fields = {name: value for name, _, value in lines}
        if fields:
            body = json.loads(fields["data"])
            found.append((fields["event"], int(fields["id"]), body))
    return found


@pytest.fixture
def planned(app_client, as_role, order):
    """A plan made by a worker while it was followed from the start: its events."""
    me = as_role(Role.PLANNER)
    at = app_client.post("/v1/plans", content=order, headers=me).headers["Location"]
    with workers(app_client.app.state.desk.settings, 1):
        answer = app_client.get(f"{at}/events", headers=me)
    assert answer.headers["content-type"].startswith("text/event-stream")
    return at, me, events_of(answer.text)


def test_a_plan_is_followed_to_its_end(app_client, planned):
    """Stages in order, ids without a gap, the plan as the last event; then 410."""
    at, me, events = planned
    *progress, (kind, _, plan) = events
    assert {word for word, _, _ in progress} == {"progress"}
    assert [number for _, number, _ in progress] == list(range(len(progress)))
    assert (kind, plan["status"], plan["outcome"]) == ("plan", "COMPLETED", "OPTIMAL")
    stages = [body["stage"] for _, _, body in progress]
    assert stages[0] == "screen"
    assert "check" in stages
    again = app_client.get(f"{at}/events", headers={**me, "Last-Event-ID": "1"})
    assert (again.status_code, again.json()["code"]) == (410, "PLAN_FINAL")

    # From where one stopped: what came after event 1, nothing twice.
    desk = app_client.app.state.desk
    since = said_since(desk.queueing, at.rpartition("/")[2], 2)
    assert [(s.offset, s.body) for s in since] == [row[1:] for row in progress[2:]]


def test_following_is_refused(app_client, as_role, order):
    me, other = as_role(Role.PLANNER), as_role(Role.PLANNER, "other")
    at = app_client.post("/v1/plans", content=order, headers=me).headers["Location"]
    assert app_client.get(f"{at}/events").status_code == 401
    assert app_client.get(f"{at}/events", headers=other).status_code == 404
    for wrong in ("x", "-1", "1e3"):
        headers = {**me, "Last-Event-ID": wrong}
        assert app_client.get(f"{at}/events", headers=headers).status_code == 422
    app_client.post(f"{at}:cancel", headers=me)
    assert app_client.get(f"{at}/events", headers=me).status_code == 410


def test_one_follower_too_many_is_refused(app_client, as_role, order):
    me = as_role(Role.PLANNER)
    at = app_client.post("/v1/plans", content=order, headers=me).headers["Location"]
    app_client.app.state.followers = Followers()
    app_client.app.state.followers.count = 10**6
    answer = app_client.get(f"{at}/events", headers=me)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


def test_a_queued_plan_has_said_nothing_yet(app_client, as_role, order):
    me = as_role(Role.PLANNER)
    plan = app_client.post("/v1/plans", content=order, headers=me).json()
    desk = app_client.app.state.desk
    with desk.store.transaction() as session:
        workspace_id = session.get_one(StoredPlan, plan["id"]).workspace_id
    caller = Caller(workspace_id, "key", Role.VIEWER, frozenset())
    news = news_of(desk, caller, plan["id"], 0)
    assert (news.said, news.plan.status) == ((), Status.QUEUED)
    assert said_since(desk.queueing, "pln_unknown", 0) == ()
