"""The rulebook: 57 names, ten of which a named authority may set aside."""

from movplan.domain.rulebook import OVERRIDABLE, RULEBOOK, rules_reading
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import RuleType


def test_names_are_there_once():
    assert len({rule.name for rule in RULEBOOK}) == len(RULEBOOK) == 57
    assert len(OVERRIDABLE) == 10


def test_only_overridable_rules_have_scopes_and_these_are_tables():
    for rule in RULEBOOK:
        assert bool(rule.scopes) is (rule.type is RuleType.OVERRIDABLE)
        assert set(rule.scopes) <= set(Scenario.TABLES)


def test_every_parameter_is_read_by_a_rule_or_is_a_price():
    unread = {name for name in default_rules() if not rules_reading(name)}

    assert {name for name in unread if not name.startswith("assumed_")} == {
        "child_age_years",
        "road_factor_percent",
    }


def test_rules_that_read_a_parameter_in_order():
    assert [rule.name for rule in rules_reading("stretcher_seats")] == [
        "family_whole",
        "seats",
    ]
