"""Roster prices: the longest path, and what it does to the bound."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from movplan.formulation.model import Model
from movplan.optimiser.bound import exact_bound
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.generate import Generator
from movplan.optimiser.master import Held
from movplan.optimiser.pricing import Multipliers, price_plant
from movplan.optimiser.rosters import Rosters
from movplan.optimiser.solution import nobody
from tests.optimiser.generated import empty_pool, mission_model, moved_level


def _random_prices(model: Model, seed: int) -> Multipliers:
    rng = np.random.default_rng(seed)
    row = rng.random(len(model.rows)) * rng.integers(0, 2, len(model.rows)) * 500
    level = np.zeros(len(model.levels))
    level[moved_level(model)] = 1.0
    return Multipliers(row=row, cut=np.zeros(0), level=level)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_settled_rosters_cost_what_the_best_flow_of_escorts_is_worth(seed: int) -> None:
    # For given other prices, rosters alone are a flow through time: its optimum, by a
    # solver of its own, is the sum of settled prices times headcounts.
    model = mission_model(90, 1)
    rosters = Rosters(model)
    cuts = no_cuts(model)
    at = rosters.settle(cuts, _random_prices(model, seed))
    rows = rosters.rows
    free = replace(
        at, row=np.where(np.isin(np.arange(len(model.rows)), rows), 0, at.row)
    )
    worth = price_plant(model, cuts, free)
    matrix = model.plant.matrix[:, rows]
    own = np.flatnonzero(np.diff(matrix.indptr) > 0)
    flow = linprog(-worth[own], A_eq=matrix[own].T.toarray(), b_eq=model.rows.rhs[rows])
    assert len(own) > len(rows) > 0
    assert float(at.row[rows] @ model.rows.rhs[rows]) == pytest.approx(-flow.fun)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_at_settled_prices_no_mission_is_worth_anything(seed: int) -> None:
    model = mission_model(90, 1)
    cuts = no_cuts(model)
    at = Rosters(model).settle(cuts, _random_prices(model, seed))
    kinds = np.array([name.kind for name in model.plant.names])
    worth = price_plant(model, cuts, at)
    assert worth[(kinds == "mission") | (kinds == "idle")].max() <= 1e-6


def test_the_bound_is_true_at_any_roster_prices() -> None:
    model = mission_model(90, 1)
    pool, held = empty_pool(model), _nothing_held(model)
    root = Generator(model, pool, held, lambda: False, start=nobody(model)).run()
    for seed in range(4):
        prices = _random_prices(model, seed)
        bound = exact_bound(model, pool.blocs, no_cuts(model), held, prices)
        assert bound.value >= root.lp.value


def _nothing_held(model: Model) -> Held:
    """Earlier levels held at values anything keeps."""
    return Held((-(10**9),) * moved_level(model))
