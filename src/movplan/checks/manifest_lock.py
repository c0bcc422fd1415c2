"""manifest_lock: nobody is added to a departure shortly before it leaves."""

from datetime import timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.clock import utc

RULE = "manifest_lock"


def check(view: PlanView) -> Outcome:
    """Departures inside the lock carry families of their manifest only."""
    tally = Tally(RULE)
    now = utc(view.scenario.as_of)
    for departure_id, riders in view.riders.items():
        service = view.services[departure_id]
        name = f"manifest_lock_hours_{service.departure.kind.value}"
        hours = view.departure_rule(name, service.departure)
        start = service.served[0]
        if start.departs >= now + timedelta(hours=hours):
            continue
        leaves = view.clock.text(start.place_id, start.departs)
        for family, _ in riders:
            listed = view.manifests.lists(departure_id, family.family_id)
            fact = (
                f"{family.family_id} is added to {departure_id}, which leaves "
                f"{leaves}: its manifest closes {hours} hours before"
            )
            tally.judge([] if listed else [fact], family.family_id, departure_id)
    return tally.outcome()
