"""Notices are signed, tried again, logged; and sent by one postman of several."""

import threading
from datetime import timedelta

import pytest

from movplan_api.clock import now
from movplan_api.jobs.delivering import Postman
from movplan_api.settings import Settings
from movplan_api.store.attempts import Attempts
from movplan_api.store.notices import (
    Deliveries,
    DeliveryFilter,
    Endpoints,
    NoticeKind,
    Said,
    announce,
)
from movplan_api.store.outbox import Outbox
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import Scenarios
from movplan_api.store.tables import Delivery
from movplan_api.webhooks.endpoints import of_plans, secret_for
from movplan_api.webhooks.secrets import KEY_FILE, Secrets, new_secret
from tests.api.jobs.running import until
from tests.api.webhooks.receiving import receiving

ALL = DeliveryFilter()


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path / "data", webhooks_may_reach_private=True)


@pytest.fixture
def listen(store, workspace_id, settings):
    """Make an endpoint; its secret."""

    def make(url, *kinds, endpoint_id="whk_1"):
        secret = new_secret()
        sealed = Secrets.of(settings).seal(endpoint_id, secret)
        with store.transaction() as session:
            endpoints = Endpoints(session, workspace_id)
            endpoints.add(endpoint_id, url, kinds or tuple(NoticeKind), sealed)
        return secret

    return make


def say(store, workspace_id, *subjects, also=None):
    said = [Said(NoticeKind.FAMILY_CHANGED, one, {"plan_id": "p"}) for one in subjects]
    with store.transaction() as session:
        announce(session, workspace_id, said, also=also)


def log_of(store, workspace_id):
    with store.transaction() as session:
        deliveries = Deliveries(session, workspace_id)
        page = deliveries.page(limit=100, cursor=None, wanted=ALL)
        return [
            (row, notice, deliveries.attempts(row.id)) for row, notice in page.items
        ]


def once(postman):
    """Send what is due, each once."""
    with postman.store.transaction() as session:
        found = Outbox(session).due(most_of_one_url=100, most=100)
    for due in found:
        postman.deliver(due)
    return len(found)


def due_now(store):
    with store.transaction() as session:
        for row in session.query(Delivery).filter_by(state="WAITING"):
            row.next_at = now() - timedelta(seconds=1)


def test_a_notice_arrives_signed_and_logged(store, workspace_id, settings, listen):
    with receiving() as there:
        secret = listen(there.url)
        say(store, workspace_id, "F1")
        assert once(Postman(store, settings)) == 1
        assert once(Postman(store, settings)) == 0
        (notice,) = there.opened(secret)
    assert (notice["type"], notice["data"]) == (
        "family.changed",
        {"id": "F1", "plan_id": "p"},
    )
    ((row, kept, (tried,)),) = log_of(store, workspace_id)
    assert (row.state, row.attempts, row.next_at) == ("ARRIVED", 1, None)
    assert notice["timestamp"] == kept.at.isoformat()
    assert there.came[0][0]["webhook-id"] == row.id
    assert (tried.number, tried.http_status, tried.error) == (1, 200, None)


def test_refused_ones_come_again_later_and_later_then_never(
    store, workspace_id, settings, listen
):
    """500, 302, 429: three tries with the same id and body, then given up."""
    postman = Postman(store, settings, back_off_s=(5, 300))
    with receiving(500, 302, 429) as there:
        secret = listen(there.url)
        say(store, workspace_id, "F1")
        pauses = []
        for _ in range(3):
            began = now()
            assert once(postman) == 1
            # Not due yet: nobody may send it before its time.
            assert once(postman) == 0
            ((row, _, _),) = log_of(store, workspace_id)
            pauses.append(row.next_at and (row.next_at - began).total_seconds())
            due_now(store)
        assert once(postman) == 0
        bodies = {body for _, body in there.came}
        ids = {headers["webhook-id"] for headers, _ in there.came}
        assert len(there.opened(secret)) == 3
    assert (len(bodies), len(ids)) == (1, 1)
    assert pauses[0] == pytest.approx(5, abs=3)
    assert pauses[1] == pytest.approx(300, abs=3)
    ((row, _, tries),) = log_of(store, workspace_id)
    assert (row.state, row.next_at) == ("GIVEN_UP", None)
    # A redirect is not followed: 302 is an answer like any other.
    assert [one.http_status for one in tries] == [500, 302, 429]


def test_who_says_gone_is_not_asked_again(store, workspace_id, settings, listen):
    with receiving(410) as there:
        listen(there.url)
        say(store, workspace_id, "F1", "F2")
        with store.transaction() as session:
            first, _ = Outbox(session).due(most_of_one_url=9, most=9)
        Postman(store, settings).deliver(first)
        assert once(Postman(store, settings)) == 0
        say(store, workspace_id, "F3")
    assert [row.state for row, _, _ in log_of(store, workspace_id)] == ["GIVEN_UP"] * 2
    with store.transaction() as session:
        assert Endpoints(session, workspace_id).get("whk_1").disabled_at is not None


