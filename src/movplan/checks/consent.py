"""consent: nobody travels without signed consent, or after withdrawing it."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.people import Family

RULE = "consent"


def check(view: PlanView) -> Outcome:
    """Consent signed by ``as_of`` where the programme asks for it; never withdrawn."""
    tally = Tally(RULE)
    for family_id in sorted(view.travelling):
        tally.judge(_facts(view, view.families[family_id]), family_id)
    return tally.outcome()


def _facts(view: PlanView, family: Family) -> Iterator[str]:
    if family.consent_withdrawn is not None:
        yield f"{family.family_id} withdrew consent on {family.consent_withdrawn}"
    if not view.programme_of(family).consent_required:
        return
    if family.consent_signed is None:
        yield f"{family.family_id} has not signed consent"
    elif family.consent_signed > view.as_of_date:
        yield (
            f"{family.family_id} signs consent on {family.consent_signed}, "
            f"after {view.as_of_date}"
        )
