"""The client against a real service with a worker."""

import json
import threading
from datetime import UTC, datetime

import httpx
import pytest

from movplan.domain.words import Status
from movplan_api.client import (
    Client,
    Limits,
    PlanState,
    ServiceFault,
    StillRunningError,
)
from movplan_api.client.calling import Calling
from movplan_api.client.streaming import news_in
from movplan_api.contract.answers import PlanMetadata
from movplan_api.contract.orders import ReplanAsked
from movplan_api.words import Role
from tests.api.jobs.running import workers
from tests.api.serving import served, settings_in


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with served(settings_in(tmp_path_factory.mktemp("service"))) as running:
        yield running


@pytest.fixture
def client(service):
    with Client(service.url, service.key(Role.PLANNER), patience_s=5) as opened:
        yield opened


def test_its_state_has_the_fields_of_the_service():
    assert set(PlanState.model_fields) == set(PlanMetadata.model_fields)


def test_submit_follow_wait_and_read(service, client, first_convoy_text):
    """One real plan: events in order, the same end by stream and by wait, all rows."""
    scenario = json.loads(first_convoy_text)
    plan = client.submit(
        scenario, Limits(effort=1), tags=["client"], idempotency_key="once"
    )
    again = client.submit(
        scenario, Limits(effort=1), tags=["client"], idempotency_key="once"
    )
    assert (plan.status, plan.id, plan.limits["effort"]) == ("QUEUED", again.id, 1)
    with pytest.raises(StillRunningError):
        client.wait(plan.id, within_s=0.1)
    with workers(service.settings, 1):
        events = list(client.stream(plan.id))
        end = client.wait(plan.id, within_s=60)
    *progress, last = events
    assert [news.number for news in progress] == list(range(len(progress)))
    assert {news.kind for news in progress} == {"progress"}
    assert last.kind == "plan"
    assert last.state == end == client.state(plan.id)
    assert (end.status, end.outcome) == (Status.COMPLETED, "OPTIMAL")
    assert end.progress["fraction"] == 1
    # A plan that is final has its end, and nothing before it.
    assert [news.state for news in client.stream(plan.id)] == [end]

    document = client.plan(plan.id)
    rows = list(client.rows(plan.id, "schedule", limit=3))
    assert len(rows) == len(document["schedule"]) > 3
    page = client.page(plan.id, "costs", by="programme")
    total = sum(row["reporting_cents"] for row in page.items)
    assert page.beside["total_reporting_cents"] == total > 0


def test_cancel_is_final_when_nobody_works(client, first_convoy_text):
    plan = client.submit(json.loads(first_convoy_text), Limits(effort=1))
    assert client.cancel(plan.id).status is Status.CANCELLED
    assert client.plan(plan.id) is None


def test_refusals_say_what_the_service_says(service, client):
    with pytest.raises(ServiceFault, match="limits/effort") as refused:
        client.submit({}, Limits(effort=0))
    assert (refused.value.status, refused.value.code) == (422, "INVALID_REQUEST")
    with pytest.raises(ServiceFault) as unknown:
        client.state("pln_x")
    assert (unknown.value.status, unknown.value.code) == (404, "NO_SUCH_PLAN")
    assert unknown.value.request_id.startswith("req_")
    with (
        Client(service.url, "mvp.no.key") as nobody,
        pytest.raises(ServiceFault) as locked,
    ):
        nobody.submit({}, Limits(effort=1))
    assert locked.value.status == 401


def test_an_odd_id_is_one_part_of_the_address(client):
    with pytest.raises(ServiceFault) as refused:
        client.state("a/../b?c")
    assert refused.value.status in {404, 422}


def test_what_is_safe_is_sent_again_until_the_service_is_back():
    """Twice refused for a moment, then answered; an order without a name is not."""
    sent = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        if len(sent) == 1:
            raise httpx.ConnectError("away")
        return httpx.Response(503 if len(sent) == 2 else 200, json={"n": len(sent)})

    calling = Calling("http://service", "key", timeout_s=1, patience_s=5)
    calling.http = httpx.Client(
        base_url="http://service", transport=httpx.MockTransport(answer)
    )
    assert calling.json("GET", "/x") == {"n": 3}
    sent.clear()
    with pytest.raises(httpx.ConnectError):
        calling.json("POST", "/x", json={})
    assert sent == ["POST"]


def streaming(answers, patience_s=5.0):
    """A client whose service answers so, one after another; what it was asked."""
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        found = answers[min(len(asked), len(answers)) - 1]
        if isinstance(found, Exception):
            raise found
        return found

    client = Client("http://service", "key", patience_s=patience_s)
    client._calling.http = httpx.Client(
        base_url="http://service", transport=httpx.MockTransport(answer)
    )
    return client, asked


NEWS = b'event: progress\nid: 4\ndata: {"stage": "search"}\n\n'
END = b'event: plan\nid: 5\ndata: {"id": "pln_1"}\n\n'


def test_a_stream_waits_as_long_as_it_is_asked_to(monkeypatch):
    waited = []
    monkeypatch.setattr("time.sleep", waited.append)
    busy = httpx.Response(429, headers={"Retry-After": "2"}, json={})
    client, asked = streaming(
        [
            busy,
            httpx.Response(200, content=NEWS),
            httpx.Response(503, json={}),
            httpx.ConnectError("away"),
            httpx.Response(200, content=END),
        ]
    )
    assert [news.number for news in client.stream("pln_1")] == [4, 5]
    assert waited == [2, 0.3, 0.3, 0.6]
    assert [r.headers.get("last-event-id") for r in asked] == [None, None, *"444"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(503, json={"code": "BUSY"}), ServiceFault),
        (httpx.ConnectError("away"), httpx.ConnectError),
    ],
)
def test_a_stream_gives_up_when_patience_is_over(monkeypatch, answer, error):
    waited = []
    monkeypatch.setattr("time.sleep", waited.append)
    client, _ = streaming([answer], patience_s=20)
    with pytest.raises(error):
        list(client.stream("pln_1"))
    assert 10 < sum(waited) <= 20


def test_a_replan_says_all_that_can_be_asked():
    client, asked = streaming([httpx.ConnectError("away")], patience_s=0)
    with pytest.raises(httpx.ConnectError):
        client.replan(
            "pln_1",
            ["family F5: withdraw"],
            as_of=datetime(2026, 4, 7, tzinfo=UTC),
            tags=["again"],
            webhook="https://cases.example.org/movplan",
        )
    said = ReplanAsked.model_validate_json(asked[0].content)
    assert (said.as_of, said.tags) == (datetime(2026, 4, 7, tzinfo=UTC), ("again",))
    assert str(said.webhook) == "https://cases.example.org/movplan"


def test_events_may_span_lines_and_pings_say_nothing():
    lines = [": ping", "", "event: progress", "id: 3", 'data: {"a":', "data: 1}", ""]
    assert [(n.kind, n.number, n.body) for n in news_in(lines)] == [
        ("progress", 3, {"a": 1})
    ]


def test_ten_threads_one_client_one_plan(client, first_convoy_text):
    """The same name ten times at once, through one client, is one plan."""
    scenario, found = json.loads(first_convoy_text), []

    def hand_in() -> None:
        found.append(
            client.submit(scenario, Limits(effort=2), idempotency_key="ten").id
        )

    threads = [threading.Thread(target=hand_in) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found))) == (10, 1)
    client.cancel(found[0])
