"""Limits of journeys."""

from tests.checks.broken.tools import both, leg, limits, row, rule_value, updated, world
from tests.checks.limits.pair import Change, Pair, of_column, of_parameter
from tests.checks.world import SCENARIO, at, may


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

BACK_ON_THE_21ST = both(
    world(horizon=updated(SCENARIO.horizon, last=may(20))),
    row("families", "WS1", return_latest=None),
    row(
        "departures",
        "W2",
        departs=at("05-21 10:00+03:00"),
        arrives=at("05-21 14:30+03:30"),
    ),
    *(
        leg(
            "WS1/return",
            number,
            departs=at(f"05-21 {start}"),
            arrives=at(f"05-21 {end}"),
        )
        for number, start, end in (
            (1, "06:00+03:00", "07:00+03:00"),
            (2, "10:00+03:00", "14:30+03:30"),
            (3, "14:30+03:30", "15:30+03:30"),
        )
    ),
)

PAIRS: tuple[Pair, ...] = (
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
    of_parameter(
        "journey_chain",
        "connection_regional_min",
        (195, 196),
        "2 x 195 minutes are the 6.5 h in Istanbul; every flight is regional",
        "later than 2026-05-20 07:28",
        rule_value("regional_flight_km", 1),
        row("places", "IKA", connection_min=180),
        EARLIER,
    ),
    of_parameter(
        "journey_chain",
        "regional_flight_km",
        (112, 111),
        "a degree of latitude from Istanbul to Berlin, 111.2 km",
        "later than 2026-05-20 07:28",
        row("places", "BER", latitude=36.0),
        rule_value("connection_regional_min", 195),
        rule_value("connection_flight_min", 196),
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
    of_parameter(
        "travel_window",
        "return_days_after_horizon",
        (1, 0),
        "the horizon ends on 20 May, WS1 flies back on the 21st",
        "WS1 return: sets out on 2026-05-21, after 0 days after the horizon 2026-05-20",
        BACK_ON_THE_21ST,
    ),
    Pair(
        "travel_window",
        "the first ride of all is on 11 May",
        lambda first: world(horizon=updated(SCENARIO.horizon, first=first)),
        may(11),
        may(12),
        "the horizon starts on 2026-05-12",
    ),
)
