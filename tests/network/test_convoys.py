"""Rules of a convoy alone: kept at the bound, broken a minute after it.

TOWN - HERAT by convoy on Monday 4 May 2026; Tehran is UTC+3:30, Kabul UTC+4:30.
"""

from datetime import date

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
        " and convoys drive from 06:00"
    )
    assert "C arrives HERAT at 18:01" in why(mission(leaves("04 02:30", "04 13:31")))
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


def test_driving_hours_leave_out_the_rests() -> None:
    # 02:30 to 12:30 = 600 minutes, rests 30 x floor(600 / (240 + 30)) = 60: 540 = 9 h
    one = {"drivers": 1, "distance_km": 500}
    assert why(mission(leaves("04 02:30", "04 12:30", **one))) == ""
    found = why(mission(leaves("04 02:30", "04 12:31", **one)))
    assert found == (
        "driving_hours: C drives 9 h 01 min on 2026-05-04, and its one driver may 9 h"
    )
    assert why(mission(leaves("04 02:30", "04 12:31"))) == ""
    restless = ruled(mission(leaves("04 02:30", "04 12:30", **one)), rest_after_hours=0)
    assert "drives 10 h 00 min" in why(restless)


def test_one_driver_goes_so_far() -> None:
    short = leaves("04 02:30", "04 08:30", drivers=1, distance_km=500)
    assert why(mission(short)) == ""
    long = short.model_copy(update={"distance_km": 500.1})
    assert "driving_hours: C drives 500 km with one driver" in why(mission(long))
    two = long.model_copy(update={"drivers": 2})
    assert why(mission(two)) == ""


def test_drivers_rest_at_an_overnight_stop() -> None:
    # BORDER from 17:30 to 06:00 Tehran = 14:00 to 02:30 UTC: 12.5 hours
    convoy = leaves("04 02:30", "05 10:00")
    stays = stop("BORDER", "04 14:00", "05 02:30")
    assert why(mission(convoy, stops=(stays,))) == ""
    assert why(ruled(mission(convoy, stops=(stays,)), driver_rest_hours=13)) == (
        "driving_hours: C stays at BORDER from 17:30 to 06:00, and drivers rest 13 h"
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
