"""Limits of families and minors, and of who sits on a lap."""

from datetime import date

from movplan.domain.rules import RuleOverride
from tests.checks.broken.scenes import without_ra2
from tests.checks.broken.tools import (
    both,
    leg,
    override,
    planned,
    row,
    rule_value,
    updated,
)
from tests.checks.limits.pair import Change, Pair, of_column, of_parameter
from tests.checks.world import SCENARIO, may, rule

RS1 = "RESETTLE"


def left_out_with(persons: int) -> Change:
    """RS2, one person, is left out with so many."""
    return lambda s, p: (
        s,
        updated(p, left_out=(updated(p.left_out[0], persons=persons),)),
    )


def consenting_on(day: date) -> Change:
    """RA2 stays although RA1 goes; RA1 consented to it on 1 May, RA2 on a day."""
    return both(
        without_ra2,
        row("families", "RA1", travel_apart_consent=may(1)),
        row("families", "RA2", travel_apart_consent=day),
    )


def for_resettlement(name: str, value: int) -> Change:
    """A value for RS1's programme alone: RA2 has an infant too."""
    own = rule(name, SCENARIO.rule_int(name), RuleOverride(programme=RS1, value=value))
    return lambda s, p: (updated(s, rules=(*s.rules, own)), p)


def four_seats(value: int, name: str) -> Change:
    """RS1-4, fourteen months old, sits on a lap at the value 2 (or 1), else not."""
    seated = {"infant_age_years": value < 2, "lap_infants_per_adult": value < 1}[name]
    seats = 4 if seated else 3
    aboard = {"peak_seats": seats + 1}
    return both(
        for_resettlement(name, value),
        leg("RS1", 11, seats=seats),
        leg("RS1", 12, seats=seats),
        planned("F1", **aboard),
        planned("F2", **aboard),
        row("departures", "F2", seats=5),
        row("budget_lines", "TOP", ceiling_cents=None),
    )


ABOVE_18 = (override("escort_cover", "WS1"),)

PAIRS: tuple[Pair, ...] = (
    Pair("conservation", "RS2 is one", left_out_with, 1, 2, "it has 1"),
    Pair(
        "family_whole",
        "four persons, one on a lap",
        lambda seats: leg("RS1", 11, seats=seats),
        3,
        4,
        "4 seats on F1, it takes 3",
    ),
    Pair(
        "travels_with",
        "both consent by the day of as_of",
        consenting_on,
        may(1),
        may(2),
        "RA2 none",
    ),
    of_parameter(
        "newborn_age",
        "newborn_min_days",
        (445, 446),
        "1 March 2025 to 20 May 2026: 365 + 80",
        "is 445 days old on F1",
    ),
    of_parameter(
        "newborn_age",
        "newborn_report_min_days",
        (445, 446),
        "445 days, cleared on a report, 999 without one",
        "RS1-4, born 2025-03-01, is 445 days old on F1",
        rule_value("newborn_min_days", 999),
        row("medical", "RS1-4", airline_clearance_until=may(20)),
    ),
    of_column(
        "unaccompanied_minor",
        ("members", "WS1-1", "birth_date"),
        (date(2008, 5, 11), date(2008, 5, 12)),
        "eighteen on 11 May, the day it sets out",
        "no adult in charge travels with it on 2026-05-11",
        *ABOVE_18,
    ),
    of_parameter(
        "unaccompanied_minor",
        "adult_age_years",
        (18, 19),
        "eighteen on 11 May",
        "no adult in charge travels with it on 2026-05-11",
        *ABOVE_18,
        row("members", "WS1-1", birth_date=date(2008, 5, 11)),
    ),
    of_column(
        "unaccompanied_minor",
        ("families", "WS1", "best_interests"),
        (may(1), may(2)),
        "assessed by the day of as_of",
        "assessed on 2026-05-02 only",
        *ABOVE_18,
        row("members", "WS1-1", birth_date=date(2010, 5, 1)),
    ),
    of_column(
        "household",
        ("members", "RS1-3", "relation"),
        ("parent", "cousin"),
        "of the first degree",
        "RS1-3 is cousin",
    ),
    of_column(
        "consent",
        ("families", "RA1", "consent_signed"),
        (may(1), may(2)),
        "by the day of as_of",
        "RA1 signs consent on 2026-05-02, after 2026-05-01",
    ),
    *(
        Pair(
            "seats",
            f"{name}, 3 seats and a lap, a doctor, 4 in all",
            lambda value, name=name: four_seats(value, name),
            value,
            value - 1,
            "F1 IKA-IST: 5 seats taken, 4 to sell",
            parameter=name,
        )
        for name, value in (("infant_age_years", 2), ("lap_infants_per_adult", 1))
    ),
)
