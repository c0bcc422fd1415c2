"""place_open: nobody boards, crosses or arrives where a place is closed."""

from collections.abc import Iterator
from datetime import time

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.events import MOVEMENTS, Event
from movplan.domain.transport import Closure, Place
from movplan.domain.words import CapacityKind, ClosureState, PlaceKind

RULE = "place_open"
HOURS_OF_A_DAY = 24


def check(view: PlanView) -> Outcome:
    """Closures, of whom, what and when; opening hours of a border for crossings."""
    tally = Tally(RULE)
    aside = view.aside(RULE)
    for row in view.scenario.closures:
        out = aside.row(row.closure_id, row.place_id)
        if row.state is ClosureState.CLOSED and not out:
            tally.judge(_closed(view, row), row.closure_id, row.place_id)
    for place_id, place in view.places.items():
        if place.kind is PlaceKind.BORDER and not aside.row(place_id):
            tally.judge(_shut(view, place_id), place_id)
    return tally.outcome()


def _events(view: PlanView, place_id: str, kind: CapacityKind) -> Iterator[Event]:
    """Events of families that are not set aside."""
    aside = view.aside(RULE)
    for event in view.events_at.get((place_id, kind), ()):
        if not aside.row(event.family_id, event.programme):
            yield event


def _closed(view: PlanView, row: Closure) -> Iterator[str]:
    for kind in MOVEMENTS:
        if row.kinds and kind not in row.kinds:
            continue
        for event in _events(view, row.place_id, kind):
            at = view.clock.time(row.place_id, event.at)
            if _concerns(row, event) and _is_shut_at(row, at):
                shut = ", which is closed"
                if row.has_hours:
                    shut = f" at {at:%H:%M}, open {_span(row)}"
                yield (
                    f"{event.family_id}: {kind.value} at {row.place_id} on {event.on}"
                    f"{shut} ({row.reason or row.closure_id})"
                )


def _span(row: Closure) -> str:
    """The hours a row leaves open."""
    opens = f"from {row.opens:%H:%M}" if row.opens else ""
    closes = f"until {row.closes:%H:%M}" if row.closes else ""
    return " ".join(filter(None, (opens, closes)))


def _concerns(row: Closure, event: Event) -> bool:
    concerned = not row.programmes or event.programme in row.programmes
    return concerned and row.covers(event.on)


def _is_shut_at(row: Closure, at: time) -> bool:
    """All day, or at a time before the hours it leaves open, or after them."""
    early = row.opens is not None and at < row.opens
    late = row.closes is not None and at > row.closes
    return early or late or not row.has_hours


def _shut(view: PlanView, place_id: str) -> Iterator[str]:
    opens, closes = _hours(view, view.places[place_id])
    for event in _events(view, place_id, CapacityKind.CROSSING):
        at = view.clock.time(place_id, event.at)
        if not opens <= at <= closes:
            yield (
                f"{event.family_id} crosses {place_id} on {event.on} at {at:%H:%M}, "
                f"open {opens:%H:%M} to {closes:%H:%M}"
            )


def _hours(view: PlanView, place: Place) -> tuple[time, time]:
    """First and last moment of a day to cross: the border's own, else the rule's."""
    names = (place.place_id, place.country)
    first, last = (
        view.scenario.rule_int(name, destination=names)
        for name in ("border_opens_hour", "border_closes_hour")
    )
    rule_closes = time.max if last == HOURS_OF_A_DAY else time(last)
    return place.opens or time(first), place.closes or rule_closes
