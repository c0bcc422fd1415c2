"""convoy_days: convoys leave on the agreed weekdays."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome
from movplan.checks.view import PlanView
from movplan.checks.view.convoys import Convoy, judge_convoys

RULE = "convoy_days"
WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


def check(view: PlanView) -> Outcome:
    """The weekday of the first departure of each convoy with families."""
    return judge_convoys(view, RULE, _facts)


def _facts(view: PlanView, convoy: Convoy) -> Iterator[str]:
    days = view.files.values.departure_text("convoy_days", convoy.departure)
    start = convoy.service.served[0]
    on = view.clock.date(start.place_id, start.departs)
    if str(on.isoweekday()) not in days:
        agreed = ", ".join(WEEKDAYS[k - 1] for k in range(1, 8) if str(k) in days)
        yield (
            f"{convoy.name} leaves on {on}, a {WEEKDAYS[on.weekday()]}; convoys leave "
            f"on {agreed or 'no day'}"
        )
