"""luggage: what those aboard a convoy bring along fits its vehicles."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome
from movplan.checks.view import PlanView
from movplan.checks.view.convoys import Convoy, Fleet, judge_convoys

RULE = "luggage"


def check(view: PlanView) -> Outcome:
    """Kilograms aboard on each segment <= those of hired vehicles and the truck."""
    return judge_convoys(view, RULE, _facts)


def _facts(view: PlanView, convoy: Convoy) -> Iterator[str]:
    room = view.once(Fleet).luggage_room(convoy, convoy.vehicles)
    for segment, kg in enumerate(view.once(Fleet).luggage_aboard(convoy)):
        if kg > room:
            where = convoy.service.segment_name(segment)
            yield f"{convoy.name} {where}: {kg} kg of luggage, room for {room} kg"
