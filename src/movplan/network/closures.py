"""Closed dates, public holidays and opening hours: which events they forbid."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from movplan.domain.aside import Aside
from movplan.domain.calendar import WorkingDays
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure
from movplan.domain.values import Values
from movplan.domain.words import CapacityKind, ClosureState, PlaceKind
from movplan.network.itinerary import Event
from movplan.network.stops import Stop

OPEN, HOLIDAYS = "place_open", "public_holidays"
HOURS_OF_A_DAY = 24
NEAR_DAYS = 60
"""How far from a date that is closed an open one is looked for."""
Hours = tuple[time, time | None]
MOVING = (CapacityKind.DEPARTURE, CapacityKind.CROSSING, CapacityKind.ARRIVAL)


class Closures:
    """Says what forbids an event, and whom, after what overrides take out.

    Closures forbid departures, crossings and arrivals on their dates (or only some of
    these), or outside the hours they leave open, to all or to some programmes; so do
    the public holidays of places that keep them. The hours of a border bound the local
    time of crossings, both inclusive. Stops of all are kept by the network, the others
    by screening: so are all stops of a rule of which some override names families or
    programmes.
    """

    def __init__(
        self, scenario: Scenario, *, without: frozenset[str] = frozenset()
    ) -> None:
        self._hours = _border_hours(scenario)
        self._aside = {rule: Aside(scenario, rule) for rule in (OPEN, HOLIDAYS)}
        self._without = without
        self._closures: dict[str, list[Closure]] = defaultdict(list)
        for row in scenario.closures:
            if row.state is ClosureState.CLOSED and self._counts(row):
                self._closures[row.place_id].append(row)
        self._kept = {
            place.place_id
            for place in scenario.places
            if place.holidays and not self._is_out(HOLIDAYS, place.place_id)
        }
        self._days = WorkingDays(scenario) if self._kept else None
        self._by_family = frozenset(
            rule for rule, aside in self._aside.items() if aside.names_families
        )
        self.narrows = bool(self._by_family) or any(
            row.programmes for rows in self._closures.values() for row in rows
        )
        """Whether some stops are left to screening."""

    def why_closed(self, event: Event) -> Stop | None:
        """What forbids the event to everybody, if something does."""
        stops = (stop for stop in self.stops(event) if not self._is_left(stop))
        return next(stops, None)

    def left(self, event: Event) -> Iterator[Stop]:
        """What forbids the event to some: screening keeps it."""
        return (stop for stop in self.stops(event) if self._is_left(stop))

    def allow(self, events: tuple[Event, ...]) -> bool:
        """Whether none of the events is forbidden to everybody."""
        return all(self.why_closed(event) is None for event in events)

    def stops(self, event: Event) -> Iterator[Stop]:
        """All that forbids the event to anybody."""
        if event.kind not in MOVING:
            return
        place = event.place_id
        for row in self._closures[place]:
            if _stops(row, event):
                yield Stop(OPEN, _fact(row, event), place, row.programmes)
        if event.kind is CapacityKind.CROSSING and not self._is_open(event):
            yield Stop(OPEN, _hours_fact(event, *self._hours[place]), place)
        holiday = self._holiday(event)
        if holiday is not None:
            fact = f"{place} has a public holiday on {event.on}: {holiday}"
            yield Stop(HOLIDAYS, fact, place)

    def _is_left(self, stop: Stop) -> bool:
        return bool(stop.programmes) or stop.rule in self._by_family

    def _counts(self, row: Closure) -> bool:
        return not self._is_out(OPEN, row.closure_id, row.place_id)

    def _is_out(self, rule: str, *ids: str) -> bool:
        return rule in self._without or self._aside[rule].row(*ids)

    def _holiday(self, event: Event) -> str | None:
        if self._days is None or event.place_id not in self._kept:
            return None
        holiday = self._days.holiday_on(event.place_id, event.on)
        return None if holiday is None else holiday.name

    def _is_open(self, event: Event) -> bool:
        hours = self._hours.get(event.place_id)
        if hours is None or self._is_out(OPEN, event.place_id):
            return True
        opens, closes = hours
        at = event.at.time()
        return opens <= at and (closes is None or at <= closes)


def nearest_open(event: Event, is_closed: Callable[[Event], bool]) -> date | None:
    """The nearest date on which that could happen at that hour, the later first."""
    for days in range(1, NEAR_DAYS + 1):
        for away in (timedelta(days=days), -timedelta(days=days)):
            other = replace(event, on=event.on + away, at=event.at + away)
            if not is_closed(other):
                return other.on
    return None


def _stops(row: Closure, event: Event) -> bool:
    """Whether a closure forbids the event to those it stops."""
    if not row.covers(event.on) or event.kind not in (row.kinds or MOVING):
        return False
    return not (row.has_hours and _in_hours(row, event))


def _border_hours(scenario: Scenario) -> dict[str, Hours]:
    """When each border may be crossed: its row's hours, else the rule's."""
    values, found = Values(scenario), {}
    for place in scenario.places:
        if place.kind is PlaceKind.BORDER:
            opens, closes = place.opens, place.closes
            if opens is None:
                opens = time(values.place("border_opens_hour", place.place_id))
            if closes is None:
                hour = values.place("border_closes_hour", place.place_id)
                closes = time(hour) if hour < HOURS_OF_A_DAY else None
            found[place.place_id] = (opens, closes)
    return found


def _in_hours(row: Closure, event: Event) -> bool:
    """Whether the event is within the hours that a closure leaves open, if any."""
    at = event.at.time()
    if row.opens is not None and at < row.opens:
        return False
    return row.closes is None or at <= row.closes


def _hours_fact(event: Event, opens: time, closes: time | None) -> str:
    """When a border is open instead, in words."""
    until = f" until {closes:%H:%M}" if closes is not None else ""
    at = f"{event.at:%H:%M} on {event.on}"
    return f"{event.place_id} is not open at {at} but from {opens:%H:%M}{until}"


def _fact(row: Closure, event: Event) -> str:
    """What is closed when, in words."""
    reason = f" ({row.reason})" if row.reason else ""
    if not row.has_hours:
        return f"{row.place_id} is closed on {event.on}{reason}"
    opens = f" from {row.opens:%H:%M}" if row.opens is not None else ""
    closes = f" until {row.closes:%H:%M}" if row.closes is not None else ""
    hours = f"is open{opens}{closes} on {event.on}, not at {event.at:%H:%M}"
    return f"{row.place_id} {hours}{reason}"
