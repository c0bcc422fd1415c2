"""step_order: the family is done with one step, and home, before it leaves for another.

Document steps and orientation in the programme's order, the check before embarkation
after both.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.clock import utc
from movplan.domain.escorts import Session
from movplan.domain.words import Part, SessionKind

RULE = "step_order"
LAST = SessionKind.PRE_EMBARKATION_CHECK


def check(view: PlanView) -> Outcome:
    """Where several are due: back from every session of one before the next."""
    tally = Tally(RULE)
    aside = view.aside("appointments")
    for journey in view.journeys.values():
        if journey.part is Part.OUTBOUND and journey.rides:
            due = _due(view, journey)
            if len(due) > 1 and not aside.family(journey.family):
                tally.judge(_facts(view, journey, due), journey.family.family_id)
    return tally.outcome()


def _due(view: PlanView, journey: Journey) -> list[SessionKind]:
    """The steps still to be attended, in their order."""
    steps = dict.fromkeys(view.programme_of(journey.family).required_steps)
    due = [step for step in steps if step not in journey.family.steps_done]
    return [*(s for s in due if s is not LAST), *(s for s in due if s is LAST)]


def _facts(view: PlanView, journey: Journey, due: list[SessionKind]) -> Iterator[str]:
    """Every pair of sessions of which the second is left for before the first is over.

    Each is of steps of which one concerns the whole family.
    """
    for one, other in combinations(due, 2):
        for first in _attended(view, journey, one):
            for second in _attended(view, journey, other):
                back, leaves = _back(journey, first), _leaves(journey, second)
                if leaves < back:
                    over = _over(view, journey, first, back)
                    begins = _begins(view, journey, second, leaves)
                    yield (
                        f"{journey.name}: {one.value} comes before {other.value}, but "
                        f"{begins}, before {over}"
                    )


def _attended(view: PlanView, journey: Journey, kind: SessionKind) -> list[Session]:
    names = dict.fromkeys(leg.session_id or "" for leg in journey.appointments)
    found = (view.sessions.get(name) for name in names)
    return [session for session in found if session and session.kind is kind]


def _leaves(journey: Journey, session: Session) -> datetime:
    """When somebody first sets out for the session, or it begins."""
    legs = journey.of_session.get(session.session_id, ())
    return min([utc(session.starts), *(utc(leg.departs) for leg in legs)])


def _back(journey: Journey, session: Session) -> datetime:
    """When the last of them is back, or it ends."""
    legs = journey.of_session.get(session.session_id, ())
    return max([utc(session.ends), *(utc(leg.arrives) for leg in legs)])


def _begins(view: PlanView, journey: Journey, session: Session, at: datetime) -> str:
    text = f"{session.session_id} begins {view.clock.text(session.place_id, at)}"
    return text if session.place_id == journey.starts_at else f"the way to {text}"


def _over(view: PlanView, journey: Journey, session: Session, at: datetime) -> str:
    text = f"{session.session_id} ends {view.clock.text(session.place_id, at)}"
    return (
        text if session.place_id == journey.starts_at else f"the way back from {text}"
    )
