"""First come, first served: who comes first, what is bought, what is called off."""

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.formulation.build import build_model
from movplan.formulation.model import Model
from movplan.formulation.rowbook import IntArray
from movplan.generation import Profile, generate
from movplan.planning.counter import Counter, Group
from movplan.planning.first_come import FirstCome, first_come, tied_units
from movplan.planning.outlook import Outlook
from movplan.screening import screen


def model_of(scenario: Scenario) -> Model:
    return build_model(scenario, screen(scenario), Tariffs(scenario)).model


@pytest.fixture(scope="module")
def mission() -> Scenario:
    return generate(60, 5, "mixed")


@pytest.fixture(scope="module")
def model(mission: Scenario) -> Model:
    return model_of(mission)


@pytest.fixture(scope="module")
def served(mission: Scenario, model: Model) -> FirstCome:
    return first_come(mission, model)


def test_every_row_is_kept_exactly(model: Model, served: FirstCome) -> None:
    used = served.solution.usage(model, served.pool.columns)
    rows = model.rows
    assert (used[rows.equal] == rows.rhs[rows.equal]).all()
    assert (used[~rows.equal] <= rows.rhs[~rows.equal]).all()
    assert (served.solution.plant >= 0).all()
    assert (served.solution.plant <= model.plant.upper).all()


def test_somebody_travels_and_somebody_is_left(served: FirstCome) -> None:
    travels = served.solution.column >= 0
    assert 0 < travels.sum() < len(travels)


def test_level_values_are_those_of_the_units_served(
    model: Model, served: FirstCome
) -> None:
    names = [level.level.name for level in model.levels]
    moved = model.levels[names.index("moved")]
    pairs = served.pool.columns.pair[served.solution.used()]
    assert served.values[names.index("moved")] == moved.pair_value[pairs].sum()


def test_nothing_is_bought_that_nobody_needs(model: Model, served: FirstCome) -> None:
    # Selling any one vehicle, run or mission would leave some row short.
    used = served.solution.usage(model, served.pool.columns)
    rosters = np.array([name.rule == "escort_roster" for name in model.rows.names])
    for column in np.flatnonzero(served.solution.plant).tolist():
        if model.plant.names[column].kind in ("hire", "mission", "run"):
            without = used - model.plant.matrix[[column]].toarray().ravel()
            assert (without > model.rows.rhs)[~rosters].any()


def test_the_one_who_waits_longest_goes_first(mission: Scenario, model: Model) -> None:
    # Alone on the mission every family of this list could travel; the first in line
    # always does, whoever it is.
    groups = [group for group in tied_units(model) if len(group) == 1]
    able = [group[0] for group in groups if _has_pairs(model, group[0])][:5]
    for unit in able:
        family_id = model.units.family_ids[model.units.family[unit]]
        found = first_come(_waiting_longest(mission, family_id), model)
        alone = _served_alone(model, family_id)
        assert (found.solution.column[unit] >= 0) == alone


def test_tied_units_travel_together_or_not_at_all(
    model: Model, served: FirstCome
) -> None:
    tied = [group for group in tied_units(model) if len(group) > 1]
    assert tied
    for group in tied:
        travels = served.solution.column[list(group)] >= 0
        assert travels.all() or not travels.any()


def test_departures_run_with_as_many_as_they_ask_for(
    mission: Scenario, model: Model, served: FirstCome
) -> None:
    persons = {f.family_id: f.persons for f in mission.families}
    aboard = dict.fromkeys(model.departure_ids, 0)
    for pair in served.pool.columns.pair[served.solution.used()].tolist():
        unit = model.pairs.unit[pair]
        family_id = model.units.family_ids[model.units.family[unit]]
        for k in model.pair_departures[[pair]].indices.tolist():
            aboard[model.departure_ids[k]] += persons[family_id]
    least = {d.departure_id: d.min_persons for d in mission.departures}
    running = [
        departure_id
        for departure_id, column in model.run_column.items()
        if served.solution.plant[column]
    ]
    assert running
    assert all(aboard[name] >= least[name] for name in running)


def _has_pairs(model: Model, unit: int) -> bool:
    return bool(model.pairs.unit_ptr[unit] < model.pairs.unit_ptr[unit + 1])


def _waiting_longest(mission: Scenario, family_id: str) -> Scenario:
    long_ago = {"waiting_since": date(1999, 1, 1)}
    families = tuple(
        family.model_copy(update=long_ago) if family.family_id == family_id else family
        for family in mission.families
    )
    return mission.model_copy(update={"families": families, "assignments": ()})


def _served_alone(model: Model, family_id: str) -> bool:
    """Whether the family travels when all seats, money and beds are its own."""
    only = np.array(
        [model.units.family_ids[k] == family_id for k in model.units.family]
    )
    counter, group = Counter(model), tuple(np.flatnonzero(only).tolist())
    counter.serve_all([group])
    return group[0] in counter.taken


class _NothingHopeless(Outlook):
    def hopeless(self, pairs: IntArray) -> NDArray[np.bool_]:
        return np.zeros(len(pairs), np.bool_)


@pytest.mark.parametrize("profile", ["mixed", "returns", "resettlement"])
def test_passing_over_hopeless_pairs_changes_nothing(profile: Profile) -> None:
    model = model_of(generate(60, 7, profile))
    groups = tied_units(model)
    quick, slow = Counter(model), Counter(model)
    slow.outlook = _NothingHopeless(model, slow.stock)
    for counter in (quick, slow):
        counter.serve_all(groups)
    pairs = np.arange(len(model.pairs))
    assert 0 < quick.outlook.hopeless(pairs).sum() < len(pairs)
    assert quick.taken == slow.taken
    assert (quick.stock.plant == slow.stock.plant).all()


def test_an_escort_who_rides_to_somebody_later_on_keeps_no_empty_departure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A convoy called off is closed for good: its escort's patient goes otherwise."""
    scenario = generate(300, 7)
    model = model_of(scenario)
    called_off: list[str] = []
    call_off = Counter.call_off

    def once(self: Counter, departure_id: str, groups: list[Group]) -> None:
        assert departure_id not in called_off
        called_off.append(departure_id)
        call_off(self, departure_id, groups)

    monkeypatch.setattr(Counter, "call_off", once)
    solution = first_come(scenario, model).solution
    assert called_off
    runs = {
        name.subject
        for name, times in zip(model.plant.names, solution.plant, strict=True)
        if name.kind == "run" and times
    }
    assert runs.isdisjoint(called_off)
