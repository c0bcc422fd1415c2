"""Whose value of a parameter applies: most dimensions named, then which of them."""

from datetime import date
from itertools import permutations

import pytest

from movplan.domain.rules import Rule, RuleOverride, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.strictest import strictest
from movplan.domain.transport import Departure
from movplan.domain.values import (
    DEPARTURE_VALUES,
    FAMILY_VALUES,
    RIDE_VALUES,
    Values,
)
from movplan.domain.windows import Files
from movplan.domain.words import EscortRole, EvidenceLabel, RuleType
from tests.domain.mission import mission

CARRIER = RuleOverride(carrier="W5", value=1)
PLACE = RuleOverride(destination="KBL", value=2)
COUNTRY = RuleOverride(destination="AF", value=3)
PROGRAMME = RuleOverride(programme="AVRR", value=4)
OTHER = RuleOverride(programme="RQA", carrier="W5", value=9)


def rule(name: str, *overrides: RuleOverride) -> Rule:
    return Rule(
        name=name,
        value=0,
        unit="-",
        type=RuleType.PARAMETER,
        source="test",
        label=EvidenceLabel.ESTIMATE,
        overrides=overrides,
    )


def value(*overrides: RuleOverride) -> object:
    return rule("newborn_min_days", *overrides).value_for(
        programme="AVRR", destination=("KBL", "AF"), carrier="W5"
    )


@pytest.mark.parametrize("order", list(permutations(range(5))))
def test_carrier_before_place_before_country_before_programme(order):
    rows = [CARRIER, PLACE, COUNTRY, PROGRAMME, OTHER]
    listed = [rows[k] for k in order]

    assert value(*listed) == 1
    assert value(*(row for row in listed if row != CARRIER)) == 2
    assert value(*(row for row in listed if row not in (CARRIER, PLACE))) == 3
    assert value(OTHER, PROGRAMME) == 4
    assert value(OTHER) == 0


def test_more_dimensions_come_first_and_equals_as_listed():
    both = RuleOverride(programme="AVRR", destination="AF", value=7)

    assert value(CARRIER, both) == 7
    assert value(both, both.model_copy(update={"value": 8})) == 7


@pytest.mark.parametrize(
    ("destination", "days"),
    [(("yyz", "CA"), 365), (("lhr", "GB"), 90), (("fra", "DE"), 180)],
)
def test_how_long_a_clearance_counts_goes_by_the_country(destination, days):
    """Canada twelve months (M3), the UK 90 days (M8), others six months (M4)."""
    shipped = default_rules()["medical_validity_days"]
    assert shipped.value_for(destination=destination) == days
    assert shipped.value_for(programme="RQA", destination=destination) == days


def with_rules(*rules: Rule) -> Scenario:
    return mission().model_copy(update={"rules": rules})


def test_a_ride_value_takes_the_carrier_a_family_value_does_not():
    scenario = with_rules(rule("newborn_min_days", CARRIER, COUNTRY))
    family = scenario.families[0]
    values = Values(scenario)

    assert values.ride("newborn_min_days", family, "W5") == 1
    assert values.ride("newborn_min_days", family, "TK") == 3
    assert values.family("newborn_min_days", family) == 3
    assert scenario.family_value("newborn_min_days", family, "W5") == 1
    assert scenario.family_value("newborn_min_days", family) == 3


def departing(scenario: Scenario, **columns: object) -> Departure:
    return scenario.departures[0].model_copy(update={"to_place": "KBL", **columns})


def test_a_departure_value_takes_carrier_last_place_and_programmes():
    scenario = with_rules(rule("spare_percent", PROGRAMME, COUNTRY, CARRIER))
    values = Values(scenario)

    def spare(**columns: object) -> int:
        return values.departure("spare_percent", departing(scenario, **columns))

    assert spare(carrier="W5", programmes=("AVRR",)) == 1
    assert spare(carrier="TK", programmes=("AVRR",)) == 3
    assert spare(carrier="TK", to_place="IST", programmes=("AVRR",)) == 4
    assert spare(carrier="TK", to_place="IST", programmes=("RQA",)) == 0
    # Open to both: a fifth and nothing, the fifth is kept free.
    assert spare(carrier="TK", to_place="IST", programmes=("AVRR", "RQA")) == 4


@pytest.mark.parametrize(
    ("name", "values", "kept"),
    [
        ("spare_percent", (10, 20), 20),
        ("convoy_max_persons", (600, 300), 300),
        ("drive_from_hour", (6, 7), 7),
        ("drive_until_hour", (18, 16), 16),
        ("persons_per_ambulance", (0, 600), 600),
        ("flight_max_persons", (0, 75), 75),
        ("flight_max_persons", (75, 60), 60),
        ("persons_per_ambulance", (0, 0), 0),
        ("rest_after_hours", (4, 0), 4),
        ("rest_after_hours", (4, 5), 4),
        ("rest_minutes", (30, 45), 45),
    ],
)
def test_the_strictest_of_several(name, values, kept):
    assert strictest(name, values) == kept
    assert name in DEPARTURE_VALUES


def test_convoys_open_to_two_programmes_leave_on_days_of_both():
    """Sunday, Tuesday, Thursday for one, Monday to Wednesday for another: Tuesday."""
    by = (
        RuleOverride(programme="AVRR", value="247"),
        RuleOverride(programme="RQA", value="123"),
    )
    scenario = with_rules(
        rule("convoy_days", *by).model_copy(update={"value": "1234567"})
    )
    values = Values(scenario)

    def days(*programmes: str) -> str:
        row = departing(scenario, programmes=programmes)
        return values.departure_text("convoy_days", row)

    assert (days("AVRR"), days("RQA"), days("AVRR", "RQA")) == ("247", "123", "2")
    assert days("OTHER") == "1234567"


def test_no_parameter_is_of_two_kinds_and_all_exist():
    kinds = (RIDE_VALUES, FAMILY_VALUES, DEPARTURE_VALUES)

    assert frozenset().union(*kinds) <= set(default_rules())
    assert sum(map(len, kinds)) == len(frozenset().union(*kinds))


def test_medical_validity_by_the_place_of_destination():
    scenario = with_rules(rule("medical_validity_days", COUNTRY, PLACE))
    row = scenario.medical[0].model_copy(
        update={"valid_until": None, "exam_date": date(2026, 4, 1)}
    )

    assert Files(scenario).medical_valid_until(row) == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("role", "taken"),
    [(EscortRole.DOCTOR, 1), (EscortRole.NURSE, 3), (EscortRole.OPERATIONAL, 3)],
)
def test_patients_at_a_time_by_role_unless_the_row_says(role, taken):
    escort = mission().escorts[0].model_copy(update={"role": role})

    unsaid = escort.model_copy(update={"patients_at_a_time": None})
    assert mission().patients_at_a_time(unsaid) == taken
    own = escort.model_copy(update={"patients_at_a_time": 5})
    assert mission().patients_at_a_time(own) == 5
