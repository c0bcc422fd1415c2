"""Our first plan is a start that a peer's model takes as it stands."""

import pytest

from benchmarks.decode import decode
from benchmarks.first_plan import counted, first_plan
from benchmarks.full_model import FullModel, full_model
from benchmarks.mission import Mission
from benchmarks.peers import peer_named
from movplan.costing.tariffs import Tariffs
from movplan.formulation.build import build_model
from movplan.generation import generate
from movplan.optimiser.columns import Pool
from movplan.optimiser.solution import Solution, nobody
from movplan.screening import screen

Start = tuple[FullModel, Solution, Pool]


@pytest.fixture(scope="module")
def start() -> Start:
    """The first plan, and the model with earlier levels held at what it reaches."""
    scenario = generate(24, 3, "mixed")
    mission = Mission(
        scenario, build_model(scenario, screen(scenario), Tariffs(scenario))
    )
    solution, pool = first_plan(scenario, mission.built, mission.level, 10)
    held = tuple(
        solution.value(mission.model, pool.columns, k) for k in range(mission.level)
    )
    return full_model(mission.model, held, aggregated=True), solution, pool


def test_it_keeps_every_row_and_is_worth_the_same(start: Start) -> None:
    full, solution, pool = start
    vector = counted(full, solution, pool)
    assert vector is not None
    worth = solution.value(full.model, pool.columns, _measured(full))
    assert full.program.value(vector) == worth > 0


def test_handed_out_again_it_moves_the_same_units(start: Start) -> None:
    full, solution, pool = start
    vector = counted(full, solution, pool)
    assert vector is not None
    again, _ = decode(full, vector)
    assert (again.column >= 0).sum() == (solution.column >= 0).sum()
    assert again.plant.tolist() == solution.plant.tolist()


def test_what_breaks_a_row_is_no_start(start: Start) -> None:
    # Nobody travels: earlier levels are not what they are held at.
    full, _, pool = start
    assert counted(full, nobody(full.model), pool) is None


@pytest.mark.parametrize("name", ["highs+hint", "cpsat8+hint"])
def test_a_peer_takes_it_up(name: str, start: Start) -> None:
    full, solution, pool = start
    vector = counted(full, solution, pool)
    found = peer_named(name)(full.program, 10, 0, vector)
    assert found.started
    assert found.x is not None
    assert vector is not None
    assert full.program.value(found.x) >= full.program.value(vector)


def _measured(full: FullModel) -> int:
    return sum(rule == "held" for rule in full.rules)
