"""step_order: document steps and cultural orientation in the programme's order."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.clock import utc
from movplan.domain.escorts import Session
from movplan.domain.words import Part, SessionKind

RULE = "step_order"
ORDERED = frozenset({SessionKind.DOCUMENT_STEP, SessionKind.CULTURAL_ORIENTATION})


def check(view: PlanView) -> Outcome:
    """Where both are due: the first's sessions end before any of the other's begins."""
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
    """Every pair of sessions of which the second begins before the first ends."""
    for first in _attended(view, journey, due[0]):
        for other in _attended(view, journey, due[1]):
            if utc(other.starts) < utc(first.ends):
                begins = view.clock.text(other.place_id, other.starts)
                over = view.clock.text(first.place_id, first.ends)
                yield (
                    f"{journey.name}: {due[0].value} comes before {due[1].value}, but "
                    f"{other.session_id} begins {begins}, before {first.session_id} "
                    f"ends {over}"
                )


def _attended(view: PlanView, journey: Journey, kind: SessionKind) -> list[Session]:
    names = dict.fromkeys(leg.session_id or "" for leg in journey.appointments)
    found = (view.sessions.get(name) for name in names)
    return [session for session in found if session and session.kind is kind]
