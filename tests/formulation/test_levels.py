"""Levels and money of the model are what the checks and the ledger count."""

import pytest

from movplan.checks import level_values
from movplan.costing.draws import line_draws
from movplan.costing.ledger import price, total_reporting_cents
from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.domain.words import Measure
from movplan.files import read_scenario
from movplan.formulation.build import build_model
from movplan.planning.finish import Finisher
from movplan.planning.first_come import first_come
from movplan.planning.movements import Departures, escort_missions
from movplan.planning.schedule import Scheduler
from movplan.screening import screen
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO
from tests.formulation.fixed import Fixed, journeys_of, model_of, pairs_of
from tests.planning.conftest import ROOT

COUNTED = (
    Measure.WEIGHTED_PERSONS,
    Measure.PERSONS,
    Measure.LEFT_OUT_PERSONS,
    Measure.WAITING_DAYS,
    Measure.SHORTFALL,
)


def test_the_mission_is_worth_the_same_in_the_model_and_in_the_checks() -> None:
    model = model_of(SCENARIO)
    pairs = pairs_of(model, journeys_of(PLAN))
    assert pairs is not None
    values = level_values(SCENARIO, PLAN)
    fixed = Fixed(model, pairs)
    for k, level in enumerate(model.levels):
        best = fixed.best(k)
        if level.level.measure in COUNTED:
            assert best == values[level.level.name]
        if level.level.measure is Measure.COST:
            assert best is not None
            assert best <= values[level.level.name]  # the cheapest lines and escorts


@pytest.fixture(
    scope="module", params=["avrr-herat", "resettlement-transit", "self-payers"]
)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return read_scenario(ROOT / str(request.param))


def test_cost_and_draws_of_the_model_are_those_of_the_ledger(
    scenario: Scenario,
) -> None:
    built = build_model(scenario, screen(scenario), Tariffs(scenario))
    model = built.model
    served = first_come(scenario, model)
    finished = Finisher(scenario, built, served.pool).finish(served.solution, ())
    scheduler = Scheduler(scenario, model, served.pool, finished)
    schedule = scheduler.schedule()
    departures = Departures(
        scenario, schedule, finished.missions, finished.vehicles
    ).planned()
    missions = escort_missions(finished.missions)
    ledger = price(scenario, schedule, departures, missions, scheduler.funding())
    assert schedule

    (cost,) = (k for k, lv in enumerate(model.levels) if lv.counts_cost)
    value = finished.solution.value(model, served.pool.columns, cost)
    assert model.levels[cost].external(value) == total_reporting_cents(ledger)
    used = finished.solution.usage(model, served.pool.columns)
    left = model.rows.rhs - used
    drawn = line_draws(scenario, ledger)
    lines = {line.budget_line_id: line for line in scenario.budget_lines}
    assert any(drawn.values())
    for row in model.rows.of_rule("budget_ceiling").tolist():
        line_id = model.rows.names[row].subject
        available = lines[line_id].available_cents
        assert available is not None
        # the right-hand side has constant charges taken off already
        assert left[row] == available - drawn[line_id]
