"""What has served is cleared away, and nothing else."""

import os
import time
from datetime import timedelta

import pytest

from movplan_api.clock import now
from movplan_api.jobs.folders import clear_left_behind, solve_folder
from movplan_api.store.attempts import Attempts
from movplan_api.store.idempotency import IdempotencyKeys
from movplan_api.store.leftovers import Leftovers
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import Scenarios
from movplan_api.store.workers import Workers

HOUR = timedelta(hours=1)


@pytest.fixture
def plan_ids(store, workspace_id, first_convoy):
    with store.transaction() as session:
        scenario = Scenarios(session, workspace_id).keep(first_convoy)
        order = PlanOrder(scenario_id=scenario.id, limits={"effort": 1})
        plans = Plans(session, workspace_id)
        return [plans.add(order, by=None).id for _ in range(2)]


def test_keys_of_final_plans_are_dropped_when_old(store, workspace_id, plan_ids):
    final, queued = plan_ids
    with store.transaction() as session:
        keys = IdempotencyKeys(session, workspace_id)
        keys.keep("final", "a", plan_id=final)
        keys.keep("queued", "b", plan_id=queued)
        Plans(session, workspace_id).ask_to_cancel(final)
    with store.transaction() as session:
        assert Leftovers(session, now() - HOUR).drop_request_keys() == 0
        assert Leftovers(session, now() + HOUR).drop_request_keys() == 1
        keys = IdempotencyKeys(session, workspace_id)
        assert keys.plan_of("final", "a") is None
        assert keys.plan_of("queued", "b") == queued


def test_a_worker_is_forgotten_when_gone_and_without_work(store, plan_ids):
    with store.transaction() as session:
        known = Workers(session)
        for name in ("alive", "stopped", "lost", "lost with work"):
            known.enrol(name, home="h", pid=1, version="1")
        known.stop("stopped")
        known.lose("lost")
        known.lose("lost with work")
        Attempts(session).begin(plan_ids[0], "lost with work")
    with store.transaction() as session:
        assert Leftovers(session, now() - HOUR).drop_workers() == 0
        assert Leftovers(session, now() + HOUR).drop_workers() == 2
        left = {pulse.worker_id for pulse in Workers(session).pulses()}
    assert left == {"alive", "lost with work"}


def test_folders_left_behind_are_cleared_and_those_in_use_are_not(tmp_path):
    old = time.time() - 3600
    left = tmp_path / "movplan-solve-left"
    left.mkdir()
    (left / "scenario.json").write_text("{}")
    (tmp_path / "another").mkdir()
    with solve_folder(tmp_path) as used:
        for folder in (left, used, tmp_path / "another"):
            os.utime(folder, (old, old))
        (tmp_path / "movplan-solve-new").mkdir()
        assert clear_left_behind(tmp_path) == 1
        names = {path.name for path in tmp_path.iterdir()}
        assert names == {used.name, "another", "movplan-solve-new"}
    assert not used.exists()
