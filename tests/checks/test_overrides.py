"""What a named authority sets aside: a filter before the rule, told apart after it."""

from collections.abc import Callable
from datetime import date

import pytest

from movplan.checks import CheckReport, run_checks
from movplan.domain.assignments import Override
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import Household, MedicalStatus, SessionKind
from tests.checks.broken.scenes import (
    alone,
    documents_until,
    stays,
    two_days,
    without_doctor,
    without_ra2,
)
from tests.checks.broken.tools import (
    World,
    assigned,
    both,
    leg,
    override,
    row,
    rule_value,
    updated,
    world,
)
from tests.checks.mission import LINE_OF, PLAN, certified, costed
from tests.checks.world import SCENARIO, may

Change = Callable[[Scenario, Plan], World]


def report(*changes: Change) -> CheckReport:
    scenario, plan = both(*changes)(SCENARIO, PLAN)
    return run_checks(scenario, certified(scenario, costed(scenario, plan, LINE_OF)))


def counts(found: CheckReport, rule: str) -> tuple[int, int]:
    """Violations of a rule, and those set aside."""
    result = {row.rule: row for row in found.results()}[rule]
    return result.violations, result.overridden


FIRST_DEGREE = Household.FIRST_DEGREE
CLOSED = row("departures", "C2", programmes=("RESETTLE",))
NIGHTS = row("programmes", "VOLREP", overnight_transit=False)
SHUT = row("closures", "X1", weekdays=(4,))
HOLIDAY = row("places", "MASHHAD", country="DE", holidays=True)
LATE = rule_value("latest_arrival_hour", 15)
SMALL = rule_value("flight_max_persons", 3)
FULL = row("capacities", "K1", limit=4)
EXAMINED = both(without_doctor, row("places", "IST", clinic=True))
UNAPPROVED = row("budget_lines", "EU", needs_approval=True)

NEEDS_OF_MEMBERS = (
    "airline_clearance",
    "special_notice",
    "pregnancy",
    "companion",
    "fitness_between",
    "escort_cover",
)

# Rule, what breaks it, scope: violations left, violations set aside.
CASES = (
    ("open_to_programme", CLOSED, "RA1", 1, 1),
    ("open_to_programme", CLOSED, "VOLREP", 0, 2),
    ("open_to_programme", CLOSED, "C2", 0, 2),
    ("open_to_programme", CLOSED, "C1", 2, 0),
    ("open_to_programme", CLOSED, "*", 0, 2),
    ("overnight_transit", NIGHTS, "RA2", 1, 1),
    ("travels_with", without_ra2, "RA2", 0, 1),
    ("travels_with", without_ra2, "RA3", 1, 0),
    # Without an escort it has to be examined in a clinic on the way.
    ("escort_cover", EXAMINED, "RS1", 0, 1),
    # F2 alone is not enough: nobody is on F1 either.
    ("escort_cover", without_doctor, "F2", 1, 1),
    ("appointments", rule_value("co_hours_min", 182), "RS1", 0, 2),
    ("place_open", SHUT, "X1", 0, 3),
    ("place_open", SHUT, "DOGHAROUN", 0, 3),
    ("place_open", SHUT, "RA3", 2, 1),
    ("public_holidays", HOLIDAY, "MASHHAD", 0, 3),
    ("public_holidays", HOLIDAY, "RA1", 2, 1),
    ("late_arrival", LATE, "KABUL", 2, 2),
    ("late_arrival", LATE, "RS1", 3, 1),
    # 7 persons cross, 4 may: without RA1 they are 4.
    ("place_capacity", FULL, "RA1", 0, 1),
    # Without RA3 they are 5 of 4: another fact, the first one is set aside.
    ("place_capacity", FULL, "RA3", 1, 1),
    ("place_capacity", FULL, "K1", 0, 1),
    ("place_capacity", FULL, "DOGHAROUN", 0, 1),
    # RS1, four persons, on F1 to IST and F2 to BER.
    ("place_capacity", SMALL, "RS1", 0, 2),
    ("place_capacity", SMALL, "BER", 1, 1),
    ("place_capacity", SMALL, "WS1", 2, 0),
    # More than so many were allowed on one flight: both limits of it, none of days.
    ("place_capacity", SMALL, "F2", 1, 1),
    ("place_capacity", row("capacities", "K7", limit=3), "F2", 0, 1),
    ("place_capacity", row("capacities", "K7", limit=3), "F1", 1, 0),
    ("place_capacity", FULL, "C1", 1, 0),
    # RS1, C1, F2, W1 and W2 (F1 is firm), D1.
    ("line_approval", UNAPPROVED, "EU", 0, 6),
    ("line_approval", UNAPPROVED, "RS1", 5, 1),
    ("line_approval", UNAPPROVED, "W1", 5, 1),
    ("line_approval", UNAPPROVED, "D1", 5, 1),
)


