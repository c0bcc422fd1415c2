"""Solutions that cannot be finished as they are: a few families stay behind."""

import numpy as np
import pytest

from movplan.costing.tariffs import Tariffs
from movplan.formulation.build import Built, build_model
from movplan.generation import generate
from movplan.optimiser.columns import Pool
from movplan.optimiser.solution import Solution, nobody
from movplan.planning.finish import MOST_OFF, Finished, Finisher
from movplan.planning.in_force import plain_solution
from movplan.planning.riding import UnfinishableError, UnservedError
from movplan.screening import screen

SCENARIO = generate(60, 3)


@pytest.fixture(scope="module")
def built() -> Built:
    return build_model(SCENARIO, screen(SCENARIO), Tariffs(SCENARIO))


class Fussy(Finisher):
    """Finds no place for some units as long as more than ``most`` of them travel."""

    fussed: tuple[int, ...] = ()
    most = 0

    def _settle(self, solution: Solution) -> Finished:
        travelling = [u for u in self.fussed if solution.column[u] >= 0]
        if len(travelling) > self.most:
            raise UnfinishableError(travelling)
        return Finished(solution, (), ())


def begun(built: Built) -> tuple[Fussy, Solution, list[int]]:
    """A finisher, a plain solution, and units of it that travel by themselves."""
    pool = Pool(built.model)
    solution = plain_solution(built.model, pool, nobody(built.model))
    finisher = Fussy(SCENARIO, built, pool)
    alone = [
        u
        for u in np.flatnonzero(solution.column >= 0).tolist()
        if len(finisher.riding.bound_to(u)) == 1
    ]
    assert len(alone) > MOST_OFF + 1
    return finisher, solution, alone


def test_what_can_be_finished_stays_as_it_is(built: Built) -> None:
    finisher, solution, _ = begun(built)
    assert finisher.mended(solution) is solution


@pytest.mark.parametrize("too_many", range(1, MOST_OFF + 1))
def test_those_stay_behind_whose_loss_costs_least(built: Built, too_many: int) -> None:
    finisher, solution, alone = begun(built)
    finisher.fussed, finisher.most = (
        tuple(alone[: MOST_OFF + 1]),
        MOST_OFF + 1 - too_many,
    )
    mended = finisher.mended(solution)
    assert mended is not None
    off = [u for u in finisher.fussed if mended.column[u] < 0]
    kept = [u for u in finisher.fussed if mended.column[u] >= 0]
    assert len(off) == too_many
    worth = {u: finisher._worth(u) for u in finisher.fussed}
    assert max(worth[u] for u in off) <= min(worth[u] for u in kept)


def test_where_too_many_would_stay_it_is_refused(built: Built) -> None:
    finisher, solution, alone = begun(built)
    finisher.fussed = tuple(alone[: MOST_OFF + 1])
    assert finisher.mended(solution) is None


def test_whole_plans_are_repaired_however_many_stay(built: Built) -> None:
    finisher, solution, alone = begun(built)
    finisher.fussed = tuple(alone[: MOST_OFF + 1])
    repaired = finisher.repaired(solution)
    assert repaired is not None
    assert (repaired.column[list(finisher.fussed)] < 0).all()
    assert (repaired.column >= 0).any()


class Unserved(Fussy):
    """Has escorts for all but some units."""

    def _settle(self, solution: Solution) -> Finished:
        try:
            return super()._settle(solution)
        except UnfinishableError as trouble:
            everybody = np.flatnonzero(solution.column >= 0).tolist()
            left = trouble.units
            raise UnservedError(everybody, left) from trouble


def test_all_whom_no_escort_is_left_for_stay_behind_at_once(built: Built) -> None:
    other, solution, alone = begun(built)
    finisher = Unserved(SCENARIO, built, other.pool)
    finisher.fussed = tuple(alone[: MOST_OFF + 1])
    mended = finisher.repaired(solution)
    assert mended is not None
    assert (mended.column[list(finisher.fussed)] < 0).all()
    assert (mended.column >= 0).any()


def test_whoever_leaves_all_rows_that_ask_for_persons_hold() -> None:
    """Minimums are owed more, departures called off, missions not sent."""
    scenario = generate(120, 3)
    built = build_model(scenario, screen(scenario), Tariffs(scenario))
    model = built.model
    finisher = Finisher(scenario, built, Pool(model))
    solution = plain_solution(model, finisher.pool, nobody(model))
    row = next(k for k, n in enumerate(model.rows.names) if n.rule == "minimums")
    short = next(k for k, n in enumerate(model.plant.names) if n.kind == "short")
    used = solution.usage(model, finisher.pool.columns)
    plant = solution.plant.copy()
    plant[short] -= model.rows.rhs[row] - used[row]
    solution = solution.with_plant(plant)
    assert finisher.fits(solution)
    owed = set()
    for unit in np.flatnonzero(solution.column >= 0).tolist():
        left = finisher.without(solution, unit)
        assert finisher.fits(left)
        owed.add(int(left.plant[short]))
    assert min(owed) == solution.plant[short] < max(owed)
