"""departure_deadlines: nobody is added after names or tickets were due."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.transport import Departure
from movplan.domain.words import DepartureStatus

RULE = "departure_deadlines"


def check(view: PlanView) -> Outcome:
    """Departures with a deadline before ``as_of`` carry families of their manifest."""
    tally = Tally(RULE)
    for departure_id, riders in view.riders.items():
        over = _over(view, view.services[departure_id].departure)
        if over is None:
            continue
        for family, _ in riders:
            listed = view.manifests.lists(departure_id, family.family_id)
            fact = f"{family.family_id} is added to {departure_id}, {over}"
            tally.judge([] if listed else [fact], family.family_id, departure_id)
    return tally.outcome()


def _over(view: PlanView, departure: Departure) -> str | None:
    return next(_deadlines(view, departure), None)


def _deadlines(view: PlanView, departure: Departure) -> Iterator[str]:
    """Deadlines that are over, in words."""
    names, tickets, today = departure.names_due, departure.ticket_by, view.as_of_date
    if names is not None and names < today:
        yield f"whose names were due on {names}"
    ticketed = departure.status is DepartureStatus.TICKETED
    if tickets is not None and tickets < today and not ticketed:
        yield f"whose tickets were to be issued by {tickets}"
