"""The model knows the rides of every rule's limit, and none beyond it."""

import pytest

from tests.checks.limits import PAIRS, Pair
from tests.formulation.fixed import journeys_of
from tests.formulation.test_against_checks import broken_rules, model_accepts

# What the plan says of itself, and who pays or goes when others can: other decisions
# keep these rules on the same rides.
DECIDED_OTHERWISE = {
    "conservation",
    "family_whole",
    "promissory_note",
    "escort_roster",
    "budget_ceiling",
    "budget_eligibility",
    "family_ceiling",
    "enrolment",
    "payers",
    "ledger",
    "objective",
}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_rides_at_the_limit_are_in_the_model(pair: Pair) -> None:
    scenario, plan = pair.world(pair.at)
    assert model_accepts(scenario, journeys_of(plan))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_those_beyond_are_not_unless_decided_otherwise(pair: Pair) -> None:
    scenario, plan = pair.world(pair.beyond)
    rides = journeys_of(plan)
    assert model_accepts(scenario, rides) == (pair.rule in DECIDED_OTHERWISE)
    if pair.rule in DECIDED_OTHERWISE:
        assert broken_rules(scenario, rides) == set()
