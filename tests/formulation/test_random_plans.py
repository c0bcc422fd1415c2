"""Whatever the checks accept is in the model: random plans of shipped scenarios.

Families and itineraries are drawn at random and written up as a plan made by hand. If
that plan keeps every rule, the model must know it too, or its bounds mean nothing.
"""

import random
from functools import cache

import pytest

from movplan.checks import level_values, run_checks
from movplan.costing.recost import recost
from movplan.domain.assignments import Assignment
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import Measure
from movplan.files import read_scenario
from movplan.formulation.model import Model
from movplan.planning import plan_from_assignments
from tests.formulation.fixed import Fixed, journeys_of, model_of, pairs_of
from tests.planning.conftest import ROOT

NAMES = (
    "first-convoy",
    "workshop",
    "rqa-kabul",
    "self-payers",
    "resettlement-transit",
    "avrr-herat",
)
DRAWS = 12


@cache
def world(name: str) -> tuple[Scenario, Model]:
    scenario = read_scenario(ROOT / name)
    return scenario, model_of(scenario)


def drawn(scenario: Scenario, model: Model, seed: int) -> Plan:
    """A few families, each part on any of its itineraries."""
    chance = random.Random(seed)
    parts = {}
    for part in model.screening.parts:
        parts.setdefault(part.family_id, []).append(part)
    families = chance.sample(sorted(parts), k=min(len(parts), chance.randint(1, 5)))
    rows = []
    for part in (part for family_id in families for part in parts[family_id]):
        it = model.screening.itineraries[chance.choice(part.itineraries.tolist())]
        rows += [
            Assignment(
                family_id=part.family_id,
                part=part.part,
                leg=leg,
                departure_id=ride.departure_id,
                from_place=ride.from_place,
                to_place=ride.to_place,
            )
            for leg, ride in enumerate(it.rides, start=1)
        ]
    return plan_from_assignments(scenario, rows, model.screening)


def is_kept(scenario: Scenario, plan: Plan) -> bool:
    return not run_checks(scenario, plan).violations and not recost(scenario, plan)


@pytest.mark.parametrize("name", NAMES)
def test_plans_the_checks_accept_are_in_the_model(name: str) -> None:
    scenario, model = world(name)
    plans = [drawn(scenario, model, seed) for seed in range(DRAWS)]
    kept = [plan for plan in plans if is_kept(scenario, plan)]
    assert kept, "no plan was accepted: the test would show nothing"
    for plan in kept:
        pairs = pairs_of(model, journeys_of(plan))
        assert pairs is not None
        fixed = Fixed(model, pairs)
        values = level_values(scenario, plan)
        for k, level in enumerate(model.levels):
            best = fixed.best(k)
            assert best is not None
            if level.level.measure is Measure.COST:
                assert best <= values[level.level.name]
            else:
                assert best == values.get(level.level.name, best)
