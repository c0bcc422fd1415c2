"""Closed dates and opening hours: which events they forbid."""

from collections import defaultdict

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure
from movplan.domain.words import CapacityKind
from movplan.network.itinerary import Event


class Closures:
    """Says why an event cannot take place, if it cannot.

    Closures forbid departures, crossings and arrivals on their dates. ``opens`` and
    ``closes`` of a place bound the local time of crossings, both inclusive.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._places = {place.place_id: place for place in scenario.places}
        self._closures: dict[str, list[Closure]] = defaultdict(list)
        for closure in scenario.closures:
            self._closures[closure.place_id].append(closure)

    def why_closed(self, event: Event) -> str | None:
        """What forbids the event, in words; ``None`` when nothing does."""
        if event.kind is CapacityKind.BEDS:
            return None
        for closure in self._closures[event.place_id]:
            if _covers(closure, event):
                reason = f" ({closure.reason})" if closure.reason else ""
                return f"{event.place_id} is closed on {event.on}{reason}"
        if event.kind is CapacityKind.CROSSING and not self._is_open(event):
            return f"{event.place_id} is not open at {event.at:%H:%M} on {event.on}"
        return None

    def allow(self, events: tuple[Event, ...]) -> bool:
        """Whether none of the events is forbidden."""
        return all(self.why_closed(event) is None for event in events)

    def _is_open(self, event: Event) -> bool:
        place = self._places[event.place_id]
        time = event.at.time()
        if place.opens is not None and time < place.opens:
            return False
        return place.closes is None or time <= place.closes


def _covers(closure: Closure, event: Event) -> bool:
    if not closure.date_from <= event.on <= closure.date_to:
        return False
    return not closure.weekdays or event.on.isoweekday() in closure.weekdays
