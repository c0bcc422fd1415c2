"""convoy_ambulance: a convoy has ambulances by its persons."""

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.convoys import Fleet, convoys_of

RULE = "convoy_ambulance"


def check(view: PlanView) -> Outcome:
    """Standing and hired ambulances >= one for so many persons."""
    tally = Tally(RULE)
    for convoy in view.once(convoys_of):
        wanted = view.once(Fleet).ambulances_needed(convoy)
        there = view.once(Fleet).ambulances(convoy, convoy.vehicles)
        fact = (
            f"{convoy.name}: {there} ambulances for {convoy.persons} persons, "
            f"{wanted} are asked for"
        )
        tally.judge([fact] if there < wanted else [], convoy.name)
    return tally.outcome()
