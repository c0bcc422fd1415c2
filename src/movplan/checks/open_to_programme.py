"""open_to_programme: a departure carries only the programmes it is open to."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView

RULE = "open_to_programme"


def check(view: PlanView) -> Outcome:
    """Every ride's departure lists the family's programme, or lists none."""
    tally = Tally(RULE)
    for journey in view.journeys.values():
        tally.judge(_facts(journey), journey.family.family_id)
    return tally.outcome()


def _facts(journey: Journey) -> Iterator[str]:
    for ride in journey.rides:
        programmes = ride.service.departure.programmes
        if programmes and journey.family.programme not in programmes:
            yield (
                f"{journey.name}: {ride.departure_id} is open to "
                f"{', '.join(programmes)}, not to {journey.family.programme}"
            )
