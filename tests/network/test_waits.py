"""Connections, transfers and nights between two rides, worked out by hand.

TOWN - HERAT by convoy C1, 4 May 02:30 - 10:30 UTC (06:00 - 15:00 local, Kabul +4:30),
then a second ride from HERAT or CAMP (30 minutes away) to KABUL.
"""

from datetime import timedelta

from movplan.domain.scenario import Limits, Scenario
from movplan.domain.transport import Closure, Departure
from movplan.domain.words import Part
from movplan.network import Itinerary, Network, Request, find_itineraries
from tests.network.corridor import CONVOY, FLIGHT, at, may, mission, ride

C1 = ride("C1", "TOWN HERAT", "04 02:30", "04 10:30")


def flight(way: str, departs: str, arrives: str) -> Departure:
    return ride("F2", way, departs, arrives, kind=FLIGHT)


def found(scenario: Scenario, *, wheelchair: bool = False) -> tuple[Itinerary, ...]:
    return find_itineraries(
        Network(scenario), Request("TOWN", "KABUL", wheelchair=wheelchair)
    )


def test_a_flight_needs_three_hours_after_the_convoy() -> None:
    # 10:30 + 180 min = 13:30
    assert found(mission(C1, flight("HERAT KABUL", "04 13:30", "04 15:00")))
    assert not found(mission(C1, flight("HERAT KABUL", "04 13:29", "04 15:00")))


def test_a_wheelchair_doubles_the_connection() -> None:
    # 10:30 + 2 x 180 min = 16:30, still 4 May in Kabul (21:00)
    ok = mission(C1, flight("HERAT KABUL", "04 16:30", "04 18:00"))
    tight = mission(C1, flight("HERAT KABUL", "04 16:29", "04 18:00"))
    assert found(ok, wheelchair=True)
    assert found(tight)
    assert not found(tight, wheelchair=True)


def test_a_transfer_on_the_same_day_leaves_on_arrival() -> None:
    # 10:30 + 30 min road + 180 min = 14:00
    (way,) = found(mission(C1, flight("CAMP KABUL", "04 14:00", "04 15:00")))
    (move,) = way.moves
    assert (move.departs, move.arrives) == (at("04 10:30"), at("04 11:00"))
    assert not found(mission(C1, flight("CAMP KABUL", "04 13:59", "04 15:00")))


def test_nights_are_spent_where_the_ride_arrives_and_the_transfer_leaves_late() -> None:
    # flight 6 May 05:00; there at 02:00, leaves HERAT 01:30: nights of 4 and 5 May
    second = flight("CAMP KABUL", "06 05:00", "06 06:00")
    (way,) = found(mission(C1, second, nights=("HERAT", "CAMP")))
    assert [(n.place_id, n.on) for n in way.nights] == [
        ("HERAT", may(4)),
        ("HERAT", may(5)),
    ]
    assert way.moves[0].departs == at("06 01:30")


def test_else_nights_are_spent_where_the_next_ride_boards() -> None:
    second = flight("CAMP KABUL", "06 05:00", "06 06:00")
    (way,) = found(mission(C1, second, nights=("CAMP",)))
    assert {n.place_id for n in way.nights} == {"CAMP"}
    assert way.moves[0].departs == at("04 10:30")
    assert not found(mission(C1, second))


def test_nights_keep_within_the_limit() -> None:
    second = flight("HERAT KABUL", "06 05:00", "06 06:00")
    two = mission(C1, second, nights=("HERAT",), limits=Limits(max_transit_nights=2))
    one = mission(C1, second, nights=("HERAT",), limits=Limits(max_transit_nights=1))
    assert found(two)
    assert not found(one)


def test_a_wait_is_counted_without_the_transfer() -> None:
    # 04 11:00 (there) .. 05 11:00 is 24 hours
    day = Limits(max_wait_hours=24)
    ok = flight("CAMP KABUL", "05 11:00", "05 12:00")
    late = flight("CAMP KABUL", "05 11:01", "05 12:00")
    assert found(mission(C1, ok, nights=("HERAT",), limits=day))
    assert not found(mission(C1, late, nights=("HERAT",), limits=day))


def test_a_journey_counts_from_the_first_departure_to_the_last_arrival() -> None:
    # 04 02:30 .. 05 12:30 is 34 hours
    second = flight("HERAT KABUL", "05 10:00", "05 12:30")
    for hours, ways in ((34, 1), (33, 0)):
        limits = Limits(max_journey_hours=hours)
        some = found(mission(C1, second, nights=("HERAT",), limits=limits))
        assert len(some) == ways


def test_access_arrives_at_the_connection_and_setting_out_is_before() -> None:
    # flight 12:00, there at 09:00, one hour by road
    first = ride("F1", "AIR KABUL", "04 12:00", "04 14:00", kind=FLIGHT)
    (way,) = found(mission(first))
    assert way.access is not None
    assert way.starts == at("04 08:00")
    assert way.access.arrives == at("04 09:00")


def test_nobody_boards_at_one_place_twice() -> None:
    loop = ride("C0", "TOWN TOWN", "04 00:00", "04 01:00", kind=CONVOY)
    second = ride("F2", "TOWN KABUL", "04 12:00", "04 14:00", kind=FLIGHT)
    (way,) = found(mission(loop, second))
    assert [r.departure_id for r in way.rides] == ["F2"]


def test_a_return_may_board_28_days_after_the_horizon() -> None:
    # the horizon ends 20 May; 28 days later is 17 June
    base = ride("C1", "TOWN KABUL", "20 06:00", "20 12:00")
    for days, outbound, back in ((0, 1, 1), (28, 0, 1), (29, 0, 0)):
        later = timedelta(days=days)
        times = {"departs": base.departs + later, "arrives": base.arrives + later}
        network = Network(mission(base.model_copy(update=times)))
        there = Request("TOWN", "KABUL")
        home = Request("TOWN", "KABUL", Part.RETURN)
        assert len(find_itineraries(network, there)) == outbound
        assert len(find_itineraries(network, home)) == back


def test_a_closed_day_at_the_end_of_a_transfer_forbids_it() -> None:
    # to KABUL's neighbour CAMP: arrives HERAT 10:30, CAMP 11:00 on 4 May
    shut = Closure(closure_id="x", place_id="CAMP", date_from=may(4), date_to=may(4))
    request = Request("TOWN", "CAMP")
    assert find_itineraries(Network(mission(C1)), request)
    assert not find_itineraries(Network(mission(C1, closures=(shut,))), request)


def test_a_programme_rides_what_is_open_to_it() -> None:
    only = C1.model_copy(update={"programmes": ("RQA",)})
    network = Network(mission(only))
    for programme, ways in (("RQA", 1), ("AVRR", 0), (None, 1)):
        request = Request("TOWN", "HERAT", programme=programme)
        assert len(find_itineraries(network, request)) == ways
