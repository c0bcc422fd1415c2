"""The optimum of ``first-convoy``: all 128 choices, priced and limited by the model."""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.domain.words import Measure
from movplan.files import read_scenario
from movplan.formulation.build import build_model
from movplan.formulation.model import Model
from movplan.screening import Screening, screen

FOLDER = Path(__file__).parents[2] / "scenarios" / "first-convoy"


@dataclass(frozen=True)
class Choice:
    """A set of families with its value in hundredths and cost in cents."""

    families: frozenset[str]
    value: int
    cost_cents: int


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text())
    return found


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return read_scenario(FOLDER)


@pytest.fixture(scope="module")
def screening(scenario: Scenario) -> Screening:
    return screen(scenario)


@pytest.fixture(scope="module")
def model(scenario: Scenario, screening: Screening) -> Model:
    return build_model(scenario, screening, Tariffs(scenario)).model


@pytest.fixture(scope="module")
def choices(model: Model) -> list[Choice]:
    """Every set of families that keeps every row of the model, best first."""
    pairs = range(len(model.pairs))
    sets = [s for n in range(len(pairs) + 1) for s in combinations(pairs, n)]
    kept = [choice for s in sets if (choice := _choice(model, s)) is not None]
    return sorted(kept, key=lambda c: (-c.value, c.cost_cents))


def test_one_itinerary_a_family_so_128_choices(model: Model) -> None:
    assert len(model.pairs) == 7
    assert 2 ** len(model.pairs) == 128
    assert all(np.diff(model.templates.choice_ptr) == 1)


def test_optimum_is_the_one_worked_out(
    choices: list[Choice], expected: dict[str, Any]
) -> None:
    best, second = choices[0], choices[1]
    assert sorted(best.families) == sorted(expected["travels"])
    assert best.value == expected["value"] == 100 * (10 + 4 + 7 + 4 + 6)
    assert best.cost_cents == expected["cost_cents"]
    assert second.value == expected["second_best_value"]


def test_cost_adds_up_to_the_cent(
    choices: list[Choice], expected: dict[str, Any]
) -> None:
    families = sum(expected["family_cost_cents"].values())
    convoy = expected["convoy_cost_cents"]
    assert convoy == 40000 + 50000 + 365 * 120
    assert families + convoy == expected["cost_cents"] == choices[0].cost_cents


def test_travellers_ride_what_the_readme_says(
    screening: Screening, expected: dict[str, Any]
) -> None:
    for part in screening.parts:
        (index,) = part.itineraries
        (ride,) = screening.itineraries[index].rides
        assert expected["travels"].get(part.family_id, ride.departure_id) == (
            ride.departure_id
        )


def test_refused_and_left_out(
    scenario: Scenario, screening: Screening, expected: dict[str, Any]
) -> None:
    refused = {r.family_id: r.reason.value for r in screening.refusals}
    assert refused == expected["refused"]
    everybody = {family.family_id for family in scenario.families}
    assert everybody - set(expected["travels"]) == set(expected["left_out"])


def test_more_money_brings_the_three_of_f5(scenario: Scenario) -> None:
    # USD 250.00 more: F2, F3, F4, F5 on the convoy, value 34.
    (line,) = scenario.budget_lines
    richer = scenario.model_copy(
        update={
            "budget_lines": (
                line.model_copy(update={"spent_cents": line.spent_cents - 25000}),
            )
        }
    )
    model = build_model(richer, screen(richer), Tariffs(richer)).model
    every = _choice(model, tuple(k for k in range(7) if _name(model, k) != "F1"))
    assert every is not None
    assert (every.value, every.cost_cents) == (3400, 515800)


def _name(model: Model, pair: int) -> str:
    return model.units.family_ids[model.units.family[model.pairs.unit[pair]]]


def _choice(model: Model, pairs: tuple[int, ...]) -> Choice | None:
    """The set's value and cost with what it needs run and hired, if every row holds."""
    chosen = np.array(pairs, np.int64)
    families = frozenset(_name(model, k) for k in pairs)
    templates = model.pairs.template[chosen]
    used = model.templates.resources[templates].sum(axis=0)
    cost = int(model.templates.cost[templates].sum())
    for t in templates:
        for c in range(
            model.templates.charge_ptr[t], model.templates.charge_ptr[t + 1]
        ):
            choice = model.templates.choice_ptr[c]
            used = used + model.templates.draws[[choice]].sum(axis=0)
            cost += int(model.templates.choice_cost[choice])
    road = any(name in ("F1", "F2", "F3", "F4", "F5") for name in families)
    for k, name in enumerate(model.plant.names):
        flown = name.subject.startswith("W5") and families & {"F6", "F7"}
        if flown or (road and name.subject.startswith("MH")):
            used = used + model.plant.matrix[[k]].sum(axis=0)
            cost += int(model.plant.cost[k])
    held = np.where(
        model.rows.equal, used == model.rows.rhs, used <= model.rows.rhs
    ).all()
    if not held:
        return None
    moved = next(x for x in model.levels if x.level.measure is Measure.WEIGHTED_PERSONS)
    value = moved.external(int(moved.pair_value[chosen].sum()))
    return Choice(families, value, cost)
