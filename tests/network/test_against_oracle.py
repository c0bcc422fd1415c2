"""All itineraries, by search and by brute force, on small random missions."""

from datetime import time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from movplan.domain.scenario import Limits, Scenario
from movplan.domain.transport import Closure, Departure, DepartureStop
from movplan.domain.words import DepartureKind
from movplan.network import Itinerary, Move, Network, Request, find_itineraries
from movplan.network.search import itinerary_order
from tests.network.corridor import NAMES, at, may, mission, ride
from tests.network.oracle import Moved, Oracle, Way

HOUR = timedelta(hours=1)
DRIVING = frozenset({"daylight_driving", "driving_hours"})
"""Rules of convoys alone, which drive at any hour here: test_convoys looks at them."""


@st.composite
def departures(draw: st.DrawFn, name: str) -> tuple[Departure, list[DepartureStop]]:
    served = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True))
    moment = at("03 00:00") + draw(st.integers(0, 60)) * HOUR
    departure_at, stops = moment, []
    for i, middle in enumerate(served[1:-1]):
        arrives = moment + draw(st.integers(1, 6)) * HOUR
        moment = arrives + draw(st.sampled_from([1, 1, 3, 12])) * HOUR
        stops.append(
            DepartureStop(
                departure_id=name,
                sequence=i + 1,
                place_id=middle,
                arrives=arrives,
                departs=moment,
            )
        )
    departure = Departure(
        departure_id=name,
        kind=draw(st.sampled_from(DepartureKind)),
        from_place=served[0],
        to_place=served[-1],
        departs=departure_at,
        arrives=moment + draw(st.integers(1, 6)) * HOUR,
        currency="USD",
    )
    return departure, stops


@st.composite
def backbone(draw: st.DrawFn) -> list[Departure]:
    """Two rides, TOWN - HERAT and HERAT or CAMP - KABUL, some hours apart."""
    starts = at("03 00:00") + draw(st.integers(0, 23)) * HOUR
    arrives = starts + draw(st.integers(1, 8)) * HOUR
    gap = draw(st.sampled_from([2, 3, 4, 5, 6, 12, 18, 24, 30]))
    departs = arrives + gap * HOUR
    first = ride("B1", "TOWN HERAT", "03 00:00", "03 01:00")
    way = f"{draw(st.sampled_from(['HERAT', 'CAMP']))} KABUL"
    kind = draw(st.sampled_from(DepartureKind))
    second = ride("B2", way, "03 00:00", "03 01:00", kind=kind)
    return [
        first.model_copy(update={"departs": starts, "arrives": arrives}),
        second.model_copy(update={"departs": departs, "arrives": departs + HOUR}),
    ]


@st.composite
def missions(draw: st.DrawFn) -> Scenario:
    drawn = [draw(departures(f"D{i}")) for i in range(draw(st.integers(0, 3)))]
    closures = [
        Closure(
            closure_id="shut",
            place_id=draw(st.sampled_from(NAMES)),
            date_from=draw(st.sampled_from([may(3), may(3), None])),
            date_to=draw(st.sampled_from([may(5), may(5), None])),
            weekdays=tuple(draw(st.sets(st.integers(1, 7), max_size=2))),
            opens=draw(st.sampled_from([None, None, time(6)])),
            closes=draw(st.sampled_from([None, None, time(12)])),
        )
    ]
    scenario = mission(
        *draw(backbone()),
        *(departure for departure, _ in drawn),
        stops=tuple(stop for _, stops in drawn for stop in stops),
        nights=tuple(draw(st.sets(st.sampled_from(NAMES), min_size=2))),
        closures=tuple(closures) if draw(st.booleans()) else (),
        limits=Limits(
            max_rides=draw(st.integers(2, 3)),
            max_transit_nights=draw(st.sampled_from([0, 1, 2, 2, 2])),
            max_wait_hours=draw(st.sampled_from([8, 24, 48, 48, 48])),
            max_journey_hours=draw(st.sampled_from([24, 96, 96, 96])),
        ),
    )
    if not draw(st.booleans()):
        return scenario
    hours = draw(
        st.sampled_from(
            [{"opens": time(6), "closes": time(18)}, {"opens": None, "closes": None}]
        )
    )
    places = tuple(p.model_copy(update=hours) for p in scenario.places)
    return scenario.model_copy(update={"places": places})


@settings(max_examples=300, deadline=None)
@given(
    scenario=missions(),
    origin=st.sampled_from(["TOWN", "TOWN", "AIR"]),
    destination=st.sampled_from(["KABUL", "KABUL", "KABUL", "CAMP"]),
    wheelchair=st.booleans(),
    overnight=st.booleans(),
)
def test_search_finds_exactly_what_brute_force_finds(
    scenario: Scenario,
    origin: str,
    destination: str,
    wheelchair: bool,
    overnight: bool,
) -> None:
    request = Request(origin, destination, wheelchair=wheelchair, overnight=overnight)
    found = find_itineraries(Network(scenario, without=DRIVING), request)
    wanted = Oracle(scenario).ways(
        origin, destination, wheelchair=wheelchair, overnight=overnight
    )
    assert {as_way(itinerary) for itinerary in found} == wanted
    assert len(found) == len(wanted)
    assert list(found) == sorted(found, key=itinerary_order)


def as_way(itinerary: Itinerary) -> Way:
    return Way(
        rides=tuple((r.departure_id, r.board, r.alight) for r in itinerary.rides),
        access=as_moved(itinerary.access) if itinerary.access else None,
        moves=tuple(as_moved(move) for move in itinerary.moves),
        nights=tuple((night.place_id, night.on) for night in itinerary.nights),
        events=tuple((e.kind.value, e.place_id, e.on) for e in itinerary.events),
    )


def as_moved(move: Move) -> Moved:
    return (move.from_place, move.to_place, move.departs, move.arrives)