def test_private_addresses_are_not_called_unless_allowed(
    store, workspace_id, tmp_path, listen
):
    with receiving() as there:
        listen(there.url)
        say(store, workspace_id, "F1")
        once(Postman(store, Settings(data_dir=tmp_path / "data")))
        assert there.came == []
    ((row, _, (tried,)),) = log_of(store, workspace_id)
    assert row.state == "WAITING"
    assert "private network" in tried.error


def test_only_those_who_asked_are_told(store, workspace_id, listen):
    listen("https://a.example/", NoticeKind.PLAN_FINISHED)
    say(store, workspace_id, "F1")
    assert log_of(store, workspace_id) == []
    listen("https://b.example/", NoticeKind.FAMILY_CHANGED, endpoint_id="whk_2")
    say(store, workspace_id, "F1")
    assert [row.url for row, _, _ in log_of(store, workspace_id)] == [
        "https://b.example/"
    ]


def test_two_postmen_send_each_notice_once(store, workspace_id, settings, listen):
    """Forty notices, two postmen at it at once."""
    with receiving() as there:
        listen(there.url)
        say(store, workspace_id, *(f"F{n}" for n in range(40)))
        postmen = [Postman(store, settings) for _ in range(2)]
        threads = [postman.start() for postman in postmen]

        def all_arrived():
            rows = log_of(store, workspace_id)
            return all(row.state == "ARRIVED" for row, _, _ in rows)

        until(all_arrived, 60)
        for postman in postmen:
            postman.stop()
        for thread in threads:
            thread.join(10)
        ids = [headers["webhook-id"] for headers, _ in there.came]
    assert (len(ids), len(set(ids))) == (40, 40)


def test_one_address_that_hangs_holds_up_none_but_itself(store, workspace_id, listen):
    listen("https://hangs.example/")
    say(store, workspace_id, *(f"F{n}" for n in range(10)))
    say(store, workspace_id, "G1", also="https://well.example/")
    with store.transaction() as session:
        found = Outbox(session).due(most_of_one_url=4, most=100)
    of = [due.url for due in found]
    assert of.count("https://hangs.example/") == 4
    assert of.count("https://well.example/") == 1


def test_what_a_dead_postman_held_is_taken_after_a_while(store, workspace_id, listen):
    listen("https://a.example/")
    say(store, workspace_id, "F1")
    with store.transaction() as session:
        (due,) = Outbox(session).due(most_of_one_url=9, most=9)
        held = Outbox(session).take(due.delivery_id, hold=timedelta(seconds=60))
    assert held is not None
    with store.transaction() as session:
        outbox = Outbox(session)
        assert outbox.due(most_of_one_url=9, most=9) == ()
        assert outbox.take(due.delivery_id, hold=timedelta(seconds=60)) is None
    due_now(store)
    with store.transaction() as session:
        again = Outbox(session).take(due.delivery_id, hold=timedelta(seconds=60))
    assert (held.number, again.number) == (1, 2)


def test_a_plan_that_ends_says_so_to_its_own_address(
    store, workspace_id, settings, first_convoy
):
    """Signed with the workspace's secret; so does a queued plan that is cancelled."""
    with receiving() as there:
        with store.transaction() as session:
            scenario = Scenarios(session, workspace_id).keep(first_convoy)
            order = PlanOrder(scenario.id, limits={}, webhook_url=there.url)
            plans = Plans(session, workspace_id)
            solved, queued = plans.add(order, by=None).id, plans.add(order, by=None).id
            attempt = Attempts(session).begin(solved, "worker")
            Attempts(session).fail(attempt, {"code": "TEST"})
            plans.ask_to_cancel(queued)
        assert once(Postman(store, settings)) == 2
        with store.transaction() as session:
            secrets = Secrets.of(settings)
            secret = secret_for(session, secrets, workspace_id, None)
            assert of_plans(session, secrets, workspace_id).url == ""
        said = {one["data"]["id"]: one["data"] for one in there.opened(secret)}
    assert {plan: data["status"] for plan, data in said.items()} == {
        solved: "FAILED",
        queued: "CANCELLED",
    }
    assert said[solved]["links"] == {"plan": f"/v1/plans/{solved}"}


def test_a_superseded_attempt_says_nothing(store, workspace_id, first_convoy):
    with store.transaction() as session:
        scenario = Scenarios(session, workspace_id).keep(first_convoy)
        order = PlanOrder(scenario.id, limits={}, webhook_url="https://a.example/")
        plan_id = Plans(session, workspace_id).add(order, by=None).id
        old = Attempts(session).begin(plan_id, "one")
        Attempts(session).begin(plan_id, "two")
    from movplan_api.store.attempts import SupersededError

    refused = pytest.raises(SupersededError)
    with refused, store.transaction() as session:
        Attempts(session).fail(old, {"code": "TEST"})
    assert log_of(store, workspace_id) == []


def test_the_key_that_seals_is_made_once_and_private(tmp_path):
    settings = Settings(data_dir=tmp_path, secrets_key=None)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(Secrets.of(settings)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealed = found[0].seal("whk_1", "whsec_x")
    assert {one.open("whk_1", sealed) for one in found} == {"whsec_x"}
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]
    assert b"whsec_x" not in sealed
