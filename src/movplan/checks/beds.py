"""beds: nobody sleeps where all beds are taken."""

from movplan.checks.limits import over_limit
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.words import CapacityKind

RULE = "beds"


def check(view: PlanView) -> Outcome:
    """Persons sleeping at a place per night (appointments included) <= its beds."""
    tally = Tally(RULE)
    for row in view.scenario.capacities:
        if row.kind is CapacityKind.BEDS:
            tally.judge(
                over_limit(view, row, view.aside(RULE)), row.capacity_id, row.place_id
            )
    return tally.outcome()
