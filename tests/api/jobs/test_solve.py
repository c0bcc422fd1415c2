"""A worker's solve, with the real solver and with ones that misbehave."""

import json
import threading
import time

import pytest
from structlog.testing import capture_logs

from movplan.application.documents import plan_of_text
from movplan_api.jobs.solve import Solver
from movplan_api.settings import Settings
from movplan_api.solving.process import solver_command
from movplan_api.store.attempts import Attempts, Found
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import Scenarios
from tests.api.solving.fakes import solver

SETTINGS = Settings(cancel_grace_s=0.5, max_attempts=3)


@pytest.fixture
def plan_id(store, workspace_id, first_convoy):
    with store.transaction() as session:
        scenario = Scenarios(session, workspace_id).keep(first_convoy)
        order = PlanOrder(scenario_id=scenario.id, limits={"effort": 1, "seed": 1})
        return Plans(session, workspace_id).add(order, by=None).id


def solve(store, plan_id, command=solver_command):
    streamed = []
    said = Solver(store, SETTINGS, "w", streamed.append, command).solve(plan_id)
    return said, streamed


def plan_of(store, workspace_id, plan_id):
    with store.transaction() as session:
        plans = Plans(session, workspace_id)
        return plans.get(plan_id), plans.document(plan_id)


def test_a_queued_plan_is_solved_and_stored(store, workspace_id, plan_id):
    said, streamed = solve(store, plan_id)
    plan, document = plan_of(store, workspace_id, plan_id)
    assert (said, plan.status, plan.outcome) == ("done", "COMPLETED", "OPTIMAL")
    found = plan_of_text(document.document)
    assert [row["value"] for row in plan.levels] == [
        row.value for row in found.certificate.levels
    ]
    assert {step["attempt"] for step in streamed} == {1}
    assert solve(store, plan_id)[0] == "nothing to do"


def test_a_solver_that_dies_fails_the_plan(store, workspace_id, plan_id):
    solve(store, plan_id, solver("sys.exit(9)"))
    plan, document = plan_of(store, workspace_id, plan_id)
    assert (plan.status, document) == ("FAILED", None)
    assert plan.failure == {"code": "SOLVER_FAULT", "fault": "SolverDied"}


def test_what_a_solver_says_stays_out_of_the_log(store, workspace_id, plan_id):
    """The log has the lines of code; the values are with the plan alone."""
    with capture_logs() as logged:
        solve(store, plan_id, solver("raise ValueError('of somebody')"))
    fault = next(row for row in logged if row["event"] == "solver fault")
    assert 'File "<string>", line' in fault["solver_lines"][0]
    assert "of somebody" not in str(logged)
    plan, _ = plan_of(store, workspace_id, plan_id)
    assert "of somebody" not in str(plan.failure)


def test_contradictory_demands_are_an_outcome(store, workspace_id, plan_id):
    script = "say('conflict', conflict=['pin of F1', 'pin of F2'])"
    solve(store, plan_id, solver(script))
    plan, _ = plan_of(store, workspace_id, plan_id)
    assert (plan.status, plan.outcome) == ("COMPLETED", "INFEASIBLE")
    assert plan.failure["conflict"] == ["pin of F1", "pin of F2"]


def cancel_soon(store, workspace_id, plan_id):
    def ask():
        time.sleep(0.3)
        with store.transaction() as session:
            Plans(session, workspace_id).ask_to_cancel(plan_id)

    threading.Thread(target=ask).start()


def test_cancel_keeps_what_the_solver_hands_over(store, workspace_id, plan_id):
    script = "sys.stdin.readline(); say('result', **keep('plan.json', 'best so far'))"
    cancel_soon(store, workspace_id, plan_id)
    solve(store, plan_id, solver(script))
    plan, document = plan_of(store, workspace_id, plan_id)
    assert (plan.status, document.document) == ("COMPLETED", "best so far")


def test_cancel_before_any_plan_is_cancelled(store, workspace_id, plan_id):
    cancel_soon(store, workspace_id, plan_id)
    solve(store, plan_id, solver("sys.stdin.readline(); say('stopped')"))
    plan, _ = plan_of(store, workspace_id, plan_id)
    assert (plan.status, plan.stop_reason) == ("CANCELLED", "CANCELLED")


