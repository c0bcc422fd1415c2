"""Rules of a convoy alone: kept at the bound, broken a minute after it.

TOWN - HERAT by convoy on Monday 4 May 2026; Tehran is UTC+3:30, Kabul UTC+4:30.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movplan.domain.rules import default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure, DepartureStop
from movplan.domain.words import DepartureStatus
from movplan.network import Network
from tests.network.corridor import FLIGHT, at, mission, ride


def ruled(scenario: Scenario, **values: int | str) -> Scenario:
    rules = tuple(
        default_rules()[name].model_copy(update={"value": value})
        for name, value in values.items()
    )
    return scenario.model_copy(update={"rules": rules})


def stop(place: str, arrives: str, departs: str) -> DepartureStop:
    return DepartureStop(
        departure_id="C",
        sequence=1,
        place_id=place,
        arrives=at(arrives),
        departs=at(departs),
    )


def why(scenario: Scenario) -> str:
    """What bars C, empty if its rides are there."""
    network = Network(scenario)
    (departure,) = scenario.departures
    barred = network.convoys.why_barred(departure, list(scenario.departure_stops))
    assert (barred is None) == bool(network.rides)
    return f"{barred.rule}: {barred.fact}" if barred else ""


def leaves(moment: str, arrives: str, **columns: object) -> Departure:
    return ride("C", "TOWN HERAT", moment, arrives).model_copy(update=columns)


def test_convoys_drive_between_the_hours() -> None:
    # 06:00 Tehran = 02:30 UTC; 18:00 Kabul = 13:30 UTC
    assert why(mission(leaves("04 02:30", "04 13:30"))) == ""
    early = why(mission(leaves("04 02:29", "04 13:00")))
    assert early == (
        "daylight_driving: C leaves TOWN at 05:59 on 2026-05-04,"
        " and convoys drive from 06:00: 1 min later would do"
    )
    late = why(mission(leaves("04 02:30", "04 14:35")))
    assert "C arrives HERAT at 19:05" in late
    assert late.endswith("convoys drive until 18:00: 1 h 05 min earlier would do")
    through = why(mission(leaves("04 10:00", "05 04:00")))
    assert "leaves TOWN on 2026-05-04 and drives into 2026-05-05" in through
    assert "18:00" in through


def test_hours_of_daylight_are_parameters_and_flights_have_none() -> None:
    dark = mission(leaves("04 02:29", "04 13:31"))
    assert why(ruled(dark, drive_from_hour=5, drive_until_hour=19)) == ""
    assert (
        why(mission(ride("C", "TOWN HERAT", "04 00:00", "05 01:00", kind=FLIGHT))) == ""
    )


def test_without_the_rule_the_rides_are_there() -> None:
    dark = mission(leaves("04 02:29", "04 13:30"))
    assert not Network(dark).rides
    assert len(Network(dark, without=frozenset({"daylight_driving"})).rides) == 1


def test_hours_of_driving_are_those_of_the_road() -> None:
    # 02:30 to 11:30 = 540 minutes = 9 h: a rest that no stop shows counts as driving.
    one = {"drivers": 1, "distance_km": 500}
    assert why(mission(leaves("04 02:30", "04 11:30", **one))) == ""
    found = why(mission(leaves("04 02:30", "04 11:31", **one)))
    assert found == (
        "driving_hours: C drives 9 h 01 min on 2026-05-04, and its one driver may 9 h:"
        " 2 drivers would do"
    )
    assert why(mission(leaves("04 02:30", "04 11:31"))) == ""
    # A stop is not driven: 02:30 to 12:30 less an hour at the border.
    hour = stop("BORDER", "04 06:00", "04 07:00")
    assert why(mission(leaves("04 02:30", "04 12:30", **one), stops=(hour,))) == ""


@pytest.mark.parametrize(("until", "passes"), [("07:00", True), ("06:59", False)])
def test_a_long_road_needs_time_for_a_rest(until: str, passes: bool) -> None:
    # 02:30 to 07:00 = 270 minutes = 4 h and a rest of 30; to 06:30 none is due.
    found = why(mission(leaves("04 02:30", f"04 {until}")))
    assert found == (
        ""
        if passes
        else "driving_hours: C drives from TOWN to HERAT in 4 h 29 min without time for"
        " a rest of 30 min after 4 h: 1 min more would do"
    )
    assert why(mission(leaves("04 02:30", "04 06:30"))) == ""
    restless = ruled(mission(leaves("04 02:30", "04 06:31")), rest_after_hours=0)
    assert why(restless) == ""


def test_driving_adds_up_over_stops_too_short_to_rest() -> None:
    # 235 + 235 minutes, 5 between: 470 without a rest; 30 between are one.
    short = mission(
        leaves("04 02:30", "04 10:25"), stops=(stop("BORDER", "04 06:25", "04 06:30"),)
    )
    assert why(short) == (
        "driving_hours: C drives from BORDER to HERAT with 7 h 50 min driven since the"
        " last rest, and drivers rest 30 min after 4 h: a stop of 30 min at BORDER"
        " would do, not of 5"
    )
    rested = mission(
        leaves("04 02:30", "04 10:50"), stops=(stop("BORDER", "04 06:25", "04 06:55"),)
    )
    assert why(rested) == ""
    assert why(ruled(short, rest_minutes=5)) == ""


def test_after_a_rest_on_the_road_the_rest_of_it_is_driven() -> None:
    # 300 minutes hold a rest and leave 60 driven; 180 more are 240, 181 too many.
    halt = stop("BORDER", "04 07:30", "04 07:35")
    assert why(mission(leaves("04 02:30", "04 10:35"), stops=(halt,))) == ""
    found = why(mission(leaves("04 02:30", "04 10:36"), stops=(halt,)))
    assert "with 4 h 01 min driven since the last rest" in found


@given(
    minutes=st.lists(st.integers(1, 400), min_size=1, max_size=4),
    stands=st.lists(st.integers(0, 90), min_size=3, max_size=3),
    rests=st.tuples(st.integers(0, 120), st.integers(0, 120)),
    after=st.integers(0, 5),
)
def test_asking_for_more_rest_never_opens_a_convoy(
    minutes: list[int], stands: list[int], rests: tuple[int, int], after: int
) -> None:
    convoy = timetable(minutes, stands[: len(minutes) - 1])
    less, more = (
        why(ruled(convoy, rest_minutes=rest, rest_after_hours=after, **ANY_HOUR))
        for rest in sorted(rests)
    )
    assert more or not less


def test_less_than_asked_of_a_long_road_is_not_made_good_by_more() -> None:
    """Two times 270 minutes, 5 between, 4 hours for each of two drivers: 540 > 480."""
    convoy = timetable([270, 270], [5])
    for rest in (0, 30, 120):
        asked = ruled(convoy, rest_minutes=rest, max_driving_hours=4, **ANY_HOUR)
        assert "drives 9 h 00 min" in why(asked)


ANY_HOUR = {"drive_from_hour": 0, "drive_until_hour": 24}


def timetable(minutes: list[int], stands: list[int]) -> Scenario:
    """Segments of so many minutes from 20:30 UTC (midnight in TOWN), so long between.

    The stops are in TOWN's time zone.
    """
    now, stops = at("03 20:30"), []
    for k, driven in enumerate(minutes):
        arrives = now + timedelta(minutes=driven)
        now = arrives + timedelta(minutes=stands[k] if k < len(stands) else 0)
        stops.append(
            DepartureStop(
                departure_id="C",
                sequence=k + 1,
                place_id=("AIR", "CAMP", "KABUL", "HERAT")[k],
                arrives=arrives,
                departs=now,
            )
        )
    last = stops.pop()
    row = ride("C", f"TOWN {last.place_id}", "03 20:30", "03 21:00")
    return mission(row.model_copy(update={"arrives": last.arrives}), stops=tuple(stops))


def test_one_driver_goes_so_far() -> None:
    short = leaves("04 02:30", "04 08:30", drivers=1, distance_km=500)
    assert why(mission(short)) == ""
    long = short.model_copy(update={"distance_km": 500.1})
    assert "driving_hours: C drives 500.1 km with one driver" in why(mission(long))
    two = long.model_copy(update={"drivers": 2})
    assert why(mission(two)) == ""


def test_drivers_rest_at_an_overnight_stop() -> None:
    # BORDER from 17:30 to 06:00 Tehran = 14:00 to 02:30 UTC: 12.5 hours
    convoy = leaves("04 02:30", "05 10:00")
    stays = stop("BORDER", "04 14:00", "05 02:30")
    assert why(mission(convoy, stops=(stays,))) == ""
    assert why(ruled(mission(convoy, stops=(stays,)), driver_rest_hours=13)) == (
        "driving_hours: C stays at BORDER from 17:30 to 06:00, and drivers rest 13 h:"
        " leaving at 06:30 on 2026-05-05 would do"
    )


def test_days_of_the_week() -> None:
    monday = mission(leaves("04 02:30", "04 08:30"))
    assert why(ruled(monday, convoy_days="17")) == ""
    assert why(ruled(monday, convoy_days="247")) == (
        "convoy_days: C leaves on 2026-05-04, a Monday:"
        " convoys leave on Tuesday, Thursday, Sunday, nearest 2026-05-05"
    )


def test_rides_through_an_overnight_stop_say_so() -> None:
    convoy = leaves("04 02:30", "05 10:00")
    network = Network(mission(convoy, stops=(stop("BORDER", "04 14:00", "05 02:30"),)))
    nights = {(r.board, r.alight): r.overnight for r in network.rides}
    assert nights == {(0, 1): (), (0, 2): (1,), (1, 2): ()}


def test_an_option_that_has_lapsed_is_not_there() -> None:
    # as_of 1 May: an option to 1 May is still there, one to 30 April is not
    option = leaves("04 02:30", "04 08:30", status=DepartureStatus.OPTION)
    for day, rides in ((date(2026, 5, 1), 1), (date(2026, 4, 30), 0)):
        row = option.model_copy(update={"option_until": day})
        assert len(Network(mission(row)).rides) == rides
