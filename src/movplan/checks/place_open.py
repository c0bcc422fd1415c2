"""place_open: nobody boards, crosses or arrives where a place is closed."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.events import Event
from movplan.domain.transport import Closure
from movplan.domain.words import CapacityKind

RULE = "place_open"


def check(view: PlanView) -> Outcome:
    """Closures on dates and weekdays; opening hours of a border for crossings."""
    tally = Tally(RULE)
    for row in view.scenario.closures:
        tally.judge(_closed(view, row), row.closure_id, row.place_id)
    for place_id, place in view.places.items():
        if place.opens is not None or place.closes is not None:
            tally.judge(_shut(view, place_id), place_id)
    return tally.outcome()


def _closed(view: PlanView, row: Closure) -> Iterator[str]:
    for kind in (CapacityKind.DEPARTURE, CapacityKind.CROSSING, CapacityKind.ARRIVAL):
        for event in view.events_at.get((row.place_id, kind), ()):
            if _covers(row, event):
                yield (
                    f"{event.family_id}: {kind.value} at {row.place_id} on {event.on}, "
                    f"which is closed ({row.reason or row.closure_id})"
                )


def _covers(row: Closure, event: Event) -> bool:
    in_range = row.date_from <= event.on <= row.date_to
    return in_range and (not row.weekdays or event.on.isoweekday() in row.weekdays)


def _shut(view: PlanView, place_id: str) -> Iterator[str]:
    place = view.places[place_id]
    for event in view.events_at.get((place_id, CapacityKind.CROSSING), ()):
        at = view.clock.time(place_id, event.at)
        if (place.opens and at < place.opens) or (place.closes and at > place.closes):
            yield (
                f"{event.family_id} crosses {place_id} on {event.on} at {at:%H:%M}, "
                f"open {place.opens or 'any time'} to {place.closes or 'any time'}"
            )
