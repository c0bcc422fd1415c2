"""A plan taken up goes on with what is left of its time, not with all of it again."""

import pytest

from movplan_api.jobs.solve import Solver
from movplan_api.jobs.time_left import limits_left
from movplan_api.settings import Settings
from movplan_api.store.attempts import Attempts
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import Scenarios
from tests.api.solving.fakes import solver

TELL_LIMIT = (
    "limit = json.loads((folder / 'order.json').read_text())['limits'];"
    "say('fault', fault=f\"{limit['time_limit_s']:g}\")"
)


@pytest.mark.parametrize(
    ("ordered_s", "spent_s", "left_s"),
    [
        (60, 0, 60),
        (60, 45, 15),
        # At least 10 s, even when all is used up; never more than was ordered.
        (60, 55, 10),
        (60, 300, 10),
        (4, 3, 4),
    ],
)
def test_the_clock_goes_on_where_it_stood(ordered_s, spent_s, left_s):
    limits = {"time_limit_s": ordered_s, "seed": 3}
    left = limits_left(limits, spent_s=spent_s, least_s=10)
    assert left == {"time_limit_s": left_s, "seed": 3}


def test_what_has_no_clock_is_left_alone():
    assert limits_left({"effort": 2}, spent_s=99, least_s=10) == {"effort": 2}


@pytest.fixture
def plan_id(store, workspace_id, first_convoy):
    with store.transaction() as session:
        scenario = Scenarios(session, workspace_id).keep(first_convoy)
        order = PlanOrder(scenario_id=scenario.id, limits={"time_limit_s": 60})
        return Plans(session, workspace_id).add(order, by=None).id


def failure(store, workspace_id, plan_id):
    with store.transaction() as session:
        return Plans(session, workspace_id).get(plan_id).failure["fault"]


def test_the_solver_of_the_next_run_is_told_what_is_left(store, workspace_id, plan_id):
    """60 s ordered, 42 s searched by a worker that died: 18 s are left."""
    with store.transaction() as session:
        dead = Attempts(session).begin(plan_id, "dead")
        Attempts(session).note_spent(dead, 42)
    Solver(store, Settings(), "w", print, solver(TELL_LIMIT)).solve(plan_id)
    assert failure(store, workspace_id, plan_id) == "18"


def test_a_run_notes_how_long_it_has_searched(
    store, workspace_id, plan_id, monkeypatch
):
    """It searches until it is told to stop, which it is when some time is noted."""
    monkeypatch.setattr("movplan_api.jobs.listening.SPENT_S", 0.5)
    with store.transaction() as session:
        dead = Attempts(session).begin(plan_id, "dead")
        Attempts(session).note_spent(dead, 42)
    noted = []

    class Watched(Attempts):
        def note_spent(self, attempt, spent_s):
            super().note_spent(attempt, spent_s)
            noted.append(spent_s)
            Plans(self._session, workspace_id).ask_to_cancel(plan_id)

    monkeypatch.setattr("movplan_api.jobs.listening.Attempts", Watched)
    deaf = solver("sys.stdin.readline(); say('stopped')")
    Solver(store, Settings(), "w", print, deaf).solve(plan_id)
    assert 42.5 <= noted[0] < 50
