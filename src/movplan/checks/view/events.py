"""Events at places: what capacities, closures and opening hours look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from movplan.checks.view.clock import Clock, utc
from movplan.checks.view.journeys import Journey
from movplan.checks.view.services import Ride
from movplan.domain.plan import Leg
from movplan.domain.transport import Place
from movplan.domain.words import CapacityKind, PlaceKind


@dataclass(frozen=True, slots=True)
class Event:
    """Persons of a family boarding, crossing, arriving or sleeping at a place."""

    kind: CapacityKind
    place_id: str
    on: date
    at: datetime
    family_id: str
    programme: str
    persons: int


def events_of(
    journey: Journey, places: Mapping[str, Place], clock: Clock
) -> Iterator[Event]:
    """Departures, crossings and arrivals of the rides, the end, and the nights."""

    def event(
        kind: CapacityKind, place_id: str, at: datetime, persons: int | None = None
    ) -> Event:
        return Event(
            kind=kind,
            place_id=place_id,
            on=clock.date(place_id, at),
            at=at,
            family_id=journey.family.family_id,
            programme=journey.family.programme,
            persons=journey.family.persons if persons is None else persons,
        )

    for ride in journey.rides:
        yield event(CapacityKind.DEPARTURE, ride.from_place, ride.departs)
        for place_id, at in crossings(ride, places):
            yield event(CapacityKind.CROSSING, place_id, at)
        yield event(CapacityKind.ARRIVAL, ride.to_place, ride.arrives)
    if ends_by_transfer(journey) and journey.ends is not None:
        yield event(CapacityKind.ARRIVAL, journey.ends_at, journey.ends)
    for leg in nights_of(journey):
        yield event(CapacityKind.BEDS, leg.from_place, utc(leg.departs), leg.persons)


def crossings(
    ride: Ride, places: Mapping[str, Place]
) -> Iterator[tuple[str, datetime]]:
    """Borders served after boarding, alighting included, and when it is there."""
    for served in ride.service.served[ride.board + 1 : ride.alight + 1]:
        if places[served.place_id].kind is PlaceKind.BORDER:
            yield served.place_id, served.arrives


def ends_by_transfer(journey: Journey) -> bool:
    """Whether the journey's last arrival is a transfer's."""
    return bool(journey.rides) and journey.ends != journey.rides[-1].arrives


def nights_of(journey: Journey) -> Iterable[Leg]:
    """Nights of the journey and of its appointments."""
    yield from journey.nights
    for legs in journey.of_session.values():
        yield from (leg for leg in legs if leg.from_place == leg.to_place)
