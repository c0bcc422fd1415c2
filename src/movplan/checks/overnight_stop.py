"""overnight_stop: whoever rides through a night has a bed."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.convoys import (
    Convoy,
    convoys_of,
    overnight_stops,
    riding_through,
)

RULE = "overnight_stop"


def check(view: PlanView) -> Outcome:
    """Persons riding through each overnight stop of a convoy <= its beds."""
    tally = Tally(RULE)
    for convoy in view.once(convoys_of):
        stops = overnight_stops(view.clock, convoy.service)
        if stops:
            tally.judge(_facts(view, convoy, stops), convoy.name)
    return tally.outcome()


def _facts(view: PlanView, convoy: Convoy, stops: list[int]) -> Iterator[str]:
    for k in stops:
        stop = convoy.service.served[k]
        persons = riding_through(convoy, k)
        if persons > stop.beds:
            on = view.clock.date(stop.place_id, stop.arrives)
            yield (
                f"{convoy.name}: {persons} persons stay overnight at {stop.place_id} "
                f"on {on}, there are {stop.beds} beds"
            )
