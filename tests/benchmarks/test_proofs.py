"""Either engine alone proves small classic cases, and both do side by side."""

import tempfile
from fractions import Fraction
from pathlib import Path

import pytest

from benchmarks.classic import facility, packing
from benchmarks.classic.cases import to_scenario
from benchmarks.classic.problems import SEEDS, one
from movplan.application import loading, planning
from movplan.domain.plan import Plan
from movplan.files import write_folder
from movplan.optimiser import exact
from movplan.optimiser.branching import Tree
from movplan.optimiser.program import Answer

SEED, ITEMS = 101, 12


def plan_of(problem: str, limits: planning.Limits) -> Plan:
    """The plan of a small instance, read from a folder as a user's would be."""
    with tempfile.TemporaryDirectory() as folder:
        write_folder(to_scenario(one(problem, SEED, items=ITEMS).case), Path(folder))
        return planning.plan(loading.load(Path(folder)), limits).plan


def check_optimum(problem: str, plan: Plan) -> None:
    """The plan is proved, at the optimum of the instance."""
    twofold = one(problem, SEED, items=ITEMS)
    levels = {level.name: level for level in plan.certificate.levels}
    assert all(level.absolute_gap == 0 for level in levels.values())
    value = levels[twofold.case.measured].value
    assert value == (twofold.optimum() or 0) * twofold.case.unit


def nothing_found(*_: object) -> Answer:
    """CP-SAT as if it never found anything."""
    return Answer(x=None, bound=float("inf"), proved=False)


@pytest.fixture
def no_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """No search but that for a proof, and no cuts that prove without it."""
    monkeypatch.setattr("movplan.optimiser.level.construct", lambda *_, **__: None)
    monkeypatch.setattr("movplan.optimiser.level.STALL_ROUNDS", 0)


@pytest.mark.usefixtures("no_rounds")
@pytest.mark.parametrize("problem", list(SEEDS))
def test_the_tree_alone_proves_it(
    problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact, "solve_cpsat", nothing_found)
    check_optimum(problem, plan_of(problem, planning.Limits(effort=1, seed=1)))


@pytest.mark.usefixtures("no_rounds")
@pytest.mark.parametrize("problem", list(SEEDS))
def test_cp_sat_alone_proves_it(problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tree, "run", lambda _self, _work=None: None)
    monkeypatch.setattr(exact.Prover, "_branch", lambda *_: False)
    check_optimum(problem, plan_of(problem, planning.Limits(effort=1, seed=1)))


@pytest.mark.usefixtures("no_rounds")
@pytest.mark.parametrize("problem", list(SEEDS))
def test_side_by_side_prove_it_and_the_plan_says_so(
    problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact.Prover, "glance", lambda *_, **__: None)
    plan = plan_of(problem, planning.Limits(time_limit_s=60, seed=1))
    check_optimum(problem, plan)
    assert not plan.repeatable


@pytest.mark.usefixtures("no_rounds")
def test_side_by_side_the_tree_may_be_over_before_anything_is_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A tree that has lost a node proves nothing; CP-SAT still does."""
    monkeypatch.setattr(exact.Prover, "glance", lambda *_, **__: None)
    monkeypatch.setattr(Tree, "over", property(lambda _: True))
    monkeypatch.setattr(Tree, "run", lambda _self, _work=None: None)
    problem = packing.PROBLEM
    check_optimum(problem, plan_of(problem, planning.Limits(time_limit_s=60, seed=1)))


@pytest.mark.usefixtures("no_rounds")
def test_a_gap_that_is_enough_ends_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nodes one by one: whoever goes on does so because the gap is larger."""
    goes_on: list[Fraction] = []
    look_between = exact.Prover._look_between

    def seen(self: exact.Prover, written: exact.Written, tree: Tree) -> None:
        goes_on.append(self.state.gap)
        look_between(self, written, tree)

    monkeypatch.setattr(exact, "solve_cpsat", nothing_found)
    monkeypatch.setattr(exact, "WORK_AT_ONCE", 1e-9)
    monkeypatch.setattr(exact.Prover, "_look_between", seen)
    enough = Fraction(1, 10)
    limits = planning.Limits(effort=1, seed=1, gap=enough)
    gap = Fraction(plan_of(packing.PROBLEM, limits).certificate.levels[-1].gap)
    assert goes_on
    assert min(goes_on) > enough >= gap > 0


@pytest.mark.usefixtures("no_rounds")
def test_with_an_effort_a_clock_that_cuts_nothing_changes_nothing() -> None:
    effort = planning.Limits(effort=1, seed=1)
    timed = planning.Limits(effort=1, seed=1, time_limit_s=600)
    plain, other = (plan_of(facility.PROBLEM, limits) for limits in (effort, timed))
    assert other.repeatable
    assert plain.model_dump_json() == other.model_dump_json()


@pytest.mark.usefixtures("no_rounds")
def test_side_by_side_ends_when_neither_has_anything_left_to_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[None] = []

    def nothing(*_: object) -> Answer:
        asked.append(None)
        return nothing_found()

    monkeypatch.setattr(exact.Prover, "glance", lambda *_, **__: None)
    monkeypatch.setattr(Tree, "over", property(lambda _: True))
    monkeypatch.setattr(exact, "solve_cpsat", nothing)
    plan_of(facility.PROBLEM, planning.Limits(time_limit_s=20, seed=1))
    assert 1 <= len(asked) <= 4


def test_the_same_effort_gives_the_same_plan() -> None:
    limits = planning.Limits(effort=1, seed=1)
    one_plan, other = (plan_of(facility.PROBLEM, limits) for _ in range(2))
    assert one_plan.model_dump_json() == other.model_dump_json()
