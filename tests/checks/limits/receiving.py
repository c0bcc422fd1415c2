"""Limits of the receiving side."""

from datetime import date, time

from movplan.domain.rules import RuleOverride
from movplan.domain.words import ClosureState
from tests.checks.broken.tools import both, row, rule_value, updated
from tests.checks.limits.pair import Change, Pair, of_column, of_parameter
from tests.checks.world import may, rule

# 10:30 UTC is 00:30 of the next day at UTC+14.
FAR_EAST = both(
    row("places", "ISTANBUL", timezone="Etc/GMT-14"),
    row("programmes", "WORKSHOP", event_opens=may(13)),
    rule_value("latest_arrival_hour", 20),
)
IN_GERMANY = row("places", "MASHHAD", country="DE", holidays=True)


def open_on(day: date) -> Change:
    """Mashhad is open on a day, whatever holiday it is."""
    return both(
        IN_GERMANY,
        row(
            "closures",
            "X1",
            place_id="MASHHAD",
            state=ClosureState.OPEN,
            weekdays=(),
            date_from=day,
            date_to=day,
        ),
    )


# The border has no hours of its own.
NO_HOURS = row("places", "DOGHAROUN", opens=None, closes=None)


def notice(days: int) -> Change:
    """Germany asks for so many working days for who is resettled, no row for any."""
    asked = rule(
        "arrival_notice_working_days",
        0,
        RuleOverride(programme="RESETTLE", destination="DE", value=days),
    )
    return both(
        row("capacities", "K3", notice_working_days=0),
        lambda s, p: (updated(s, rules=(*s.rules, asked)), p),
    )


PAIRS: tuple[Pair, ...] = (
    of_column(
        "place_capacity",
        ("capacities", "K1", "limit"),
        (7, 6),
        "3 + 2 + 2 cross",
        "DOGHAROUN crossing on 2026-05-14: 7 persons, at most 6",
    ),
    of_column(
        "place_capacity",
        ("capacities", "K2", "limit"),
        (5, 4),
        "3 + 2 arrive in the week",
        "KABUL arrival in week 2026-W20: 5 persons, at most 4",
    ),
    of_column(
        "place_capacity",
        ("capacities", "K3", "used_to_date"),
        (6, 7),
        "6 + 4 of 10",
        "4 persons of RESETTLE after 7 before, at most 10",
    ),
    of_column(
        "place_capacity",
        ("capacities", "K3", "date_to"),
        (may(20), may(19)),
        "arrives on the 20th",
        "a date of no quota year",
    ),
    of_column(
        "place_capacity",
        ("capacities", "K7", "limit"),
        (4, 3),
        "four from one flight",
        "BER arrival with F2: 4 persons, at most 3",
    ),
    of_column(
        "beds",
        ("capacities", "K5", "limit"),
        (5, 4),
        "3 + 2 sleep in Herat",
        "HERAT beds on 2026-05-14: 5 persons, at most 4",
    ),
    of_column(
        "beds",
        ("capacities", "K6", "limit"),
        (4, 3),
        "four before the check",
        "CLINIC beds on 2026-05-18: 4 persons, at most 3",
    ),
    of_column(
        "place_open",
        ("places", "DOGHAROUN", "opens"),
        (time(12), time(12, 1)),
        "C1 comes at 10:00 and leaves at 12:00",
        "crosses DOGHAROUN on 2026-05-14 at 12:00",
    ),
    of_column(
        "place_open",
        ("places", "DOGHAROUN", "closes"),
        (time(12), time(11, 59)),
        "C1 leaves at 12:00",
        "crosses DOGHAROUN on 2026-05-14 at 12:00",
    ),
    of_column(
        "place_open",
        ("closures", "X1", "date_from"),
        (may(15), may(14)),
        "C1 crosses on the 14th",
        "crossing at DOGHAROUN on 2026-05-14, which is closed",
        row("closures", "X1", weekdays=()),
    ),
    of_column(
        "place_open",
        ("closures", "X1", "closes"),
        (time(12), time(11, 59)),
        "on Thursdays C1 leaves at 12:00, as the border closes",
        "crossing at DOGHAROUN on 2026-05-14 at 12:00, open until 11:59 (Friday)",
        row("closures", "X1", weekdays=(4,)),
    ),
    of_column(
        "place_open",
        ("closures", "X1", "opens"),
        (time(12), time(12, 1)),
        "on Thursdays C1 leaves at 12:00, as the border opens",
        "crossing at DOGHAROUN on 2026-05-14 at 12:00, open from 12:01 (Friday)",
        row("closures", "X1", weekdays=(4,)),
    ),
    Pair(
        "public_holidays",
        "Ascension Day is 14 May",
        open_on,
        may(14),
        may(15),
        "departure at MASHHAD on 2026-05-14, a public holiday",
    ),
    of_column(
        "arrival_notice",
        ("capacities", "K3", "notice_working_days"),
        (12, 13),
        "4-8, 11-13, 15, 18-20 May",
        "with 13 working days' notice it can from 2026-05-21",
    ),
    Pair(
        "arrival_notice",
        "arrival_notice_working_days, 4-8, 11-13, 15, 18-20 May: the twelfth",
        notice,
        12,
        13,
        "RS1 arrives at BERLIN on 2026-05-20; with 13 working days' notice",
        parameter="arrival_notice_working_days",
    ),
    of_parameter(
        "place_capacity",
        "flight_max_persons",
        (4, 3),
        "RS1 is four on F1 and F2",
        "flight F1: 4 persons, at most 3",
    ),
    of_parameter(
        "place_open",
        "border_closes_hour",
        (12, 11),
        "C1 leaves the border at 12:00",
        "at 12:00, open 08:00 to 11:00",
        NO_HOURS,
    ),
    of_parameter(
        "place_open",
        "border_opens_hour",
        (12, 13),
        "C1 leaves the border at 12:00, as it opens",
        "at 12:00, open 13:00 to 16:00",
        NO_HOURS,
    ),
    of_parameter(
        "late_arrival",
        "latest_arrival_hour",
        (20, 19),
        "C2 arrives at 20:00",
        "reaches KABUL 2026-05-15 20:00, 19:00 at the latest",
    ),
    of_parameter(
        "late_arrival",
        "earliest_arrival_hour",
        (0, 1),
        "00:30 belongs to the evening before 01:00",
        "WS1 outbound: reaches ISTANBUL 2026-05-12 00:30",
        FAR_EAST,
    ),
)
