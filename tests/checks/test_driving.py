"""driving_hours: checks and network, written apart, bar the same timetables."""

from datetime import timedelta
from itertools import pairwise
from math import degrees

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movplan.checks import run_checks
from movplan.domain.scenario import Scenario
from movplan.network.convoys import ConvoyRules
from movplan.network.local_time import LocalTime
from tests.checks.broken.tools import rule_value
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO, at

OTHERS = frozenset({"daylight_driving", "convoy_days"})


def with_timetable(
    minutes: tuple[int, int], stands: int, drivers: int | None
) -> Scenario:
    """C1 from 14 May 06:00: so long to Dogharoun, there, and to Herat."""
    first = at("05-14 06:00+03:30")
    there, on, end = (
        first + timedelta(minutes=sum((minutes[0], stands, minutes[1])[:k]))
        for k in (1, 2, 3)
    )
    stop = SCENARIO.departure_stops[0].model_copy(
        update={"arrives": there, "departs": on}
    )
    convoys = tuple(
        row.model_copy(update={"arrives": end, "drivers": drivers, "distance_km": 365})
        if row.departure_id == "C1"
        else row
        for row in SCENARIO.departures
    )
    return SCENARIO.model_copy(
        update={"departures": convoys, "departure_stops": (stop,)}
    )


def barred_by_both(scenario: Scenario) -> tuple[bool, bool]:
    """By the checks, and by the network."""
    broken = {
        v.subjects[0]
        for v in run_checks(scenario, PLAN).violations
        if v.rule == "driving_hours"
    }
    rules = ConvoyRules(scenario, LocalTime(scenario), without=OTHERS)
    convoy = next(d for d in scenario.departures if d.departure_id == "C1")
    return (
        "C1" in broken,
        rules.why_barred(convoy, list(scenario.departure_stops)) is not None,
    )


def ruled(scenario: Scenario, **values: int) -> Scenario:
    for name, value in values.items():
        scenario, _ = rule_value(name, value)(scenario, PLAN)
    return scenario


@given(
    minutes=st.tuples(st.integers(1, 700), st.integers(1, 700)),
    stands=st.integers(0, 700),
    drivers=st.sampled_from([None, 1, 2]),
    after=st.integers(0, 5),
    rests=st.lists(st.integers(0, 120), min_size=2, max_size=4),
)
def test_both_bar_the_same_and_more_with_more_rest(
    minutes: tuple[int, int],
    stands: int,
    drivers: int | None,
    after: int,
    rests: list[int],
) -> None:
    timetable = with_timetable(minutes, stands, drivers)
    found = [
        barred_by_both(ruled(timetable, rest_after_hours=after, rest_minutes=rest))
        for rest in sorted(rests)
    ]
    assert all(check == network for check, network in found)
    assert all(less <= more for (less, _), (more, _) in pairwise(found))


@pytest.mark.parametrize(
    ("km", "barred"), [(365.0049, False), (365.0051, True), (364.9, False)]
)
def test_both_round_an_assumed_distance_to_hundredths(km: float, barred: bool) -> None:
    """One driver goes 365 km. 365.0049 km are 365.00, 365.0051 km are 365.01 km.

    Along a meridian of the Earth (radius 6,371 km), with a road factor of 100 %.
    """
    timetable = with_timetable((60, 60), 0, drivers=1)
    ends = {"MASHHAD": 30.0, "HERAT": 30.0 + degrees(km / 6371)}
    places = tuple(
        row.model_copy(update={"latitude": ends[row.place_id], "longitude": 60.0})
        if row.place_id in ends
        else row
        for row in timetable.places
    )
    convoys = tuple(
        row.model_copy(update={"distance_km": None})
        if row.departure_id == "C1"
        else row
        for row in timetable.departures
    )
    world = timetable.model_copy(update={"places": places, "departures": convoys})
    scenario = ruled(world, road_factor_percent=100, second_driver_km=365)

    assert barred_by_both(scenario) == (barred, barred)
