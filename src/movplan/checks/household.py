"""household: families of a first-degree programme are of the first degree."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.people import Family
from movplan.domain.words import Household

RULE = "household"
FIRST_DEGREE = frozenset({"principal", "spouse", "child", "parent"})


def check(view: PlanView) -> Outcome:
    """The relation of every member, where the programme limits who may belong."""
    tally = Tally(RULE)
    limited = {
        programme.programme_id
        for programme in view.scenario.programmes
        if programme.household is Household.FIRST_DEGREE
    }
    for family_id in sorted(view.travelling) if limited else ():
        family = view.families[family_id]
        if family.programme not in limited:
            continue
        if view.members_of(family):
            tally.judge(_facts(view, family), family_id)
        else:
            tally.unchecked += family.persons > 1
    return tally.outcome()


def _facts(view: PlanView, family: Family) -> Iterator[str]:
    for member in view.members_of(family):
        if member.relation.casefold() not in FIRST_DEGREE:
            relation = member.relation or "of no stated relation"
            yield (
                f"{family.family_id}: {member.member_id} is {relation}; "
                f"{family.programme} takes principal, spouse, children and parents"
            )
