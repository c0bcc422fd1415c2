"""LP engines, a cancelled departure, Ctrl-C: what is chosen and what is said."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from benchmarks.cancel import MOMENTS, Moment, interrupted
from benchmarks.engines import as_rows, first_within, optimum_of
from benchmarks.full_model import full_model
from benchmarks.lp_engines import DESCENT, ENGINES, NAMES, descent, proved
from benchmarks.mission import Mission
from benchmarks.peers import peer_named
from benchmarks.replan import most_ridden
from benchmarks.scaled import Scaled, scaled
from benchmarks.specs import Record
from movplan.costing.tariffs import Tariffs
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState
from movplan.formulation.build import build_model
from movplan.generation import generate
from movplan.optimiser.columns import Pool
from movplan.optimiser.solution import nobody
from movplan.screening import screen

Root = tuple[Mission, tuple[int, ...], Scaled]


@pytest.fixture(scope="module")
def root() -> Root:
    """The root LP of a small mission, nothing held."""
    scenario = generate(24, 3, "mixed")
    mission = Mission(
        scenario, build_model(scenario, screen(scenario), Tariffs(scenario))
    )
    model, columns = mission.model, Pool(mission.model).columns
    stay = nobody(model)
    held = tuple(stay.value(model, columns, k) for k in range(mission.level))
    return mission, held, scaled(full_model(model, held, aggregated=True).program)


@pytest.mark.parametrize("name", ENGINES)
def test_engines_agree_on_the_lp(name: str, root: Root) -> None:
    _, _, data = root
    exact = ENGINES["HiGHS simplex"](data, 30)
    found = ENGINES[name](data, 30)
    assert exact.value
    assert found.value == pytest.approx(exact.value, rel=1e-2)


@pytest.mark.parametrize("name", ENGINES)
def test_prices_of_every_engine_prove_a_bound(name: str, root: Root) -> None:
    # At the LP's own prices the Lagrangian is the LP, or less where it leaves out
    # departures a bloc does not fit on; never less than the best plan.
    mission, held, data = root
    found = ENGINES[name](data, 30)
    best = peer_named("highs")(data.program, 20, 0).x
    bound = proved(mission, held, found)
    assert best is not None
    assert bound is not None
    assert found.value is not None
    assert data.program.value(best) <= bound <= 1.01 * found.value


def test_the_descent_comes_down_to_a_bound(root: Root) -> None:
    # It leaves out departures a bloc does not fit on, so it may end below the LP.
    mission, held, data = root
    exact = ENGINES["HiGHS simplex"](data, 30).value
    best = peer_named("highs")(data.program, 20, 0).x
    found = descent(mission, held, 3)
    assert exact
    assert found.value
    assert best is not None
    assert data.program.value(best) <= found.value <= 1.05 * exact
    assert found.trace[0][1] >= found.trace[-1][1]


def solved(engine: str, value: float | None, seconds: float, **more: object) -> Record:
    row = {"engine": engine, "value": value, "seconds": seconds, "status": "ended"}
    return {**row, **more}


def test_engines_are_measured_against_one_that_ends_at_a_vertex() -> None:
    rows = [
        solved("PDLP, 1e-4", 99.9, 1.0),
        solved("GLOP", 100.0, 9.0),
        solved(DESCENT, 100.05, 5.0, trace=[(1.0, 110.0), (2.0, 100.9), (4.0, 100.05)]),
    ]
    assert optimum_of(rows) == 100.0
    assert first_within(rows[2], 100.0, 0.01) == "2.0"
    assert first_within(rows[2], 100.0, 0.001) == "4.0"
    assert first_within(rows[1], 100.0, 0.001) == "9.0"
    assert as_rows(rows)[3][2] == "0.050 %"
    assert set(NAMES) == {*ENGINES, DESCENT}


def test_an_engine_without_an_answer_has_no_time_to_it() -> None:
    late = solved("GLOP", None, 300.0)
    assert first_within(late, 100.0, 0.01) == "-"
    assert optimum_of([late]) is None


def ridden(**persons: int) -> Plan:
    """A plan as far as it is looked at: departures and who rides them."""
    rows = [
        SimpleNamespace(departure_id=name, runs=count > 0, persons=count)
        for name, count in persons.items()
    ]
    return cast(Plan, SimpleNamespace(departures=rows))


def pinned_to(departure_id: str) -> Scenario:
    pin = SimpleNamespace(departure_id=departure_id, state=AssignmentState.PINNED)
    return cast(Scenario, SimpleNamespace(assignments=[pin]))


def test_the_departure_with_most_persons_is_cancelled() -> None:
    plan = ridden(B=30, A=30, C=12, D=0)
    assert most_ridden(pinned_to("C"), plan) == ("A", 30)


def test_a_departure_somebody_is_pinned_to_is_left_alone() -> None:
    plan = ridden(B=30, A=30, C=12)
    assert most_ridden(pinned_to("A"), plan) == ("B", 30)
    with pytest.raises(ValueError, match="nobody"):
        most_ridden(pinned_to("A"), ridden(A=30))


SHOWS = """
import signal, sys, time
signal.signal(signal.SIGINT, lambda *_: sys.exit(3))
print("screen ", flush=True)
time.sleep(30)
"""


@pytest.fixture
def shows(tmp_path: Path) -> list[str]:
    """A command that shows words and waits to be interrupted."""
    file = tmp_path / "shows.py"
    file.write_text(SHOWS, "utf-8")
    return [sys.executable, str(file)]


def test_a_command_is_interrupted_when_its_bar_says_so(shows: list[str]) -> None:
    reached, answer, code = interrupted(shows, MOMENTS[0], 20)
    assert reached is not None
    assert answer is not None
    assert answer < 10
    assert code == 3


def test_a_moment_that_does_not_come_is_not_reached() -> None:
    ends = [sys.executable, "-c", "print('done')"]
    assert interrupted(ends, Moment("never", "improve"), 20) == (None, None, 0)
