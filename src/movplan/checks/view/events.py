"""Events at places: what capacities, closures, holidays and notices look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from movplan.checks.view.clock import Clock, utc
from movplan.checks.view.journeys import Journey
from movplan.domain.plan import Leg
from movplan.domain.transport import Place
from movplan.domain.words import CapacityKind, PlaceKind

MOVEMENTS = (CapacityKind.DEPARTURE, CapacityKind.CROSSING, CapacityKind.ARRIVAL)


@dataclass(frozen=True, slots=True)
class Event:
    """Persons of a family boarding, crossing, arriving, sleeping, attending at a place.

    ``departure_id`` is the departure boarded, or that brings the family: with
    ``by_transfer`` the last one before the transfer that ends the journey.
    """

    kind: CapacityKind
    place_id: str
    on: date
    at: datetime
    family_id: str
    programme: str
    persons: int
    departure_id: str = ""
    by_transfer: bool = False


def events_of(
    journey: Journey, places: Mapping[str, Place], clock: Clock
) -> Iterator[Event]:
    """Departures, crossings and arrivals, the end, the nights, days of sessions."""

    def event(
        kind: CapacityKind,
        place_id: str,
        at: datetime,
        *,
        persons: int | None = None,
        departure_id: str = "",
        by_transfer: bool = False,
    ) -> Event:
        return Event(
            kind=kind,
            place_id=place_id,
            on=clock.date(place_id, at),
            at=at,
            family_id=journey.family.family_id,
            programme=journey.family.programme,
            persons=journey.family.persons if persons is None else persons,
            departure_id=departure_id,
            by_transfer=by_transfer,
        )

    for ride in journey.rides:
        name = ride.departure_id
        yield event(
            CapacityKind.DEPARTURE, ride.from_place, ride.departs, departure_id=name
        )
        yield event(
            CapacityKind.ARRIVAL, ride.to_place, ride.arrives, departure_id=name
        )
    for place_id, at in crossings(journey, places):
        yield event(CapacityKind.CROSSING, place_id, at)
    if ends_by_transfer(journey) and journey.ends is not None:
        yield event(
            CapacityKind.ARRIVAL,
            journey.ends_at,
            journey.ends,
            departure_id=journey.rides[-1].departure_id,
            by_transfer=True,
        )
    for leg in nights_of(journey):
        yield event(
            CapacityKind.BEDS, leg.from_place, utc(leg.departs), persons=leg.persons
        )
    for leg in journey.appointments:
        first = clock.date(leg.from_place, utc(leg.departs))
        last = clock.date(leg.from_place, utc(leg.arrives))
        attended = event(
            CapacityKind.APPOINTMENT,
            leg.from_place,
            utc(leg.departs),
            persons=leg.persons,
        )
        for days in range((last - first).days + 1):
            yield replace(attended, on=first + timedelta(days=days))


def crossings(
    journey: Journey, places: Mapping[str, Place]
) -> Iterator[tuple[str, datetime]]:
    """Borders crossed, once a visit, and when.

    Riding through: on leaving. Alighting: on arriving there. Boarding without having
    alighted there from the ride before: on leaving. Ending there by transfer: on
    arriving.
    """

    def is_border(place_id: str) -> bool:
        return places[place_id].kind is PlaceKind.BORDER

    alighted = ""
    for ride in journey.rides:
        if is_border(ride.from_place) and ride.from_place != alighted:
            yield ride.from_place, ride.departs
        for served in ride.service.served[ride.board + 1 : ride.alight]:
            if is_border(served.place_id):
                yield served.place_id, served.departs
        if is_border(ride.to_place):
            yield ride.to_place, ride.arrives
        alighted = ride.to_place
    ends = journey.ends
    if ends is not None and ends_by_transfer(journey) and is_border(journey.ends_at):
        yield journey.ends_at, ends


def ends_by_transfer(journey: Journey) -> bool:
    """Whether the journey's last arrival is a transfer's."""
    return bool(journey.rides) and journey.ends != journey.rides[-1].arrives


def nights_of(journey: Journey) -> Iterable[Leg]:
    """Nights of the journey and of its appointments."""
    yield from journey.nights
    for legs in journey.of_session.values():
        yield from (leg for leg in legs if leg.from_place == leg.to_place)
