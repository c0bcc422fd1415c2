"""convoy_size: a convoy carries no more persons than agreed."""

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.convoys import convoys_of

RULE = "convoy_size"


def check(view: PlanView) -> Outcome:
    """Persons of families boarding each convoy <= ``convoy_max_persons``."""
    tally = Tally(RULE)
    for convoy in view.once(convoys_of):
        most = view.files.values.departure("convoy_max_persons", convoy.departure)
        persons = convoy.persons
        fact = f"{convoy.name}: {persons} persons board it, at most {most} may"
        tally.judge([fact] if persons > most else [], convoy.name)
    return tally.outcome()
