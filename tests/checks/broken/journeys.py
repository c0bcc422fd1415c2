"""Plans broken on purpose: rules of journeys."""

from tests.checks.broken.scenes import two_days, without_return
from tests.checks.broken.tools import (
    Break,
    both,
    leg,
    limits,
    row,
    rule_value,
    updated,
    world,
)
from tests.checks.world import SCENARIO, at, may

BREAKS: tuple[Break, ...] = (
    Break(
        "round_trip",
        "no way back",
        both(without_return, row("budget_lines", "TOP", ceiling_cents=None)),
        "WS1 goes one way only",
    ),
    Break(
        "round_trip",
        "late for the event",
        row("programmes", "WORKSHOP", event_opens=may(11)),
        "arrives on 2026-05-11, at the latest 2026-05-10: the event opens on "
        "2026-05-11",
    ),
    # It opens on the 12th and closes on the 15th: there on the 11th, back on the 16th.
    Break(
        "round_trip",
        "two days before the event are asked for",
        rule_value("arrive_days_before_event", 2),
        "arrives on 2026-05-11, at the latest 2026-05-10: the event opens on "
        "2026-05-12",
    ),
    Break(
        "round_trip",
        "two days after the event are asked for",
        rule_value("leave_days_after_event", 2),
        "leaves on 2026-05-16, at the earliest 2026-05-17: the event closes on "
        "2026-05-15",
    ),
    Break(
        "journey_chain",
        "left at the airport",
        leg("RS1", 13, gone=True),
        "needs a transfer from BER 2026-05-20 16:00 to BERLIN 2026-05-20 16:45",
    ),
    Break(
        "journey_chain",
        "nowhere to sleep",
        leg("RA1", 2, gone=True),
        "has no night at HERAT on 2026-05-14",
    ),
    Break(
        "journey_chain",
        "a wheelchair takes 3 x 3 h of 6.5 h",
        rule_value("wheelchair_connection_factor", 3),
        "later than 2026-05-20 05:00",
    ),
    Break(
        "journey_chain",
        "an hour early",
        leg("RS1", 12, departs=at("05-20 13:00+03:00")),
        "the plan has other times",
    ),
    Break("journey_chain", "rides", limits(max_rides=1), "2 rides, at most 1"),
    Break("journey_chain", "nights", limits(max_transit_nights=0), "1 nights"),
    Break("journey_chain", "wait", limits(max_wait_hours=15), "waits 16.0 hours"),
    # C1 leaves at 02:30 UTC on the 14th, C2 arrives at 15:30 UTC on the 15th: 37 h.
    Break("journey_chain", "hours", limits(max_journey_hours=36), "37.0 hours"),
    Break(
        "overnight_transit",
        "no night allowed",
        row("programmes", "VOLREP", overnight_transit=False),
        "sleeps at HERAT on 2026-05-14",
    ),
    Break(
        "travel_window",
        "latest date",
        row("families", "RA3", latest=may(13)),
        "after its latest date 2026-05-13",
    ),
    Break(
        "travel_window",
        "not ready",
        row("families", "RS1", ready_from=may(21)),
        "it is ready from 2026-05-21",
    ),
    Break(
        "travel_window",
        "back too late",
        row("families", "WS1", return_latest=may(15)),
        "WS1 return: arrives on 2026-05-16",
    ),
    Break(
        "travel_window",
        "before the horizon",
        world(horizon=updated(SCENARIO.horizon, first=may(12))),
        "WS1 outbound: sets out on 2026-05-11, the horizon starts on 2026-05-12",
    ),
    # 2 x 196 = 392 minutes of 390, for a wheelchair.
    Break(
        "journey_chain",
        "the airport asks for more",
        row("places", "IST", connection_min=196),
        "later than 2026-05-20 07:28",
    ),
    Break(
        "overnight_transit",
        "a night aboard",
        both(two_days, row("programmes", "VOLREP", overnight_transit=False)),
        "sleeps at DOGHAROUN on 2026-05-13 aboard C1",
    ),
    Break(
        "stay_limit",
        "two nights for the check",
        row("places", "CLINIC", max_nights=1),
        "2 nights at CLINIC from 2026-05-18, at most 1",
    ),
    Break(
        "stay_limit",
        "no stay at all",
        row("places", "HERAT", max_nights=0),
        "RA1 outbound: 1 nights at HERAT from 2026-05-14, at most 0",
    ),
)
