"""place_capacity: places take only so many persons per day, week or quota year."""

from movplan.checks.limits import over_limit
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.words import CapacityKind

RULE = "place_capacity"


def check(view: PlanView) -> Outcome:
    """Departures, crossings and arrivals against every row that counts them."""
    tally = Tally(RULE)
    for row in view.scenario.capacities:
        if row.kind is not CapacityKind.BEDS:
            tally.judge(over_limit(view, row), row.capacity_id, row.place_id)
    return tally.outcome()
