"""open_to_programme: a departure carries only the programmes it is open to."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.domain.aside import Aside

RULE = "open_to_programme"


def check(view: PlanView) -> Outcome:
    """Every ride's departure lists the family's programme, or lists none."""
    tally = Tally(RULE)
    aside = view.aside(RULE)
    for journey in view.journeys.values():
        if not aside.family(journey.family):
            tally.judge(_facts(journey, aside), journey.family.family_id)
    return tally.outcome()


def _facts(journey: Journey, aside: Aside) -> Iterator[str]:
    for ride in journey.rides:
        programmes = ride.service.departure.programmes
        if not programmes or aside.row(ride.departure_id):
            continue
        if journey.family.programme not in programmes:
            yield (
                f"{journey.name}: {ride.departure_id} is open to "
                f"{', '.join(programmes)}, not to {journey.family.programme}"
            )
