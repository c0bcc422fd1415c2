"""unaccompanied_minor: minors without an adult have a best-interests assessment."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.companies import Companies

RULE = "unaccompanied_minor"


def check(view: PlanView) -> Outcome:
    """By part: nobody in charge in the company on the first date, then an assessment.

    The escort they need is looked at by ``escort_cover``.
    """
    tally = Tally(RULE)
    for journey in view.journeys.values():
        if view.once(Companies).is_unaccompanied(journey):
            tally.judge(_facts(view, journey), journey.family.family_id)
    return tally.outcome()


def _facts(view: PlanView, journey: Journey) -> Iterator[str]:
    family, first = journey.family, journey.first_date
    assessed = family.best_interests
    alone = f"{journey.name}: no adult in charge travels with it on {first}"
    if assessed is None:
        yield f"{alone}, and there is no best-interests assessment"
    elif assessed > view.as_of_date:
        yield f"{alone}, its best interests are assessed on {assessed} only"
    if not view.members_of(family) and not view.aside("escort_cover").family(family):
        yield f"{alone}, and it has no members for whom escorts could be found"
