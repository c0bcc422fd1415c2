"""overnight_transit: some programmes allow no night on the way."""

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView

RULE = "overnight_transit"


def check(view: PlanView) -> Outcome:
    """No night on the way under a programme without ``overnight_transit``."""
    tally = Tally(RULE)
    for journey in view.journeys.values():
        if view.programme_of(journey.family).overnight_transit:
            continue
        facts = (
            f"{journey.name}: sleeps at {leg.from_place} on "
            f"{view.clock.date(leg.from_place, leg.departs)}, "
            f"{journey.family.programme} allows no night in transit"
            for leg in journey.nights
        )
        tally.judge(facts, journey.family.family_id)
    return tally.outcome()
