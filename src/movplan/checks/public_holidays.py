"""public_holidays: nobody moves on a public holiday where these stop movements."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.events import MOVEMENTS

RULE = "public_holidays"


def check(view: PlanView) -> Outcome:
    """Departures, crossings and arrivals at places that keep holidays."""
    tally = Tally(RULE)
    aside = view.aside(RULE)
    for place_id, place in view.places.items():
        if place.holidays and not aside.row(place_id):
            tally.judge(_facts(view, place_id), place_id)
    return tally.outcome()


def _facts(view: PlanView, place_id: str) -> Iterator[str]:
    aside = view.aside(RULE)
    for kind in MOVEMENTS:
        for event in view.events_at.get((place_id, kind), ()):
            if aside.row(event.family_id, event.programme):
                continue
            holiday = view.calendar.holiday_on(place_id, event.on)
            if holiday is not None:
                yield (
                    f"{event.family_id}: {kind.value} at {place_id} on {event.on}, "
                    f"a public holiday: {holiday.name}"
                )
