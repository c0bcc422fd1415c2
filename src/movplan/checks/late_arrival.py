"""late_arrival: nobody reaches the destination later in the day than it allows."""

from datetime import time

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.words import Part

RULE = "late_arrival"
ANY_HOUR = 24


def check(view: PlanView) -> Outcome:
    """The local time of the outbound's final arrival <= ``latest_arrival_hour``.

    An arrival before ``earliest_arrival_hour`` is one of the evening before.
    """
    tally = Tally(RULE)
    aside = view.aside(RULE)
    for journey in view.journeys.values():
        family = journey.family
        if journey.part is Part.RETURN or journey.ends is None:
            continue
        hour = view.family_rule("latest_arrival_hour", family)
        if hour >= ANY_HOUR or aside.family(family) or aside.row(family.destination):
            continue
        at = view.clock.local(family.destination, journey.ends)
        fact = (
            f"{journey.name}: reaches {family.destination} {at:%Y-%m-%d %H:%M}, "
            f"{hour}:00 at the latest"
        )
        early = at.hour < view.family_rule("earliest_arrival_hour", family)
        late = early or at.time() > time(hour)
        tally.judge([fact] if late else [], family.family_id)
    return tally.outcome()
