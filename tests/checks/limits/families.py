"""Limits of families, minors and journeys."""

from datetime import date

from movplan.domain.rules import RuleOverride
from tests.checks.broken.scenes import without_ra2
from tests.checks.broken.tools import (
    both,
    leg,
    limits,
    override,
    planned,
    row,
    rule_value,
    updated,
    world,
)
from tests.checks.limits.pair import Change, Pair, of_column, of_parameter
from tests.checks.world import SCENARIO, at, may, rule

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


def convoy_connection(minutes: int) -> Change:
    """Who escorts C1 at 06:00 on 14 May is in Mashhad so many minutes before."""
    leaves = at("05-14 06:00+03:30").timestamp() - 60 * minutes
    base = at("05-14 05:00+03:30")
    moved = {"leaves_base": base.fromtimestamp(leaves, base.tzinfo)}
    return both(
        rule_value("connection_convoy_min", minutes),
        row("escorts", "N2", lead_days=11),
        row("budget_lines", "TOP", ceiling_cents=None),
        lambda s, p: (
            s,
            updated(
                p,
                missions=tuple(
                    updated(m, **moved) if m.mission_id in ("M1", "M2") else m
                    for m in p.missions
                ),
            ),
        ),
    )


# The way back of WS1 boards at IST too, and leaves a quarter of an hour earlier.
EARLIER = leg(
    "WS1/return", 1, departs=at("05-16 05:45+03:00"), arrives=at("05-16 06:45+03:00")
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
        "no adult travels with it on 2026-05-11",
        *ABOVE_18,
    ),
    of_parameter(
        "unaccompanied_minor",
        "adult_age_years",
        (18, 19),
        "eighteen on 11 May",
        "no adult travels with it on 2026-05-11",
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
    of_parameter(
        "round_trip",
        "arrive_days_before_event",
        (1, 2),
        "there on the 11th, opens on the 12th",
        "arrives on 2026-05-11",
    ),
    of_parameter(
        "round_trip",
        "leave_days_after_event",
        (1, 2),
        "closes on the 15th, back on the 16th",
        "WS1",
    ),
    of_parameter(
        "journey_chain",
        "wheelchair_connection_factor",
        (2, 3),
        "2 x 3 h of 6.5 h",
        "later than 2026-05-20 05:00",
    ),
    of_parameter(
        "journey_chain",
        "connection_flight_min",
        (195, 196),
        "2 x 195 minutes are the 6.5 h in Istanbul",
        "later than 2026-05-20 07:28",
        row("places", "IKA", connection_min=180),
        EARLIER,
    ),
    Pair(
        "journey_chain",
        "connection_convoy_min, 16:00 to 08:00 in Herat: 960 minutes",
        convoy_connection,
        960,
        961,
        "later than 2026-05-14 15:59",
        parameter="connection_convoy_min",
    ),
    *(
        Pair(
            "journey_chain",
            f"{name}: {why}",
            lambda value, name=name: limits(**{name: value}),
            value,
            value - 1,
            says,
        )
        for name, value, why, says in (
            ("max_rides", 2, "C1, C2", "2 rides, at most 1"),
            ("max_transit_nights", 1, "in Herat", "1 nights"),
            ("max_wait_hours", 16, "16:00 to 08:00", "waits 16.0 hours"),
            ("max_journey_hours", 37, "02:30 UTC to 15:30 the next day", "37.0 hours"),
        )
    ),
    of_column(
        "stay_limit",
        ("places", "CLINIC", "max_nights"),
        (2, 1),
        "18 and 19 May",
        "2 nights at CLINIC from 2026-05-18, at most 1",
    ),
    of_column(
        "overnight_transit",
        ("programmes", "VOLREP", "overnight_transit"),
        (True, False),
        "one night in Herat",
        "sleeps at HERAT on 2026-05-14",
    ),
    of_column(
        "travel_window",
        ("families", "RA3", "latest"),
        (may(14), may(13)),
        "arrives on the 14th",
        "after its latest date 2026-05-13",
    ),
    of_column(
        "travel_window",
        ("families", "RS1", "ready_from"),
        (may(20), may(21)),
        "rides on the 20th",
        "it is ready from 2026-05-21",
    ),
    of_column(
        "travel_window",
        ("families", "WS1", "return_latest"),
        (may(16), may(15)),
        "is back on the 16th",
        "WS1 return: arrives on 2026-05-16",
    ),
    Pair(
        "travel_window",
        "the first ride of all is on 11 May",
        lambda first: world(horizon=updated(SCENARIO.horizon, first=first)),
        may(11),
        may(12),
        "the horizon starts on 2026-05-12",
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
