"""Plans broken on purpose: rules of the receiving side."""

from datetime import time

from movplan.domain.words import PlaceKind
from tests.checks.broken.tools import Break, row, rule_value
from tests.checks.world import at, may

BREAKS: tuple[Break, ...] = (
    Break(
        "place_capacity",
        "border: 3 + 2 + 2",
        row("capacities", "K1", limit=6),
        "DOGHAROUN crossing on 2026-05-14: 7 persons, at most 6",
    ),
    Break(
        "place_capacity",
        "quota: 4 after 7",
        row("capacities", "K3", used_to_date=7),
        "4 persons of RESETTLE after 7 before, at most 10",
    ),
    Break(
        "place_capacity",
        "week",
        row("capacities", "K2", limit=4),
        "KABUL arrival in week 2026-W20: 5 persons, at most 4",
    ),
    Break(
        "beds",
        "5 sleep in Herat",
        row("capacities", "K5", limit=4),
        "HERAT beds on 2026-05-14: 5 persons, at most 4",
    ),
    Break(
        "beds",
        "nights of a check count",
        row("capacities", "K6", limit=3),
        "CLINIC beds on 2026-05-18: 4 persons, at most 3",
    ),
    Break(
        "place_open",
        "Thursday",
        row("closures", "X1", weekdays=(4,)),
        "crossing at DOGHAROUN on 2026-05-14, which is closed",
    ),
    Break(
        "place_open",
        "Thursday until a minute before it leaves",
        row("closures", "X1", weekdays=(4,), opens=time(8), closes=time(11, 59)),
        "on 2026-05-14 at 12:00, open from 08:00 until 11:59 (Friday)",
    ),
    Break(
        "place_open",
        "opens after it leaves",
        row("places", "DOGHAROUN", opens=at("05-14 12:01+03:30").time()),
        "crosses DOGHAROUN on 2026-05-14 at 12:00, open 12:01 to 16:00",
    ),
    Break(
        "place_capacity",
        "four from one flight",
        row("capacities", "K7", limit=3),
        "BER arrival with F2: 4 persons, at most 3",
    ),
    Break(
        "place_capacity",
        "a date of no quota year",
        row("capacities", "K3", date_to=may(19)),
        "RS1: arrival at BERLIN on 2026-05-20, a date of no quota year of RES",
    ),
    Break(
        "place_open",
        "boarded after it closes",
        row("places", "MASHHAD", kind=PlaceKind.BORDER, closes=time(5)),
        "crosses MASHHAD on 2026-05-14 at 06:00",
    ),
    Break(
        "public_holidays",
        "Ascension Day",
        row("places", "MASHHAD", country="DE", holidays=True),
        "RA1: departure at MASHHAD on 2026-05-14, a public holiday: Ascension Day",
    ),
    Break(
        "arrival_notice",
        "a working day short",
        row("capacities", "K3", notice_working_days=13),
        "RS1 arrives at BERLIN on 2026-05-20; with 13 working days' notice it can from "
        "2026-05-21",
    ),
    Break(
        "late_arrival",
        "after seven",
        rule_value("latest_arrival_hour", 19),
        "RA1 outbound: reaches KABUL 2026-05-15 20:00, 19:00 at the latest",
    ),
)
