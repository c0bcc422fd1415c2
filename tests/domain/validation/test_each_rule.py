"""Every rule of validation: the mission keeps it, one change breaks it."""

from datetime import date, datetime
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from movplan.domain.assignments import Assignment, Override
from movplan.domain.errors import Issue
from movplan.domain.escorts import Payer
from movplan.domain.people import Member
from movplan.domain.rules import Rule, RuleOverride
from movplan.domain.scenario import Group, Horizon, Level, Minimum, Scenario
from movplan.domain.transport import Closure, Fare
from movplan.domain.validation import find_issues
from movplan.domain.words import (
    DepartureStatus,
    EvidenceLabel,
    Measure,
    Need,
    RuleType,
    SubjectKind,
    Trip,
)
from tests.domain.mission import CONVOY, FLIGHT, IRAN, KABUL, mission


def changed(table: str, place: int, **values: Any) -> Scenario:
    """The mission with columns of one row changed."""
    scenario = mission()
    rows = list(getattr(scenario, table))
    rows[place] = rows[place].model_copy(update=values)
    return scenario.model_copy(update={table: tuple(rows)})


def added(table: str, *rows: Any) -> Scenario:
    """The mission with more rows in a table."""
    scenario = mission()
    return scenario.model_copy(update={table: (*getattr(scenario, table), *rows)})


def only(scenario: Scenario) -> Issue:
    """The one issue of a scenario."""
    (issue,) = find_issues(scenario)
    return issue


def test_the_mission_keeps_every_rule():
    assert find_issues(mission()) == ()


@pytest.mark.parametrize(
    ("table", "place", "column", "value", "expected"),
    [
        ("families", 0, "programme", "AVR", "did you mean AVRR?"),
        ("families", 0, "current_place", "HER", "did you mean HEA?"),
        ("families", 1, "travels_with", ("F9",), "did you mean"),
        ("members", 0, "guardian_id", "M7", "did you mean"),
        ("documents", 0, "document_type", "exit_permt", "did you mean exit_permit?"),
        ("departure_vehicles", 0, "vehicle_type_id", "buss", "did you mean bus?"),
        ("escorts", 0, "base", "THR", "one of the places: DOG, HEA, KBL, MHD"),
        ("assignments", 0, "departure_id", "CV2", "did you mean CV1?"),
        ("assignments", 0, "session_ids", ("CO2",), "did you mean CO1?"),
        ("budget_lines", 1, "parent", "L3", "did you mean"),
        ("budget_lines", 1, "destinations", ("KBL", "AX"), "did you mean AF?"),
    ],
)
def test_an_id_that_names_nothing(table, place, column, value, expected):
    issue = only(changed(table, place, **{column: value}))

    assert (issue.code, issue.table, issue.column) == ("UNKNOWN_ID", table, column)
    assert issue.severity == "error"
    assert expected in issue.expected


def test_rows_of_families_say_whose_they_are():
    assert only(changed("medical", 0, member_id="M1x")).family_id is None
    assert only(changed("documents", 0, document_type="visa")).family_id == "F1"
    assert only(changed("assignments", 0, departure_id="x")).family_id == "F2"


def test_broken_rows_do_not_dangle():
    scenario = mission().model_copy(update={"departures": (CONVOY,), "fares": ()})
    scenario = scenario.model_copy(
        update={"assignments": (Assignment(family_id="F1", departure_id="FL1"),)}
    )

    assert [i.code for i in find_issues(scenario)] == ["UNKNOWN_ID"]
    assert find_issues(scenario, broken={"departures": [{"departure_id": "FL1"}]}) == ()


def test_a_key_used_twice():
    issue = only(added("sessions", mission().sessions[0]))

    assert (issue.code, issue.key) == ("DUPLICATE_KEY", "CO1")


def test_a_session_under_two_names_is_a_warning():
    twin = mission().sessions[0].model_copy(update={"session_id": "CO9"})
    issue = only(added("sessions", twin))

    assert (issue.code, issue.severity) == ("TWIN_SESSION", "warning")


