"""A worker is lost in the middle of a solve; another ends it."""

import json
import os
import signal
import time

import pytest

from movplan.application.documents import plan_of_text, scenario_text
from movplan.application.loading import load
from movplan_api.auth.caller import caller_of
from movplan_api.cli.giving_keys import give_key
from movplan_api.jobs.streaming import said_since
from movplan_api.settings import Settings
from movplan_api.store.plans import Plans
from movplan_api.store.tables import Worker
from movplan_api.usecases.desk import open_desk
from movplan_api.usecases.submit import submit
from movplan_api.words import Role
from tests.api.conftest import ROOT
from tests.api.jobs.running import until, workers

pytestmark = pytest.mark.slow

# Processes of a busy machine start slowly; what is to be quick is measured on its own.
PATIENCE_S = 180


class Solve:
    """A plan of a big scenario, and the workers that may be at it."""

    def __init__(self, desk, processes):
        self.desk, self.processes = desk, processes
        key = give_key(desk.store, "mission", "planner", Role.PLANNER, ())
        self._me = caller_of(desk.store, key, None)
        scenario = scenario_text(load(ROOT / "scenarios/iran-2026").scenario)
        order = {"scenario": json.loads(scenario), "limits": {"time_limit_s": 12}}
        self.plan_id = submit(desk, self._me, json.dumps(order).encode(), None).id

    def plan(self):
        """As it stands."""
        with self.desk.store.transaction() as session:
            return Plans(session, self._me.workspace_id).get(self.plan_id)

    def document(self):
        """What came out."""
        with self.desk.store.transaction() as session:
            return Plans(session, self._me.workspace_id).document(self.plan_id)

    def begun(self, attempt):
        """The plan, once so many runs have begun and this one is under way."""

        def look():
            first = min(
                (
                    said.offset
                    for said in self.said()
                    if said.body["attempt"] == attempt
                ),
                default=None,
            )
            return None if first is None else self.plan()

        return until(look, PATIENCE_S)

    def ended(self):
        """The plan, once it is final."""
        return until(lambda: (p := self.plan()).finished_at and p, PATIENCE_S)

    def said(self):
        """All that was streamed."""
        return said_since(self.desk.queueing, self.plan_id, 0)

    def strike(self, worker_id, how):
        """Send the worker's process a signal; one that is killed is collected."""
        with self.desk.store.transaction() as session:
            pid = session.get_one(Worker, worker_id).pid
        os.kill(pid, how)
        if how == signal.SIGKILL:
            next(p for p in self.processes if p.pid == pid).wait()


@pytest.fixture
def desk(url):
    opened = open_desk(Settings(database_url=url, beat_s=1, lost_after_s=10))
    yield opened
    opened.close()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_another_worker_ends_what_one_had_begun(desk, how):
    """Killed or sent home: the other one ends the plan, once."""
    with workers(desk.settings, 2) as processes:
        solve = Solve(desk, processes)
        begun = solve.begun(1)
        solve.strike(begun.worker_id, how)
        struck = time.monotonic()
        again = solve.begun(2)
        assert time.monotonic() - struck < 60
        ended = solve.ended()
    document = solve.document()
    assert again.worker_id == ended.worker_id != begun.worker_id
    assert ended.status == "COMPLETED"
    assert ended.attempt == document.attempt == 2
    assert plan_of_text(document.document).certificate.ledger_balanced


def test_a_stalled_worker_that_wakes_up_disturbs_nobody(desk, tmp_path):
    """A stands still, B has its plan by then, A wakes up and writes nothing; when B is
    killed it is A, alive again, that takes the plan up and ends it.
    """
    log = tmp_path / "workers.log"
    with workers(desk.settings, 2, log=log) as processes:
        solve = Solve(desk, processes)
        a = solve.begun(1).worker_id
        solve.strike(a, signal.SIGSTOP)
        struck = time.monotonic()
        b = solve.begun(2).worker_id
        assert time.monotonic() - struck < 60
        solve.strike(a, signal.SIGCONT)
        until(lambda: "solve superseded" in log.read_text(), PATIENCE_S)
        assert solve.plan().attempt == 2
        solve.strike(b, signal.SIGKILL)
        ended = solve.ended()
    document = solve.document()
    assert b != a == ended.worker_id
    assert ended.status == "COMPLETED"
    assert ended.attempt == document.attempt == 3
    assert plan_of_text(document.document).certificate.ledger_balanced
    runs = [said.body["attempt"] for said in solve.said()]
    assert runs == sorted(runs), "none speaks once the next one has begun"
