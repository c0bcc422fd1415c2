"""A change of any parameter is seen by the checks, and by what planning allows.

Parameters that limit something: ``tests/checks/limits`` (kept, broken) and
``tests/formulation/test_limits.py`` (possible, impossible). The others here.
"""

import pytest

from movplan.checks import run_checks
from movplan.costing.recost import recost
from movplan.domain.rules import Rule, default_rules
from movplan.domain.scenario import Scenario
from movplan.planning.deadlines import find_deadlines
from tests.checks.limits import PAIRS, Pair
from tests.checks.mission import PLAN, certified, costed
from tests.formulation.fixed import Fixed, journeys_of, model_of, pairs_of
from tests.formulation.test_against_checks import by_hand, model_accepts
from tests.parameters.table import CHANGED, Changed, Seen

RIDES = journeys_of(PLAN)
LIMITS = [pair for pair in PAIRS if pair.parameter]


def of(seen: Seen) -> list[Changed]:
    return [each for each in CHANGED if each.seen is seen]


def named(each: Changed) -> str:
    return each.parameter


def best_levels(scenario: Scenario) -> list[int | None]:
    """The best value of every level, with the rides of the small mission."""
    model = model_of(scenario)
    pairs = pairs_of(model, RIDES)
    assert pairs is not None
    fixed = Fixed(model, pairs)
    return [fixed.best(level) for level in range(len(model.levels))]


def test_every_parameter_is_here() -> None:
    limiting = {pair.parameter for pair in LIMITS}
    others = [each.parameter for each in CHANGED]
    assert limiting.isdisjoint(others)
    assert len(set(others)) == len(others)
    assert limiting | {*others} == set(default_rules())


def rules_apart(one: Scenario, other: Scenario) -> set[str]:
    """The rules that two scenarios set otherwise."""

    def values(scenario: Scenario) -> dict[str, Rule]:
        return {**default_rules(), **{r.name: r for r in scenario.rules}}

    ours, theirs = values(one), values(other)
    return {name for name in ours if ours[name] != theirs[name]}


@pytest.mark.parametrize("pair", LIMITS, ids=lambda pair: pair.name)
def test_the_worlds_of_a_pair_differ_in_the_parameter_alone(pair: Pair) -> None:
    at, beyond = (pair.world(value)[0] for value in (pair.at, pair.beyond))
    assert rules_apart(at, beyond) == {pair.parameter}
    assert at.model_copy(update={"rules": beyond.rules}) == beyond


@pytest.mark.parametrize("each", CHANGED, ids=named)
def test_the_worlds_of_a_change_differ_in_the_parameter_alone(each: Changed) -> None:
    one, other = map(each.scenario, each.values)
    assert rules_apart(one, other) == {each.parameter}
    assert one.model_copy(update={"rules": other.rules}) == other


@pytest.mark.parametrize("each", of(Seen.BROKEN), ids=named)
def test_rides_of_one_value_are_refused_at_the_other(each: Changed) -> None:
    one, other = map(each.scenario, each.values)
    plan = by_hand(one, RIDES)
    assert run_checks(one, plan).broken_rules == set()
    if each.rule == "late_arrival":  # the same rides, at the times they then take
        plan = by_hand(other, RIDES)
    assert each.rule in run_checks(other, plan).broken_rules
    assert model_accepts(one, RIDES)
    assert not model_accepts(other, RIDES)


@pytest.mark.parametrize("each", of(Seen.COST), ids=named)
def test_the_ledger_is_another(each: Changed) -> None:
    one, other = map(each.scenario, each.values)
    plan = by_hand(one, RIDES)
    assert recost(one, plan) == ()
    assert recost(other, plan) != ()
    cost = [level.name for level in one.levels].index("cost") + _first(one)
    assert best_levels(one)[cost] != best_levels(other)[cost]


def _first(scenario: Scenario) -> int:
    """How many levels come before the scenario's own."""
    return len(model_of(scenario).levels) - len(scenario.levels)


@pytest.mark.parametrize("each", of(Seen.VALUE), ids=named)
def test_a_level_is_worth_something_else(each: Changed) -> None:
    one, other = map(each.scenario, each.values)
    plan = certified(one, costed(one, PLAN))
    assert "objective" not in run_checks(one, plan).broken_rules
    assert run_checks(other, plan).broken_rules == {"objective"}
    assert best_levels(one) != best_levels(other)


@pytest.mark.parametrize("each", of(Seen.DEADLINE), ids=named)
def test_a_deadline_is_another_and_nothing_is_refused(each: Changed) -> None:
    one, other = map(each.scenario, each.values)
    plan = by_hand(one, RIDES)
    assert plan.schedule == by_hand(other, RIDES).schedule
    written = plan.schedule, plan.ledger, plan.missions
    due = [find_deadlines(scenario, *written) for scenario in (one, other)]
    assert due[0] != due[1]
    for scenario in (one, other):
        assert run_checks(scenario, plan).broken_rules == set()
        assert model_accepts(scenario, RIDES)