@pytest.mark.parametrize(
    ("table", "place", "values", "column"),
    [
        ("families", 0, {"latest": date(2026, 4, 30)}, "latest"),
        ("documents", 0, {"valid_until": date(2026, 4, 9)}, "valid_until"),
        ("medical", 0, {"valid_until": date(2026, 3, 1)}, "valid_until"),
        ("budget_lines", 0, {"service_until": date(2026, 4, 1)}, "service_until"),
        # Noon in Kabul is 11:00 in Mashhad: earlier than 11:30 there.
        ("departures", 0, {"departs": datetime(2026, 5, 4, 11, 30, tzinfo=IRAN)}, ""),
        ("sessions", 0, {"ends": mission().sessions[0].starts}, "ends"),
        ("members", 1, {"birth_date": date(2026, 4, 21)}, "birth_date"),
    ],
)
def test_dates_that_cannot_be(table, place, values, column):
    issue = only(changed(table, place, **values))

    assert (issue.code, issue.table) == ("BAD_DATES", table)
    assert issue.column == (column or "arrives")


def test_a_horizon_that_is_over():
    over = Horizon(first=date(2026, 3, 1), last=date(2026, 4, 19))
    scenario = mission().model_copy(update={"horizon": over, "transfers": ()})
    found = {(i.code, i.column) for i in find_issues(scenario)}

    assert ("BAD_DATES", "horizon.last") in found


def test_a_round_trip_without_event():
    issues = find_issues(changed("programmes", 0, trip=Trip.ROUND_TRIP))

    assert [i.column for i in issues] == ["event_opens", "event_closes"]


def test_weekdays_are_one_to_seven():
    closure = Closure(
        closure_id="C",
        place_id="DOG",
        date_from=date(2026, 5, 1),
        date_to=date(2026, 5, 31),
        weekdays=(5, 8),
    )
    assert only(added("closures", closure)).column == "weekdays"


def test_persons_are_the_members_listed():
    issue = only(changed("families", 0, persons=3))

    assert (issue.code, issue.expected, issue.family_id) == ("WRONG_PERSONS", "2", "F1")


def test_persons_are_the_sum_of_the_counts():
    assert find_issues(changed("families", 1, adults=2, children=2, infants=1)) == ()
    assert only(changed("families", 1, adults=2, children=2)).expected == "4"


def test_persons_are_not_judged_while_a_member_cannot_be_read():
    scenario = changed("families", 0, persons=3)

    assert find_issues(scenario, broken={"members": [{"family_id": "F1"}]}) == ()


@pytest.mark.parametrize(
    ("relation", "meant"),
    [("wife", "spouse, one of"), ("Daughter", "child, one of"), ("kin", "one of: pri")],
)
def test_a_relation_that_no_rule_knows(relation, meant):
    issue = only(changed("members", 0, relation=relation))

    assert (issue.code, issue.severity) == ("UNKNOWN_RELATION", "warning")
    assert (issue.column, issue.value) == ("relation", relation)
    assert issue.expected.startswith(meant)


@pytest.mark.parametrize("relation", ["", "Spouse", "in-law", "COUSIN"])
def test_a_relation_known_in_any_letter_case(relation):
    assert find_issues(changed("members", 0, relation=relation)) == ()


def test_companions_named_on_one_side_only():
    issue = only(changed("families", 0, travels_with=("F2",)))

    assert (issue.code, issue.severity) == ("ONE_SIDED", "warning")


def test_a_group_too_big_for_any_vehicle():
    """44 seats less 10 percent are 39; the flight takes 40 persons, no more."""
    scenario = changed("families", 1, persons=40)
    assert find_issues(scenario) == ()

    only_convoys = {"departures": (CONVOY,), "fares": (), "assignments": ()}
    convoys = scenario.model_copy(update=only_convoys)
    issue = only(convoys)
    assert (issue.code, issue.family_id) == ("GROUP_TOO_BIG", "F2")
    assert issue.problem == (
        "family F2 of 40 persons needs 40 seats in one vehicle; the biggest vehicle"
        " open to AVRR, bus, has 39 after the spare share"
    )

    larger = changed("families", 1, persons=41)
    issue = only(larger.model_copy(update={"assignments": ()}))
    assert (issue.code, issue.severity) == ("GROUP_TOO_BIG", "error")
    assert issue.problem == (
        "family F2 of 41 persons needs 41 seats in one vehicle or 41 seats on one"
        " flight; the biggest vehicle open to AVRR, bus, has 39 after the spare share,"
        " the biggest flight open to AVRR, FL1, has 40"
    )