@pytest.mark.parametrize(("rule", "change", "scope", "left", "aside"), CASES)
def test_a_scope(rule: str, change: Change, scope: str, left: int, aside: int) -> None:
    found = report(change, override(rule, scope))

    assert counts(found, rule) == (left, aside)
    assert found.broken_rules == ({rule} if left else set())


def test_an_override_of_tomorrow_does_not_count() -> None:
    letter = Override(
        rule="place_open", scope="X1", by="x", reference="y", date=date(2026, 5, 2)
    )

    found = report(SHUT, world(overrides=(letter,)))

    assert counts(found, "place_open") == (3, 0)


def test_an_override_that_sets_nothing_aside_changes_nothing() -> None:
    found = report(override("place_open", "*"))

    assert counts(found, "place_open") == (0, 0)
    assert found.passed


def test_a_family_that_attends_nothing_has_no_steps_in_order() -> None:
    late = documents_until("09:01")
    assert report(late).broken_rules == {"step_order"}
    found = report(late, override("appointments", "RS1"))

    assert counts(found, "step_order") == (0, 0)
    assert found.passed


def test_a_family_without_steps_to_attend_keeps_no_pinned_session() -> None:
    pinned = assigned("RS1", "F1", "pinned", "CO-X")
    absent = assigned("RS1", "F1", "locked", "CO-FA", "CO-PS", "PEC1")
    nothing = override("appointments", "RS1")

    assert report(pinned).broken_rules == {"pins"}
    assert report(absent, leg("RS1", 2, gone=True), nothing).passed


def test_ties_set_aside_leave_minors_without_an_adult() -> None:
    """RA1 becomes two minors and a child; RA2 has the only adult of the company."""
    young = both(
        row("members", "RA1-1", birth_date=date(2009, 1, 1)),
        row("members", "RA1-2", birth_date=date(2010, 1, 1)),
        override("escort_cover", "RA1"),
        row("places", "HERAT", clinic=True),
    )

    assert report(young).passed
    apart = report(young, override("travels_with", "RA2"))
    assert apart.broken_rules == {"unaccompanied_minor"}


def test_who_cannot_be_checked_is_counted() -> None:
    """RA2 is two counts: an adult and an infant."""
    found = report(
        row("families", "RA2", adults=0, children=1),
        row("families", "RA1", travels_with=()),
        row("programmes", "VOLREP", household=FIRST_DEGREE, medical_required=True),
    )
    unchecked = {row.rule: row.unchecked for row in found.results() if row.unchecked}

    assert unchecked == {
        "journey_chain": 1,
        "vehicle_load": 1,
        "document_validity": 1,
        "document_order": 1,
        "household": 1,
        "medical_fitness": 1,
        "fitness_between": 1,
        "escort_cover": 1,
    }


