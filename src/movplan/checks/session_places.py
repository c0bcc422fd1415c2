"""session_places: no session is attended by more persons than it has places for."""

from collections import Counter

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView

RULE = "session_places"


def check(view: PlanView) -> Outcome:
    """Persons attending each session <= its places."""
    tally = Tally(RULE)
    attending: Counter[str] = Counter()
    for journey in view.journeys.values():
        for leg in journey.appointments:
            attending[leg.session_id or ""] += leg.persons
    for session_id, session in view.sessions.items():
        persons = attending[session_id]
        facts = [f"{session_id}: {persons} persons, {session.places} places"]
        tally.judge(facts if persons > session.places else [], session_id)
    return tally.outcome()