def test_what_happens_to_a_departure_makes_no_group_too_big():
    """A cancelled flight counts as it was; a family assigned is told as a warning."""
    scenario = changed("families", 1, persons=40)
    cancelled = FLIGHT.model_copy(update={"status": DepartureStatus.CANCELLED})
    shrunk = FLIGHT.model_copy(update={"seats": 6})
    assigned = Assignment(family_id="F2", departure_id="FL1")

    assert not find_issues(
        scenario.model_copy(update={"departures": (cancelled, CONVOY)})
    )
    update = {"departures": (shrunk, CONVOY), "assignments": (assigned,)}
    issue = only(scenario.model_copy(update=update))
    assert (issue.code, issue.severity) == ("GROUP_TOO_BIG", "warning")


@pytest.mark.parametrize(
    ("needs", "born"),
    [((Need.WCHC,), date(1990, 1, 1)), ((), date(2025, 1, 1))],
    ids=["wheelchair place", "infant on a lap"],
)
def test_whoever_needs_no_seat_is_not_counted(needs, born):
    """39 seats suffice for 40 persons when one of them sits elsewhere."""
    scenario = changed("families", 1, persons=40)
    grown = [
        Member(member_id=f"N{k}", family_id="F2", birth_date=date(1990, 1, 1))
        for k in range(39)
    ]
    last = Member(member_id="X", family_id="F2", birth_date=born, needs=needs)
    update = {"departures": (CONVOY,), "fares": ()}
    update["members"] = (*scenario.members, *grown, last)

    assert find_issues(scenario.model_copy(update=update)) == ()


@pytest.mark.parametrize(
    ("column", "value"),
    [("timezone", "Asia/Theran"), ("timezone", "../x"), ("latitude", float("nan"))],
)
def test_places_that_are_nowhere(column, value):
    assert only(changed("places", 1, **{column: value})).column == column


def test_a_flight_without_seats():
    assert only(changed("departures", 0, seats=None)).column == "seats"


def test_a_convoy_without_vehicles_is_a_warning():
    scenario = mission().model_copy(update={"departure_vehicles": ()})

    assert only(scenario).severity == "warning"


def test_stops_out_of_time_order():
    late = datetime(2026, 5, 6, 19, 0, tzinfo=KABUL)
    issue = only(changed("departure_stops", 0, departs=late))

    assert (issue.code, issue.key) == ("BAD_DATES", "CV1/1")


def test_a_place_served_twice():
    assert only(changed("departure_stops", 0, place_id="HEA")).code == "SERVED_TWICE"


def test_a_fare_for_a_stretch_that_is_not_ridden():
    def fare(start: str, end: str) -> Fare:
        return Fare(
            departure_id="CV1",
            from_place=start,
            to_place=end,
            amount_cents=100,
            currency="USD",
        )

    assert find_issues(added("fares", fare("MHD", "DOG"))) == ()
    assert only(added("fares", fare("DOG", "MHD"))).column == "to_place"
    assert only(added("fares", fare("KBL", "HEA"))).column == "from_place"


def test_a_price_without_currency():
    assert only(changed("places", 3, night_price_cents=900)).column == "currency"


def test_a_currency_without_an_earlier_rate():
    """The session is on 28 April; the afghani has no rate before 1 May."""
    issue = only(changed("sessions", 0, currency="AFN"))

    assert (issue.code, issue.table) == ("NO_RATE", "sessions")
    assert "2026-04-28" in issue.problem
    assert only(changed("transfers", 0, currency="PKR")).code == "NO_RATE"


@pytest.mark.parametrize("value", [Decimal(0), Decimal(-1)])
def test_rates_are_above_zero(value):
    assert only(changed("rates", 1, value=value)).table == "rates"


