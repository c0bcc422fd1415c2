"""A study fans out: a plan for each variant, compared with the first."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from movplan_api.store.studies import Studies, StudyRuns
from movplan_api.store.tables import StoredPlan, StoredStudy
from movplan_api.words import Role
from tests.api.jobs.running import until, workers

HALF = {"name": "half", "changes": ["budget_line *: ceiling_cents * 0.5"]}
TENTH = {"name": "tenth", "changes": ["budget_line *: ceiling_cents * 0.1"]}
BOUGHT = {
    "name": "bought",
    "changes": [*TENTH["changes"], "departure MH-0414: status = contracted"],
}


@pytest.fixture
def scenario_id(app_client, as_role, first_convoy_text):
    body = {"scenario": json.loads(first_convoy_text)}
    me = as_role(Role.PLANNER)
    made = app_client.post("/v1/scenarios", json=body, headers=me)
    return made.json()["id"]


def hand_in(client, me, **asked):
    asked = {"limits": {"effort": 1}, **asked}
    return client.post("/v1/studies", json=asked, headers=me)


def look(client, me, at):
    return client.get(at, headers=me).json()


def test_a_plan_for_each_variant(app_client, as_role, scenario_id):
    """As it is, half the money, a tenth, a contract too, and changes that do not fit.

    The line has USD 7 000.00, of which 2 092.00 are spent. Half of it leaves 3 500.00 -
    2 092.00 = 1 408.00: F7 by air (770.00), 600 of 3100 hundredths; F6 too makes
    1 920.00, and 1 408.00 less the 1 338.00 of the convoy is no grant. A tenth, 700.00,
    is less than what is spent: nothing is left, nobody moves, and as no departure is
    firm that is a plan. With the convoy contracted 400.00 are due of nothing: a
    contradiction, which is an outcome. Changes that do not fit give no plan.
    """
    me = as_role(Role.PLANNER)
    wrong = {"name": "wrong", "changes": ["budget_line NOWHERE: ceiling_cents = 1"]}
    variants = [{"name": "as-is"}, HALF, TENTH, BOUGHT, wrong]
    made = hand_in(app_client, me, scenario_id=scenario_id, variants=variants)
    assert made.status_code == 202
    at = made.headers["Location"]
    assert [row["plan_id"] for row in made.json()["variants"]] == [None] * 5
    with workers(app_client.app.state.desk.settings, 1):
        until(lambda: look(app_client, me, at)["status"] == "COMPLETED", 90)
    as_is, half, tenth, bought, wrong = look(app_client, me, at)["variants"]
    assert moved_in(as_is) == (3100, 0)
    assert moved_in(half) == (600, 600 - 3100)
    assert moved_in(tenth) == (0, -3100)
    assert (tenth["status"], tenth["outcome"]) == ("COMPLETED", "OPTIMAL")
    assert (bought["status"], bought["outcome"]) == ("COMPLETED", "INFEASIBLE")
    assert (wrong["plan_id"], wrong["issues"][0]["code"]) == (None, "BAD_CHANGE")
    with app_client.store.transaction() as session:
        plan = session.get_one(StoredPlan, half["plan_id"])
        assert plan.scenario_id != scenario_id
        assert plan.tags[1] == "variant:half"
    # Its plans are children of its job.
    client = app_client.app.state.desk.queueing.client
    children = client.list_workflows(parent_workflow_id=at.rpartition("/")[2])
    assert {job.workflow_id for job in children} == {
        row["plan_id"] for row in (as_is, half, tenth, bought)
    }


def moved_in(variant: dict) -> tuple[int, int]:
    level = next(row for row in variant["levels"] if row["name"] == "moved")
    return level["value"], level["against_first"]


def test_shares_of_the_budgets_are_variants(app_client, as_role, scenario_id):
    me = as_role(Role.PLANNER)
    made = hand_in(
        app_client, me, scenario_id=scenario_id, budget_shares=[1, "0.8", 1.25]
    ).json()
    assert [(row["name"], row["changes"]) for row in made["variants"]] == [
        ("budget-1", []),
        ("budget-0.8", ["budget_line *: ceiling_cents * 0.8"]),
        ("budget-1.25", ["budget_line *: ceiling_cents * 1.25"]),
    ]
    listed = app_client.get("/v1/studies", headers=me).json()
    assert [study["id"] for study in listed["items"]] == [made["id"]]


def test_the_same_key_ten_times_at_once_gives_one_study(
    app_client, as_role, scenario_id
):
    me = {**as_role(Role.PLANNER), "Idempotency-Key": "once"}
    asked = {"scenario_id": scenario_id, "budget_shares": [1]}

    def post(_: int) -> tuple[int, str]:
        answer = hand_in(app_client, me, **asked)
        return answer.status_code, answer.headers["Location"]

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(post, range(10)))
    assert [status for status, _ in answers] == [202]
    assert len(app_client.get("/v1/studies", headers=me).json()["items"]) == 1
    client = app_client.app.state.desk.queueing.client
    assert len(client.list_workflows()) == 1, "queued once"


def test_a_key_is_for_one_request_whatever_it_asks_for(
    app_client, as_role, scenario_id
):
    """Another study, and a plan, under the key of a study: refused."""
    me = {**as_role(Role.PLANNER), "Idempotency-Key": "mine"}
    made = hand_in(app_client, me, scenario_id=scenario_id, budget_shares=[1])
    other = hand_in(app_client, me, scenario_id=scenario_id, budget_shares=[2])
    plan = {"scenario_id": scenario_id, "limits": {"effort": 1}}
    plans = app_client.post("/v1/plans", json=plan, headers=me)
    for answer in (other, plans):
        assert (answer.status_code, answer.json()["code"]) == (422, "KEY_REUSED")
    again = hand_in(app_client, me, scenario_id=scenario_id, budget_shares=[1])
    assert again.json()["id"] == made.json()["id"]
    # Keys are a workspace's own.
    theirs = {**as_role(Role.PLANNER, "other"), "Idempotency-Key": "mine"}
    theirs_made = hand_in(
        app_client, theirs, scenario_id=scenario_id, budget_shares=[1]
    )
    assert theirs_made.json()["code"] == "NO_SUCH_SCENARIO"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"variants": [{"name": "a"}, {"name": "a"}]}, 422),
        ({"variants": [{"name": "a b"}]}, 422),
        ({"budget_shares": [-1]}, 422),
        ({"budget_shares": [1] * 201}, 422),
        ({"budget_shares": [1], "limits": {"time_limit_s": 80_000}}, 422),
        ({"budget_shares": [1], "scenario_id": "scn_unknown"}, 404),
    ],
)
def test_studies_are_refused(app_client, as_role, scenario_id, asked, status):
    me = as_role(Role.PLANNER)
    asked = {"scenario_id": scenario_id, **asked}
    assert hand_in(app_client, me, **asked).status_code == status
    assert app_client.get("/v1/studies", headers=me).json()["items"] == []


def test_studies_of_others_are_not_there(app_client, as_role, scenario_id):
    me, other = as_role(Role.PLANNER), as_role(Role.PLANNER, "other")
    viewer = as_role(Role.VIEWER)
    asked = {"scenario_id": scenario_id, "budget_shares": [1]}
    at = hand_in(app_client, me, **asked).headers["Location"]
    assert hand_in(app_client, other, **asked).status_code == 404
    assert hand_in(app_client, viewer, **asked).status_code == 403
    assert app_client.get(at, headers=other).status_code == 404
    assert app_client.post(f"{at}:cancel", headers=other).status_code == 404
    assert app_client.post(f"{at}:cancel", headers=viewer).status_code == 403
    assert app_client.get(at, headers=viewer).status_code == 200
    assert app_client.get("/v1/studies", headers=other).json()["items"] == []


def test_a_cancelled_study_begins_no_more_plans(app_client, as_role, scenario_id):
    """One plan is queued, one not yet made when it is cancelled."""
    me = as_role(Role.PLANNER)
    made = hand_in(app_client, me, scenario_id=scenario_id, budget_shares=[1, 2])
    study_id = made.json()["id"]
    with app_client.store.transaction() as session:
        runs = StudyRuns(session)
        assert runs.begin(study_id) == 2
        first = runs.give_plan(study_id, 0, None)
        assert runs.give_plan(study_id, 0, None) == first, "repeated: the same plan"
    at = made.headers["Location"]
    said = app_client.post(f"{at}:cancel", headers=me)
    assert said.status_code == 202
    assert said.json()["variants"][0]["status"] == "CANCELLED"
    with app_client.store.transaction() as session:
        runs = StudyRuns(session)
        assert runs.task(study_id, 1) is None
        assert runs.give_plan(study_id, 1, None) is None
        assert runs.all_final(study_id)
        runs.finish(study_id)
        assert runs.begin(study_id) == 0
    assert look(app_client, me, at)["status"] == "CANCELLED"
    assert app_client.post(f"{at}:cancel", headers=me).status_code == 200


@pytest.mark.slow
def test_a_study_survives_the_worker_that_hands_it_out(
    app_client, as_role, scenario_id
):
    """The first worker is killed when it has handed out some plans, not all."""
    me = as_role(Role.PLANNER)
    shares = [f"{number / 10}" for number in range(1, 13)]
    at = hand_in(app_client, me, scenario_id=scenario_id, budget_shares=shares).headers[
        "Location"
    ]
    settings = app_client.app.state.desk.settings

    def handed_out() -> int:
        with app_client.store.transaction() as session:
            return session.query(StoredPlan).count()

    with workers(settings, 1) as started:
        until(handed_out, 180, look_s=0.005)
        started[0].kill()
        started[0].wait()
        assert handed_out() < len(shares)
        with workers(settings, 2):
            until(lambda: look(app_client, me, at)["status"] == "COMPLETED", 300)
    found = look(app_client, me, at)
    rows = found["variants"]
    assert {row["status"] for row in rows} == {"COMPLETED"}
    jobs = app_client.app.state.desk.queueing.client
    children = jobs.list_workflows(parent_workflow_id=found["id"])
    assert {job.workflow_id for job in children} == {row["plan_id"] for row in rows}
    with app_client.store.transaction() as session:
        assert session.query(StoredPlan).count() == len(shares)
        study = session.query(StoredStudy).one()
        assert len(Studies(session, study.workspace_id).variants(study)) == len(shares)
    assert isinstance(started[0], subprocess.Popen)
