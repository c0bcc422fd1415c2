"""``movplan plan`` and ``movplan replan`` around a planner that answers at once."""

from fractions import Fraction

import pytest

from movplan.application import planning, replanning
from movplan.domain.errors import ConflictError, StoppedError
from movplan.domain.words import AssignmentState
from movplan.files import read_plan
from tests.reports.by_hand import PLAN


class InstantPlanner:
    """A planner that returns the plan made by hand and remembers its orders."""

    def __init__(self, template, error=None):
        self.template = template
        self.error = error
        self.orders = []

    def __call__(self, scenario, limits, **order):
        """Remember the order and answer."""
        self.orders.append({"scenario": scenario, "limits": limits, **order})
        if self.error is not None:
            raise self.error
        return self.template


class Written:
    """A run record that writes itself."""

    def model_dump_json(self, *, indent):
        """An empty record."""
        return "{" + " " * indent + "}"


@pytest.fixture
def planner(monkeypatch):
    """Put the instant planner where the real one is."""

    class Result:
        plan = PLAN
        run = Written()

    fake = InstantPlanner(Result())
    monkeypatch.setattr(planning, "plan_scenario", fake)
    monkeypatch.setattr(replanning, "plan_scenario", fake)
    return fake


@pytest.mark.usefixtures("planner")
def test_plan_writes_plan_and_run_record(run, folder, tmp_path):
    target = tmp_path / "out" / "plan.json"
    ran = run("plan", folder, "-o", target)
    assert ran.code == 0
    assert read_plan(target) == PLAN
    assert target.with_name("run.json").exists()
    assert "8 of 14 persons travel" in ran.out


def test_without_limits_the_search_takes_a_minute(run, planner, folder, tmp_path):
    run("plan", folder, "-o", tmp_path / "p.json")
    limits = planner.orders[0]["limits"]
    assert (limits.time_limit_s, limits.effort, limits.seed) == (60.0, None, 0)


def test_effort_seed_and_gap_reach_the_planner(run, planner, folder, tmp_path):
    options = ("--effort", 5, "--seed", 1, "--gap", "0.1%")
    run("plan", folder, "-o", tmp_path / "p.json", *options)
    limits = planner.orders[0]["limits"]
    assert (limits.time_limit_s, limits.effort, limits.seed) == (None, 5, 1)
    assert limits.gap == Fraction(1, 1000)


@pytest.mark.usefixtures("planner")
def test_plan_as_json_is_one_document(run, folder, tmp_path):
    target = tmp_path / "p.json"
    document = run("plan", folder, "-o", target, "--json").document
    assert document["plan"] == str(target)
    assert document["families"] == {"moved": 3, "of": 5}


@pytest.mark.usefixtures("planner")
def test_a_picture_on_the_way(run, folder, tmp_path):
    picture = tmp_path / "plan.svg"
    run("plan", folder, "-o", tmp_path / "p.json", "--picture", picture)
    assert picture.exists()


def test_errors_are_strict_unless_set_aside(run, planner, folder, tmp_path):
    path = folder / "families.csv"
    path.write_text(path.read_text("utf-8").replace("F4,C-F4,AVRR", "F4,C-F4,NOPE"))
    target = tmp_path / "p.json"
    assert run("plan", folder, "-o", target).code == 2
    assert not target.exists()
    assert run("plan", folder, "-o", target, "--set-aside").code == 0
    (aside,) = planner.orders[0]["set_aside"]
    assert aside.family_id == "F4"


@pytest.mark.parametrize(
    ("error", "code"),
    [(StoppedError(), 3), (ConflictError(["F1 on CV-0506", "CV-0506 full"]), 2)],
)
def test_without_a_plan_nothing_is_written(run, planner, folder, tmp_path, error, code):
    planner.error = error
    target = tmp_path / "p.json"
    ran = run("plan", folder, "-o", target)
    assert ran.code == code
    assert not target.exists()


def test_replan_starts_from_the_plan_in_force(
    run, planner, folder, plan_path, tmp_path
):
    ran = run(
        "replan",
        folder,
        "--from",
        plan_path,
        "--change",
        "departure FL-0509: cancel",
        "--change",
        "family F4: withdraw",
        "-o",
        tmp_path / "next.json",
    )
    assert ran.code == 0
    (order,) = planner.orders
    assert order["start"] == PLAN
    states = {row.state for row in order["scenario"].assignments}
    assert states == {AssignmentState.NOTIFIED}
    assert "3 of 3 families keep their departures." in ran.out


def test_replan_refuses_a_change_it_cannot_read(run, planner, folder, plan_path):
    ran = run("replan", folder, "--from", plan_path, "--change", "be quick")
    assert ran.code == 2
    assert planner.orders == []
