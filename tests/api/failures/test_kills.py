"""``kill -9`` in the middle of a plan: nothing is lost, each answer is right after."""

import time

import pytest

from benchmarks.service.installation import until
from benchmarks.service.kills import kill_api, kill_database, kill_worker
from benchmarks.service.orders import big_order
from movplan_api.store.attempts import is_better
from movplan_api.store.tables import Incumbent, PlanDocument, StoredPlan, Worker

pytestmark = pytest.mark.slow

SECONDS = 20


def test_a_killed_workers_plan_is_taken_up(running):
    """Within a minute, by another; the plan comes out whole and balanced."""
    struck = kill_worker(running, SECONDS)
    assert (struck.status, struck.attempts) == ("COMPLETED", 2)
    assert struck.back_after_s < 60
    assert struck.balanced


def test_a_killed_api_loses_no_word(running):
    """A follower comes back with the last id it heard, and misses nothing."""
    struck = kill_api(running, 2 * SECONDS)
    assert (struck.status, struck.attempts, struck.balanced) == ("COMPLETED", 1, True)
    assert struck.told > 3, "three were heard before, more after"


def test_a_killed_database_comes_back_with_everything(on_postgres, server):
    """Away for five seconds: 503 meanwhile, and the solve goes on."""
    struck = kill_database(on_postgres, server, SECONDS, away_s=5)
    assert (struck.status, struck.balanced) == ("COMPLETED", True)
    assert struck.attempts <= 2


def stored(at, plan_id):
    """The best plan kept so far, by its levels, and the worker that is at it."""
    with at.store.transaction() as session:
        kept = session.query(Incumbent).filter_by(plan_id=plan_id).one_or_none()
        worker_id = session.get_one(StoredPlan, plan_id).worker_id
        pid = session.get(Worker, worker_id).pid if worker_id else None
        return None if kept is None else (kept.levels, pid)


def hand_in(at, client):
    """A plan with more time than any machine needs until a first plan is kept."""
    order = big_order(30 * SECONDS)
    plan_id = client.post("/v1/plans", json=order).raise_for_status().json()["id"]
    levels, pid = until(lambda: stored(at, plan_id), within_s=300)
    return plan_id, levels, pid


def look(client, plan_id):
    return client.get(f"/v1/plans/{plan_id}/metadata").raise_for_status().json()


def cancel(client, plan_id):
    """Ask, which is answered in time; then how it ended."""
    began = time.monotonic()
    answer = client.post(f"/v1/plans/{plan_id}:cancel")
    assert time.monotonic() - began < 2
    assert answer.status_code in (200, 202)
    until(lambda: look(client, plan_id)["finished_at"], within_s=60)
    return look(client, plan_id)


def test_a_taken_up_plan_goes_on_from_what_was_found(running):
    """Killed once a checked plan is kept: what comes out is no worse than that, even
    when the next run is cancelled before it finds any.
    """
    with running.client() as client:
        plan_id, kept, pid = hand_in(running, client)
        running.kill(pid)
        until(lambda: look(client, plan_id)["attempt"] == 2, within_s=60)
        found = cancel(client, plan_id)
    assert (found["status"], found["attempt"]) == ("COMPLETED", 2)
    assert not is_better(kept, found["levels"])
    assert stored(running, plan_id) is None, "it has served"


def test_a_cancelled_plan_keeps_the_best_so_far_within_two_seconds(running):
    with running.client() as client:
        plan_id, kept, _ = hand_in(running, client)
        found = cancel(client, plan_id)
    assert (found["status"], found["stop_reason"]) == ("COMPLETED", "CANCELLED")
    assert not is_better(kept, found["levels"])
    with running.store.transaction() as session:
        assert session.get(PlanDocument, plan_id) is not None
