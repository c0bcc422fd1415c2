"""travels_with: families that belong together ride the same departures, or all stay."""

from collections import defaultdict

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.words import Part

RULE = "travels_with"


def check(view: PlanView) -> Outcome:
    """Same set of departures in each part for every group (symmetric, transitive)."""
    tally = Tally(RULE)
    for group in groups(view):
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


def groups(view: PlanView) -> list[tuple[str, ...]]:
    """Groups of two or more families linked by ``travels_with``, sorted."""
    leader = {family_id: family_id for family_id in view.families}

    def find(family_id: str) -> str:
        while leader[family_id] != family_id:
            family_id = leader[family_id]
        return family_id

    for family_id, family in view.families.items():
        for other in family.travels_with:
            if other in leader:
                leader[find(other)] = find(family_id)
    together: dict[str, list[str]] = defaultdict(list)
    for family_id in sorted(view.families):
        together[find(family_id)].append(family_id)
    return [tuple(group) for group in together.values() if len(group) > 1]


def _departures(view: PlanView, family_id: str, part: Part) -> tuple[str, ...]:
    journey = view.journeys.get((family_id, part))
    return tuple(sorted(journey.departure_ids)) if journey else ()
