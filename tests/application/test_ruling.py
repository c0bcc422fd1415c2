"""Every rule and parameter, with how many families it binds."""

from datetime import date

import pytest

from movplan.application.concerned import CONCERNS, Facts, concerned
from movplan.application.loading import Loaded
from movplan.application.ruling import Ruling, rulings
from movplan.domain.assignments import Override
from movplan.domain.people import Member
from movplan.domain.rulebook import BY_NAME, RULEBOOK
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import DepartureKind, Need, RuleType, SessionKind
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
    # It is counted for whom any of its rules binds: all may want one of four seats
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


OWN = {SCENARIO.families[0].family_id}
FIVE = {row.family_id for row in SCENARIO.families}


def changed(scenario: Scenario, table: str, number: int, **values: object) -> Scenario:
    rows = list(getattr(scenario, table))
    rows[number] = rows[number].model_copy(update=values)
    return scenario.model_copy(update={table: tuple(rows)})


def with_member(**values: object) -> Scenario:
    """Somebody of the first family is listed: adult and well, unless said."""
    grown = {"birth_date": date(1990, 1, 1), **values}
    family_id = SCENARIO.families[0].family_id
    member = Member.model_validate({"member_id": "M", "family_id": family_id, **grown})
    return SCENARIO.model_copy(update={"members": (member,)})


def about(scenario: Scenario, parameter: str) -> frozenset[str]:
    return concerned(Facts(scenario), parameter)


def test_a_parameter_binds_only_whom_it_can_concern() -> None:
    """All five may want the four seats; the seats of a stretcher are nobody's."""
    rows = ruled(SCENARIO)
    assert rows["seats"].families_bound == 5
    assert rows["stretcher_seats"].families_bound == 0

    lying = with_member(needs=(Need.STCR,))
    assert about(lying, "stretcher_seats") == OWN
    assert ruled(lying)["stretcher_seats"].families_bound <= 1


def test_who_is_concerned_by_their_members() -> None:
    counted = about(SCENARIO, "minors_per_escort") - OWN
    assert about(with_member(), "newborn_min_days") == frozenset()
    born = with_member(birth_date=SCENARIO.horizon.first)
    assert about(born, "newborn_min_days") == OWN
    assert about(born, "minors_per_escort") == OWN | counted
    pregnant = with_member(pregnancy_weeks=20, pregnancy_as_of=AS_OF.date())
    assert about(with_member(), "pregnancy_refuse_week") == frozenset()
    assert about(pregnant, "pregnancy_refuse_week") == OWN
    assert about(pregnant, "pregnancy_multiple_weeks_earlier") == frozenset()
    # a certificate is to be had in time, and bars nobody
    assert about(pregnant, "pregnancy_certificate_week") == frozenset()


def test_convoys_concern_nobody_where_there_are_none() -> None:
    flights = tuple(
        row for row in SCENARIO.departures if row.kind is DepartureKind.FLIGHT
    )
    assert flights != SCENARIO.departures
    assert about(SCENARIO, "connection_convoy_min") != frozenset()
    without = SCENARIO.model_copy(update={"departures": flights})
    assert about(without, "connection_convoy_min") == frozenset()
    assert about(without, "connection_flight_min") != frozenset()


def test_a_session_concerns_whom_it_is_still_before() -> None:
    """The programme of the first family asks for a check, and the family had it."""
    pec = SessionKind.PRE_EMBARKATION_CHECK
    family = SCENARIO.families[0]
    names = [row.programme_id for row in SCENARIO.programmes]
    asked = changed(
        SCENARIO, "programmes", names.index(family.programme), required_steps=(pec,)
    )
    assert family.family_id in about(asked, "pec_hours_max")
    done = changed(asked, "families", 0, steps_done=(pec,))
    assert family.family_id not in about(done, "pec_hours_max")


def test_what_is_not_told_apart_concerns_all() -> None:
    assert about(SCENARIO, "drive_until_hour") == FIVE
    assert set(CONCERNS) <= set(default_rules())