def test_cancel_of_a_deaf_solver_takes_the_best_kept(store, workspace_id, plan_id):
    """It keeps a plan, then hears nothing: 0.3 s to asking, 0.5 s of grace."""
    solve(store, plan_id)
    _, known = plan_of(store, workspace_id, plan_id)
    with store.transaction() as session:
        scenario_id = Plans(session, workspace_id).get(plan_id).scenario_id
        order = PlanOrder(scenario_id=scenario_id, limits={})
        second_id = Plans(session, workspace_id).add(order, by=None).id
    script = f"say('incumbent', **keep('i.json', {known.document!r})); time.sleep(60)"
    cancel_soon(store, workspace_id, second_id)
    began = time.monotonic()
    solve(store, second_id, solver(script))
    assert time.monotonic() - began < 10
    plan, document = plan_of(store, workspace_id, second_id)
    assert (plan.status, plan.stop_reason) == ("COMPLETED", "CANCELLED")
    assert (
        plan_of_text(document.document).schedule
        == plan_of_text(known.document).schedule
    )


def better_by_one(document: str) -> tuple[str, list[dict]]:
    """The same plan, its first level one higher."""
    plan = json.loads(document)
    first = plan["certificate"]["levels"][0]
    first["value"] = first["held_at"] = first["value"] + 1
    return json.dumps(plan), plan["certificate"]["levels"]


def test_a_better_plan_of_a_dead_worker_is_not_lost(store, workspace_id, plan_id):
    """The dead one kept a better plan than the survivor ends with."""
    solve(store, plan_id)
    _, known = plan_of(store, workspace_id, plan_id)
    document, levels = better_by_one(known.document)
    with store.transaction() as session:
        scenario_id = Plans(session, workspace_id).get(plan_id).scenario_id
        order = PlanOrder(scenario_id=scenario_id, limits={"effort": 1})
        second_id = Plans(session, workspace_id).add(order, by=None).id
        dead = Attempts(session).begin(second_id, "dead")
        kept = Found(document, "{}", "0", "FEASIBLE", "TIME_LIMIT", tuple(levels))
        Attempts(session).keep_incumbent(dead, kept)
    solve(store, second_id)
    plan, stored = plan_of(store, workspace_id, second_id)
    assert (plan.attempt, plan.levels) == (2, levels)
    found = plan_of_text(stored.document)
    assert found.certificate.levels[0].value == levels[0]["value"]
    assert not found.repeatable


def test_a_plan_found_on_the_way_is_kept_and_told(store, workspace_id, plan_id):
    """Kept while the solver goes on; its files in the folder are gone by then."""
    script = (
        "say('incumbent', **keep('i.json', 'first'));"
        "wait = lambda: time.sleep(0.05) or (folder / 'i.json').exists();\n"
        "while wait(): pass\n"
        "say('result', **keep('plan.json', 'last'))"
    )
    _, streamed = solve(store, plan_id, solver(script))
    plan, document = plan_of(store, workspace_id, plan_id)
    assert (plan.status, document.document) == ("COMPLETED", "last")
    told = [step for step in streamed if step["stage"] == "incumbent"]
    assert [row["value"] for step in told for row in step["levels"]] == [1]


def test_a_run_taken_over_stops_and_stores_nothing(store, workspace_id, plan_id):
    def take_over():
        time.sleep(0.5)
        with store.transaction() as session:
            Attempts(session).begin(plan_id, "survivor")

    threading.Thread(target=take_over).start()
    assert solve(store, plan_id, solver("time.sleep(60)"))[0] == "superseded"
    plan, document = plan_of(store, workspace_id, plan_id)
    assert (plan.status, plan.attempt, document) == ("SOLVING", 2, None)


def test_what_falls_over_is_begun_anew_and_given_up_in_the_end(
    store, workspace_id, plan_id
):
    """No solver can be started at all: three attempts fall over, the fourth says so."""
    waited = []
    Solver(
        store, SETTINGS, "w", print, lambda *_: ["/nowhere"], wait=waited.append
    ).solve(plan_id)
    plan, _ = plan_of(store, workspace_id, plan_id)
    assert plan.failure == {"code": "ATTEMPTS_EXHAUSTED", "attempts": 3}
    assert waited == [1, 2, 4]


def test_a_plan_that_kills_every_worker_is_given_up(store, workspace_id, plan_id):
    """Three attempts are allowed; the fourth says so and starts no solver."""
    with store.transaction() as session:
        for _ in range(3):
            Attempts(session).begin(plan_id, "dead")
    solve(store, plan_id, solver("say('result')"))
    plan, _ = plan_of(store, workspace_id, plan_id)
    assert plan.failure == {"code": "ATTEMPTS_EXHAUSTED", "attempts": 3}
