"""A worker is killed hard in the middle of a solve; another ends it."""

import json
import os
import signal
import time

import pytest

from movplan.application.documents import plan_of_text, scenario_text
from movplan.application.loading import load
from movplan_api.auth.caller import caller_of
from movplan_api.cli.giving_keys import give_key
from movplan_api.settings import Settings
from movplan_api.store.plans import Plans
from movplan_api.store.tables import Worker
from movplan_api.usecases.desk import open_desk
from movplan_api.usecases.submit import submit
from movplan_api.words import Role
from tests.api.conftest import ROOT
from tests.api.jobs.running import until, workers

pytestmark = pytest.mark.slow


def wait_for(desk, workspace_id, plan_id, status: str, within_s: float):
    """The plan, once it has this status and something is known of its progress."""

    def look():
        with desk.store.transaction() as session:
            plan = Plans(session, workspace_id).get(plan_id)
        return plan if plan.status == status and plan.progress else None

    return until(look, within_s)


def pid_of(desk, worker_id: str) -> int:
    with desk.store.transaction() as session:
        return session.get_one(Worker, worker_id).pid


@pytest.fixture
def desk(url):
    opened = open_desk(Settings(database_url=url, beat_s=0.5, lost_after_s=3))
    yield opened
    opened.close()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM])
def test_another_worker_ends_what_one_had_begun(desk, how):
    """Killed, stalled or sent home: the other one ends the plan, once."""
    key = give_key(desk.store, "mission", "planner", Role.PLANNER, ())
    me = caller_of(desk.store, key, None)
    scenario = scenario_text(load(ROOT / "scenarios/iran-2026").scenario)
    order = {"scenario": json.loads(scenario), "limits": {"time_limit_s": 12}}
    with workers(desk.settings, 2) as processes:
        plan_id = submit(desk, me, json.dumps(order).encode(), None).id
        begun = wait_for(desk, me.workspace_id, plan_id, "SOLVING", within_s=60)
        victim = pid_of(desk, begun.worker_id)
        os.kill(victim, how)
        next(p for p in processes if p.pid == victim).poll()
        struck = time.monotonic()
        ended = wait_for(desk, me.workspace_id, plan_id, "COMPLETED", within_s=120)
        took = time.monotonic() - struck
        if how == signal.SIGSTOP:
            os.kill(victim, signal.SIGCONT)
            time.sleep(3)
        with desk.store.transaction() as session:
            plans = Plans(session, me.workspace_id)
            after, document = plans.get(plan_id), plans.document(plan_id)
    assert ended.attempt == after.attempt == document.attempt == 2
    assert ended.worker_id != begun.worker_id
    assert after.finished_at == ended.finished_at, "written once"
    assert plan_of_text(document.document).certificate.ledger_balanced
    assert took < 60
