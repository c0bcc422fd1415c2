"""step_order: document steps and cultural orientation in the programme's order."""

from collections.abc import Iterator
from datetime import timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.clock import utc
from movplan.domain.escorts import Session
from movplan.domain.words import Part, SessionKind

RULE = "step_order"
ORDERED = frozenset({SessionKind.DOCUMENT_STEP, SessionKind.CULTURAL_ORIENTATION})


def check(view: PlanView) -> Outcome:
    """Where both are due: the first's sessions end before the other's may start."""
    tally = Tally(RULE)
    aside = view.aside("appointments")
    for journey in view.journeys.values():
        if journey.part is Part.OUTBOUND and journey.rides:
            due = _due(view, journey)
            if len(due) == len(ORDERED) and not aside.family(journey.family):
                facts = _facts(view, journey, due)
                tally.judge(facts, journey.family.family_id)
    return tally.outcome()


def _due(view: PlanView, journey: Journey) -> list[SessionKind]:
    """Document step and orientation still to be attended, in their order."""
    steps = view.programme_of(journey.family).required_steps
    done = journey.family.steps_done
    return [step for step in steps if step in ORDERED and step not in done]


def _facts(view: PlanView, journey: Journey, due: list[SessionKind]) -> Iterator[str]:
    first, other = due
    hours = view.family_rule("doc_hours_min", journey.family)
    parting = journey.rides[0].departs - timedelta(hours=hours)
    on = f"{hours} hours before the first ride"
    for session in _attended(view, journey, first):
        if utc(session.ends) > parting:
            at = view.clock.text(session.place_id, session.ends)
            last = view.clock.text(session.place_id, parting)
            yield (
                f"{journey.name}: {session.session_id} ({first.value}) comes before "
                f"{other.value} and ends {at}, later than {last}, {on}"
            )
    for session in _attended(view, journey, other):
        if utc(session.starts) < parting:
            at = view.clock.text(session.place_id, session.starts)
            first_at = view.clock.text(session.place_id, parting)
            yield (
                f"{journey.name}: {session.session_id} ({other.value}) comes after "
                f"{first.value} and starts {at}, earlier than {first_at}, {on}"
            )


def _attended(view: PlanView, journey: Journey, kind: SessionKind) -> list[Session]:
    names = dict.fromkeys(leg.session_id or "" for leg in journey.appointments)
    found = (view.sessions.get(name) for name in names)
    return [session for session in found if session and session.kind is kind]
