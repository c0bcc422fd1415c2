"""luggage: what those aboard a convoy bring along fits its vehicles."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.convoys import Convoy, Fleet, convoys_of

RULE = "luggage"


def check(view: PlanView) -> Outcome:
    """Kilograms aboard on each segment <= those of hired vehicles and the truck."""
    tally = Tally(RULE)
    for convoy in view.once(convoys_of):
        tally.judge(_facts(view, convoy), convoy.name)
    return tally.outcome()


def _facts(view: PlanView, convoy: Convoy) -> Iterator[str]:
    room = view.once(Fleet).luggage_room(convoy, convoy.vehicles)
    for segment, kg in enumerate(view.once(Fleet).luggage_aboard(convoy)):
        if kg > room:
            where = convoy.service.segment_name(segment)
            yield f"{convoy.name} {where}: {kg} kg of luggage, room for {room} kg"