def test_shares_that_do_not_sum_to_a_hundred():
    """70 + 20 = 90."""
    issue = only(changed("payers", 1, share_percent=20))

    assert (issue.code, "90 percent" in issue.problem) == ("WRONG_SHARES", True)


def test_a_payer_of_nothing():
    payer = Payer(
        subject_kind=SubjectKind.ESCORT,
        subject_id="E7",
        budget_line_id="L1",
        share_percent=100,
    )
    assert only(added("payers", payer)).column == "subject_id"
    families = payer.model_copy(update={"subject_kind": SubjectKind.FAMILY})
    assert only(added("payers", families)).code == "BAD_PAYER"


def test_costs_that_nobody_pays():
    assert only(mission().model_copy(update={"payers": ()})).code == "NO_PAYERS"
    assert only(changed("escorts", 0, day_rate_cents=1)).table == "escorts"


def test_lines_that_are_their_own_ancestors():
    issues = find_issues(changed("budget_lines", 0, parent="L2"))

    assert [(i.code, i.key) for i in issues] == [
        ("PARENT_CYCLE", "L1"),
        ("PARENT_CYCLE", "L2"),
    ]


def rule(name: str, value: int | str, *overrides: RuleOverride) -> Rule:
    return Rule(
        name=name,
        value=value,
        unit="percent of vehicle seats",
        type=RuleType.PARAMETER,
        source="test",
        label=EvidenceLabel.ESTIMATE,
        overrides=overrides,
    )


def test_rules_that_nothing_reads():
    issue = only(added("rules", rule("spare_percnt", 5)))

    assert (issue.code, issue.expected) == (
        "UNKNOWN_RULE",
        "did you mean spare_percent?",
    )


@pytest.mark.parametrize("value", [-5, "ten"])
def test_rule_values_of_the_wrong_kind(value):
    assert only(added("rules", rule("spare_percent", value))).value == str(value)


def test_rule_values_for_nobody_are_a_warning():
    unused = RuleOverride(programme="RQX", value=5)
    assert only(added("rules", rule("spare_percent", 5, unused))).severity == "warning"


def test_overrides_name_rules_that_may_be_set_aside():
    override = Override(
        rule="place_opn", scope="*", by="head", reference="1", date=date(2026, 4, 1)
    )
    assert only(added("overrides", override)).expected == "did you mean place_open?"
    hard = override.model_copy(update={"rule": "consent"})
    assert only(added("overrides", hard)).column == "rule"
    right = override.model_copy(update={"rule": "place_open"})
    assert find_issues(added("overrides", right)) == ()


def test_levels_and_minimums():
    twice = (Level(name="cost", measure=Measure.COST),) * 2
    nowhere = Minimum(name="m", where=Group(origins=("THR",)), persons=3)
    neither = Minimum(name="m")
    too_much = Minimum(name="m", percent=101)

    assert only(mission().model_copy(update={"levels": twice})).column == "levels"
    for minimum in (nowhere, neither, too_much):
        scenario = mission().model_copy(update={"minimums": (minimum,)})
        assert only(scenario).column == "minimums"


def test_three_thousand_families_take_less_than_a_second():
    family = mission().families[1]
    families = (family.model_copy(update={"family_id": f"G{k}"}) for k in range(3000))
    scenario = added("families", *families)
    start = perf_counter()

    assert find_issues(scenario) == ()
    assert perf_counter() - start < 1


def test_a_whole_column_gone_wrong_is_reported_quickly():
    """2,000 members whose family is misspelt, among 3,000 families."""
    family = mission().families[1]
    families = (family.model_copy(update={"family_id": f"G{k}"}) for k in range(3000))
    born = date(1990, 1, 1)
    members = (
        Member(member_id=f"N{k}", family_id=f"H{k}", birth_date=born)
        for k in range(2000)
    )
    scenario = added("families", *families)
    scenario = scenario.model_copy(update={"members": (*scenario.members, *members)})
    start = perf_counter()

    issues = find_issues(scenario)
    assert len(issues) == 2000
    assert issues[0].expected.startswith("did you mean G")
    assert issues[-1].expected == "an id of the families"
    assert perf_counter() - start < 5