def test_children_by_the_counts_do_not_go_alone() -> None:
    """RA2 as two children; RA1, with whom it travels, has an adult."""
    children = row("families", "RA2", adults=0, children=2, infants=0)
    assessed = row("families", "RA2", best_interests=may(1))
    alone = both(children, row("families", "RA1", travels_with=()))
    rule, no_adult = "unaccompanied_minor", "RA2 outbound: no adult in charge travels "

    def facts(*changes: Change) -> list[str]:
        return [v.fact for v in report(*changes).violations if v.rule == rule]

    assert facts(children) == []
    nobody = f"{no_adult}with it on 2026-05-14, and "
    unescorted = f"{nobody}it has no members for whom escorts could be found"
    assert facts(alone) == [
        f"{nobody}there is no best-interests assessment",
        unescorted,
    ]
    assert facts(alone, assessed) == [unescorted]
    assert facts(alone, assessed, override("escort_cover", "RA2")) == []


def test_what_of_counts_nobody_knows_is_counted_beside_what_is_looked_at() -> None:
    """RS1 as counts flies twice and has an orientation; RA2 takes a convoy twice."""
    members = tuple(m for m in SCENARIO.members if m.family_id != "RS1")
    counted = updated(SCENARIO, members=members, medical=())
    counts = row("families", "RS1", adults=2, children=1, infants=1)
    rules = ("appointments", "special_places", "vehicle_load", "journey_chain")

    def unchecked(*changes: Change) -> list[int]:
        results = run_checks(*both(counts, *changes)(counted, PLAN)).results()
        found = {result.rule: result.unchecked for result in results}
        return [found[rule] for rule in rules]

    assert unchecked() == [1, 1, 1, 2]
    done = row("families", "RS1", steps_done=(SessionKind.CULTURAL_ORIENTATION,))
    assert unchecked(done) == [0, 1, 1, 2]
    assert unchecked(override("appointments", "RS1")) == [0, 1, 1, 2]


def test_infants_of_counts_are_unchecked_in_flight_only() -> None:
    def newborn(scenario: Scenario, plan: Plan) -> int:
        results = run_checks(scenario, plan).results()
        return next(row.unchecked for row in results if row.rule == "newborn_age")

    assert newborn(SCENARIO, PLAN) == 0
    members = tuple(m for m in SCENARIO.members if m.family_id != "RS1")
    counted = updated(SCENARIO, members=members)
    scenario, plan = row("families", "RS1", adults=2, children=1, infants=1)(
        counted, PLAN
    )
    assert newborn(scenario, plan) == 1


def test_needs_of_counts_are_unchecked_where_they_would_matter() -> None:
    def unchecked(*changes: Change) -> dict[str, int]:
        members = tuple(m for m in SCENARIO.members if m.family_id != "RS1")
        counted = updated(SCENARIO, members=members, medical=())
        counts = row("families", "RS1", adults=2, children=1, infants=1)
        results = run_checks(*both(counts, *changes)(counted, PLAN)).results()
        found = {result.rule: result.unchecked for result in results}
        return {rule: found[rule] for rule in NEEDS_OF_MEMBERS}

    # RA2, always counts, takes two convoys; RS1 takes two flights.
    every = {"airline_clearance": 1, "special_notice": 1, "pregnancy": 1}
    rides = {"fitness_between": 2, "escort_cover": 2}
    hours = "companion_flight_hours"
    assert unchecked(rule_value(hours, 1)) == {**every, **rides, "companion": 1}
    assert unchecked(rule_value(hours, 24)) == {**every, **rides, "companion": 0}
    aside = override("escort_cover", "RS1")
    assert unchecked(rule_value(hours, 24), aside) == {
        **every,
        "companion": 0,
        "fitness_between": 2,
        "escort_cover": 1,
    }


def test_the_dates_of_a_hold_are_those_of_the_first_day() -> None:
    held = row("medical", "RA1-1", status=MedicalStatus.HOLD, hold_until=may(13))

    assert report(held).passed


def test_whoever_stays_is_not_looked_at() -> None:
    minor = both(alone, override("escort_cover", "WS1"), two_days)

    assert report(minor).broken_rules == {"unaccompanied_minor"}
    left = stays("WS1")(*minor(SCENARIO, PLAN))
    assert "unaccompanied_minor" not in run_checks(*left).broken_rules
