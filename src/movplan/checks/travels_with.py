"""travels_with: families that belong together ride the same departures, or all stay."""

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.companies import Companies
from movplan.domain.words import Part

RULE = "travels_with"


def check(view: PlanView) -> Outcome:
    """Same set of departures in each part for every company."""
    tally = Tally(RULE)
    for group in view.once(Companies).groups:
        tally.checked += 1
        for part in Part:
            rides = {name: _departures(view, name, part) for name in group}
            if len(set(rides.values())) > 1:
                each = "; ".join(
                    f"{name} {', '.join(ids) or 'none'}" for name, ids in rides.items()
                )
                tally.broken(
                    f"{' and '.join(group)} travel together, but {part.value} they "
                    f"ride: {each}",
                    *group,
                )
    return tally.outcome()


def _departures(view: PlanView, family_id: str, part: Part) -> tuple[str, ...]:
    journey = view.journeys.get((family_id, part))
    return tuple(sorted(journey.departure_ids)) if journey else ()
