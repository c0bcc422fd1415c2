"""Every rule and parameter, with how many families it binds."""

import pytest

from movplan.application.loading import Loaded
from movplan.application.ruling import Ruling, rulings
from movplan.domain.assignments import Override
from movplan.domain.rulebook import BY_NAME, RULEBOOK
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import RuleType
from tests.reports.by_hand import AS_OF, SCENARIO


def ruled(scenario: Scenario) -> dict[str, Ruling]:
    return {row.name: row for row in rulings(Loaded(scenario, ()))}


@pytest.fixture(scope="module")
def rows() -> dict[str, Ruling]:
    return ruled(SCENARIO)


def test_every_rule_and_every_parameter_once() -> None:
    listed = [row.name for row in rulings(Loaded(SCENARIO, ()))]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(BY_NAME) | set(default_rules())
    assert [name for name in listed if name in BY_NAME] == [r.name for r in RULEBOOK]


def test_a_rule_named_as_its_parameter(rows: dict[str, Ruling]) -> None:
    row = rows["convoy_days"]
    assert (row.value, row.rule) == ("1234567", "convoy_days")


def test_a_parameter_has_the_value_of_the_scenario(rows: dict[str, Ruling]) -> None:
    """The mission made by hand lets convoys drive until 20:00."""
    row = rows["drive_until_hour"]
    assert (row.value, row.unit, row.type) == (
        20,
        "hour of the day",
        RuleType.PARAMETER,
    )
    assert row.rules == ("daylight_driving",)


def test_a_value_for_one_carrier_is_told(rows: dict[str, Ruling]) -> None:
    assert rows["newborn_report_min_days"].overrides == ("carrier TK: 3",)


def test_a_parameter_that_several_rules_read(rows: dict[str, Ruling]) -> None:
    row = rows["adult_age_years"]
    assert row.rule == "family_whole"
    assert {"seats", "companion", "unaccompanied_minor"} <= set(row.rules)
    # It binds whom any of its rules binds: all may want one of four seats
    assert row.families_bound == rows["seats"].families_bound == 5


def test_those_in_want_are_told_from_those_barred() -> None:
    """All five may want the four seats; F1 alone has not consented."""
    unsigned = {"F1": {"consent_signed": None}}
    families = tuple(
        row.model_copy(update=unsigned.get(row.family_id, {}))
        for row in SCENARIO.families
    )
    rows = ruled(SCENARIO.model_copy(update={"families": families}))
    counts = {
        name: (rows[name].families_bound, rows[name].families_in_want)
        for name in ("seats", "consent")
    }
    assert counts == {"seats": (4, 4), "consent": (1, 0)}


def test_prices_belong_to_no_rule(rows: dict[str, Ruling]) -> None:
    row = rows["road_factor_percent"]
    assert (row.rule, row.families_bound) == ("", 0)


def test_a_definition_claims_no_evidence(rows: dict[str, Ruling]) -> None:
    labels = {name: rows[name].label for name in ("conservation", "beds", "consent")}
    assert labels == {"conservation": "\N{EN DASH}", "beds": "CP", "consent": "S"}


def test_what_an_authority_has_set_aside() -> None:
    override = Override(
        rule="place_open",
        scope="F1",
        by="head of mission",
        reference="note 3",
        date=AS_OF.date(),
    )
    found = ruled(SCENARIO.model_copy(update={"overrides": (override,)}))
    (told,) = found["place_open"].overrides
    assert told == f"F1 by head of mission (note 3, {AS_OF.date()})"
