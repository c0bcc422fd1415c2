"""Closures, holidays, opening hours, and the crossings they look at."""

from datetime import date, time

import holidays
import pytest

from movplan.domain.assignments import Override
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure, DepartureStop
from movplan.domain.words import CapacityKind, ClosureState, PlaceKind
from movplan.network import Itinerary, Network, Request, find_itineraries
from tests.network.corridor import at, may, mission, ride

# Daylight: 06:00 Tehran = 02:30 UTC.
C4 = ride("C4", "TOWN HERAT", "04 02:30", "04 10:30")
C5 = ride("C5", "TOWN HERAT", "05 02:30", "05 10:30")


def closure(**columns: object) -> Closure:
    row = {"closure_id": "shut", "place_id": "HERAT"}
    dates = {"date_from": may(4), "date_to": may(4)}
    return Closure.model_validate({**row, **dates, **columns})


def rides(scenario: Scenario) -> list[str]:
    return [row.departure_id for row in Network(scenario).rides]


def aside(scenario: Scenario, rule: str, scope: str) -> Scenario:
    row = Override(rule=rule, scope=scope, by="field", date=may(1), reference="-")
    return scenario.model_copy(update={"overrides": (row,)})


def with_place(scenario: Scenario, name: str, **columns: object) -> Scenario:
    places = tuple(
        p.model_copy(update=columns) if p.place_id == name else p
        for p in scenario.places
    )
    return scenario.model_copy(update={"places": places})


def test_a_closure_narrowed_to_kinds_stops_only_these() -> None:
    for kind, left in (("arrival", ["C5"]), ("departure", ["C4", "C5"])):
        shut = closure(kinds=(kind,))
        assert rides(mission(C4, C5, closures=(shut,))) == left


def test_hours_of_a_weekday_are_told_from_those_of_the_others() -> None:
    """4 May 2026 is a Monday. C4 and C5 leave TOWN at 06:00 and reach HERAT at 15:00.

    08:00 to 14:59 on Mondays is a minute too short for C4; on Tuesdays for C5. Without
    dates the row is of every such day, and one alone of the hours bounds that end only.
    """
    always = {"date_from": None, "date_to": None}
    hours = {**always, "opens": time(8), "closes": time(14, 59)}
    for weekdays, left in (((1,), ["C5"]), ((2,), ["C4"]), ((), [])):
        shut = closure(weekdays=weekdays, **hours)
        assert rides(mission(C4, C5, closures=(shut,))) == left
    to_the_minute = {**always, "closes": time(15), "weekdays": (1,)}
    assert rides(mission(C4, closures=(closure(**to_the_minute),))) == ["C4"]
    late = {**always, "opens": time(15, 1), "weekdays": (1,)}
    assert rides(mission(C4, C5, closures=(closure(**late),))) == ["C5"]


def test_hours_of_a_weekday_narrow_those_of_the_place() -> None:
    """HERAT, a border open until 12:00: a row until 16:00 does not let 15:00 pass."""
    border = {"kind": PlaceKind.BORDER, "closes": time(12)}
    row = closure(place_id="HERAT", closes=time(16))
    scenario = with_place(mission(C4, closures=(row,)), "HERAT", **border)
    assert rides(scenario) == []
    longer = with_place(mission(C4, closures=(row,)), "HERAT", kind=PlaceKind.BORDER)
    assert rides(longer) == ["C4"]


def test_the_fact_says_the_hours() -> None:
    row = closure(programmes=("AVRR",), closes=time(12), reason="Friday hours")
    network = Network(mission(C4, closures=(row,)))
    (stop,) = network.closures.left(network.events[0][-1])
    assert stop.fact == (
        "HERAT is open until 12:00 on 2026-05-04, not at 15:00 (Friday hours)"
    )


def test_closures_of_programmes_and_open_ones_are_not_for_all() -> None:
    some = mission(C4, closures=(closure(programmes=("AVRR",)),))
    network = Network(some)
    assert len(network.rides) == 1
    assert network.closures.narrows
    (stop,) = network.closures.left(network.events[0][-1])
    assert (stop.rule, stop.programmes) == ("place_open", ("AVRR",))
    assert rides(mission(C4, closures=(closure(state=ClosureState.OPEN),))) == ["C4"]


def test_overrides_of_closure_and_place_take_it_out_for_all() -> None:
    shut = mission(C4, closures=(closure(),))
    for scope in ("shut", "HERAT", "*"):
        assert rides(aside(shut, "place_open", scope)) == ["C4"]
    assert rides(aside(shut, "place_open", "TOWN")) == []
    assert rides(aside(shut, "public_holidays", "HERAT")) == []


def test_an_override_of_a_programme_leaves_closures_to_screening() -> None:
    shut = aside(mission(C4, closures=(closure(),)), "place_open", "AVRR")
    network = Network(shut)
    assert len(network.rides) == 1
    assert len(list(network.closures.left(network.events[0][-1]))) == 1


