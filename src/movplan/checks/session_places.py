"""session_places: no session, and no place on a day, has more persons than places."""

from collections import Counter

from movplan.checks.limits import over_limit
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.words import CapacityKind

RULE = "session_places"


def check(view: PlanView) -> Outcome:
    """Persons attending each session <= its places; all of a place and day <= its."""
    tally = Tally(RULE)
    attending: Counter[str] = Counter()
    for journey in view.journeys.values():
        for leg in journey.appointments:
            attending[leg.session_id or ""] += leg.persons
    for session_id, session in view.sessions.items():
        persons = attending[session_id]
        facts = [f"{session_id}: {persons} persons, {session.places} places"]
        tally.judge(facts if persons > session.places else [], session_id)
    for row in view.scenario.capacities:
        if row.kind is CapacityKind.APPOINTMENT:
            facts = list(over_limit(view, row, view.aside(RULE)))
            tally.judge(facts, row.capacity_id, row.place_id)
    return tally.outcome()
