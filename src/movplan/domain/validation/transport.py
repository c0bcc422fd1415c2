"""Places, departures and their stops, vehicles and fares; sessions."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from math import isfinite
from zoneinfo import ZoneInfo

from movplan.domain.errors import Issue
from movplan.domain.transport import Departure, DepartureStop
from movplan.domain.validation.lookup import Lookup
from movplan.domain.words import DepartureKind


def bad_places(lookup: Lookup) -> Iterator[Issue]:
    """Places have a time zone that exists and coordinates on Earth."""
    for place in lookup.scenario.places:
        if not _zone_exists(place.timezone):
            yield lookup.error(
                "places",
                place,
                "timezone",
                "is not a time zone of the IANA database",
                code="BAD_VALUE",
                expected="a name such as Asia/Tehran",
            )
        for column, most in (("latitude", 90), ("longitude", 180)):
            degrees = getattr(place, column)
            if not isfinite(degrees) or abs(degrees) > most:
                yield lookup.error(
                    "places",
                    place,
                    column,
                    "is not on Earth",
                    code="BAD_VALUE",
                    expected=f"degrees from -{most} to {most}",
                )


def _zone_exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def bad_departures(lookup: Lookup) -> Iterator[Issue]:
    """A flight sells seats; a convoy has vehicles; neither ends where it starts."""
    with_vehicles = {v.departure_id for v in lookup.scenario.departure_vehicles}
    with_vehicles |= lookup.broken_values("departure_vehicles", "departure_id")
    for departure in lookup.scenario.departures:
        flight = departure.kind is DepartureKind.FLIGHT
        has_vehicles = departure.departure_id in with_vehicles
        if departure.from_place == departure.to_place:
            yield lookup.error(
                "departures",
                departure,
                "to_place",
                "is where the departure starts",
                code="BAD_VALUE",
                expected="another place",
            )
        if departure.is_usable and flight and departure.seats is None:
            yield lookup.error(
                "departures",
                departure,
                "seats",
                "a flight needs its seats",
                code="MISSING",
                expected="how many seats it sells, 0 if none",
            )
        if departure.is_usable and not flight and not has_vehicles:
            yield lookup.warning(
                "departures",
                departure,
                "departure_id",
                "the convoy has no vehicles: nobody can ride",
                code="NO_VEHICLES",
                expected="rows in departure_vehicles",
            )


def too_many_drivers(lookup: Lookup) -> Iterator[Issue]:
    """A vehicle has one driver or two."""
    for departure in lookup.scenario.departures:
        if departure.drivers is not None and departure.drivers > 2:
            yield lookup.error(
                "departures",
                departure,
                "drivers",
                "more drivers than take turns in a vehicle",
                code="BAD_VALUE",
                expected="1 or 2",
            )


def stop_times(lookup: Lookup) -> Iterator[Issue]:
    """Stops follow one another in time, between departing and arriving."""
    for departure, stops in _with_stops(lookup):
        before: datetime = departure.departs
        for stop in stops:
            if not before < stop.arrives <= stop.departs < departure.arrives:
                yield lookup.error(
                    "departure_stops",
                    stop,
                    "arrives",
                    "the stop is out of time order",
                    code="BAD_DATES",
                    expected=f"after {before.isoformat()}, before"
                    f" {departure.arrives.isoformat()}",
                )
            before = max(before, stop.departs)


def places_served_twice(lookup: Lookup) -> Iterator[Issue]:
    """A departure serves each place once."""
    for departure, stops in _with_stops(lookup):
        served = {departure.from_place, departure.to_place}
        for stop in stops:
            if stop.place_id in served:
                yield lookup.error(
                    "departure_stops",
                    stop,
                    "place_id",
                    f"{departure.departure_id} serves the place twice",
                    code="SERVED_TWICE",
                    expected="another place, or two departures",
                )
            served.add(stop.place_id)


def bad_fare_stretches(lookup: Lookup) -> Iterator[Issue]:
    """A fare with places is for a stretch the departure serves."""
    served = {
        departure.departure_id: [
            departure.from_place,
            *(stop.place_id for stop in stops),
            departure.to_place,
        ]
        for departure, stops in _with_stops(lookup)
    }
    partly_read = lookup.broken_values("departure_stops", "departure_id")
    for fare in lookup.scenario.fares:
        places = served.get(fare.departure_id)
        if places is None or fare.departure_id in partly_read:
            continue
        start, end = fare.from_place or places[0], fare.to_place or places[-1]
        column = "to_place" if start in places else "from_place"
        if start in places and end in places[places.index(start) + 1 :]:
            continue
        yield lookup.error(
            "fares",
            fare,
            column,
            "the departure does not ride that stretch",
            code="BAD_VALUE",
            expected="places it serves, in order: " + ", ".join(places),
        )


def _with_stops(lookup: Lookup) -> Iterator[tuple[Departure, list[DepartureStop]]]:
    stops: dict[str, list[DepartureStop]] = defaultdict(list)
    for stop in sorted(lookup.scenario.departure_stops, key=lambda s: s.sequence):
        stops[stop.departure_id].append(stop)
    for departure in lookup.scenario.departures:
        yield departure, stops[departure.departure_id]


def twin_sessions(lookup: Lookup) -> Iterator[Issue]:
    """No session is listed twice under two ids."""
    ordered = sorted(
        lookup.scenario.sessions,
        key=lambda s: (s.kind, s.place_id, s.starts, s.language or "", s.session_id),
    )
    for one, two in pairwise(ordered):
        columns = ("kind", "place_id", "starts", "language", "programmes")
        same = all(getattr(one, c) == getattr(two, c) for c in columns)
        if same and one.session_id != two.session_id:
            yield lookup.warning(
                "sessions",
                two,
                "session_id",
                f"looks like {one.session_id} again: same kind, place, start, language",
                code="TWIN_SESSION",
                expected="one row with all places",
            )