def test_public_holidays_of_a_place_that_keeps_them() -> None:
    on = _first_holiday()
    clock = f"{on:%Y-%m-%d}"
    move = {
        "departs": at("04 02:30").replace(month=on.month, day=on.day),
        "arrives": at("04 10:30").replace(month=on.month, day=on.day),
    }
    row = C4.model_copy(update=move)
    kept = with_place(mission(row), "TOWN", holidays=True)
    assert rides(mission(row)) == ["C4"]
    network = Network(kept)
    assert not network.rides
    event = network.ride_events.event(CapacityKind.DEPARTURE, "TOWN", row.departs)
    stop = network.closures.why_closed(event)
    assert stop is not None
    assert stop.rule == "public_holidays"
    assert f"TOWN has a public holiday on {clock}: " in stop.fact
    opened = closure(place_id="TOWN", state=ClosureState.OPEN, date_from=on, date_to=on)
    assert rides(kept.model_copy(update={"closures": (opened,)})) == ["C4"]
    assert rides(aside(kept, "public_holidays", "TOWN")) == ["C4"]
    assert rides(aside(kept, "place_open", "TOWN")) == []


def _first_holiday() -> date:
    days = holidays.country_holidays("IR", years=2026)
    return min(day for day in days if day.month in (6, 7))


def crossings(itinerary: Itinerary) -> list[tuple[str, str]]:
    return [
        (event.place_id, f"{event.at:%d %H:%M}")
        for event in itinerary.events
        if event.kind is CapacityKind.CROSSING
    ]


def found(scenario: Scenario) -> list[list[tuple[str, str]]]:
    request = Request("TOWN", "HERAT")
    return [crossings(it) for it in find_itineraries(Network(scenario), request)]


def test_boarding_at_a_border_reached_by_transfer_crosses_it_on_leaving() -> None:
    # 04:00 UTC = 07:30 Tehran
    from_border = ride("B", "BORDER HERAT", "04 04:00", "04 08:00")
    assert found(mission(from_border)) == [[("BORDER", "04 07:30")]]
    closed = with_place(mission(from_border), "BORDER", opens=time(7, 31))
    assert found(closed) == []
    assert found(with_place(closed, "BORDER", opens=time(7, 30))) != []


def test_a_border_come_to_by_ride_is_crossed_once_on_arrival() -> None:
    to_border = ride("A", "TOWN BORDER", "04 02:30", "04 04:00")
    onward = ride("B", "BORDER HERAT", "04 06:00", "04 10:00")
    scenario = mission(to_border, onward)
    by_ride, by_road = sorted(found(scenario))
    assert by_ride == [("BORDER", "04 07:30")]
    assert by_road == [("BORDER", "04 09:30")]
    # closed from 08:00: only who has come before may go on
    early = with_place(scenario, "BORDER", closes=time(8, 0))
    assert found(early) == [[("BORDER", "04 07:30")]]


def test_riding_through_crosses_on_leaving_and_a_transfer_there_ends_with_one() -> None:
    halt = DepartureStop(
        departure_id="C4",
        sequence=1,
        place_id="BORDER",
        arrives=at("04 05:00"),
        departs=at("04 06:00"),
    )
    through, *_ = found(mission(C4, stops=(halt,)))
    assert through == [("BORDER", "04 09:30")]
    back = ride("R", "HERAT TOWN", "04 02:30", "04 08:00")
    network = Network(mission(back))
    (it,) = find_itineraries(network, Request("HERAT", "BORDER"))
    # 08:00 UTC + 120 minutes = 10:00 UTC = 13:30 Tehran
    assert crossings(it) == [("BORDER", "04 13:30")]
    late = with_place(mission(back), "BORDER", closes=time(13, 29))
    assert not find_itineraries(Network(late), Request("HERAT", "BORDER"))


@pytest.mark.parametrize(
    ("arrives", "departs", "passes"),
    [
        # 08:00 to 16:00 in Tehran are 04:30 to 12:30 UTC.
        ("04 04:00", "04 08:30", True),  # comes at 07:30, waits until noon
        ("04 04:00", "04 04:30", True),  # leaves at 08:00, as it opens
        ("04 04:00", "04 04:29", False),
        ("04 05:30", "04 12:30", True),  # leaves at 16:00, as it closes
        ("04 05:30", "04 12:31", False),
        ("04 13:00", "05 04:30", True),  # comes in the evening, leaves in the morning
    ],
)
def test_who_rides_through_leaves_a_border_within_its_hours(
    arrives: str, departs: str, passes: bool
) -> None:
    halt = DepartureStop(
        departure_id="C4",
        sequence=1,
        place_id="BORDER",
        arrives=at(arrives),
        departs=at(departs),
        beds=9,
    )
    row = ride("C4", "TOWN HERAT", "04 01:00", "05 08:00")
    hours = with_place(
        mission(row, stops=(halt,)), "BORDER", opens=time(8), closes=time(16)
    )
    network = Network(hours, without=frozenset({"daylight_driving", "driving_hours"}))
    through = [r for r in network.rides if (r.board, r.alight) == (0, 2)]
    assert bool(through) == passes
