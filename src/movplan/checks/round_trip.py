"""round_trip: there and back around the event, or not at all."""

from collections.abc import Iterator
from datetime import timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.domain.people import Family
from movplan.domain.words import Part, Trip

RULE = "round_trip"
BEFORE, AFTER = "arrive_days_before_event", "leave_days_after_event"


def check(view: PlanView) -> Outcome:
    """Both parts or neither; there before the event opens, back after it closes."""
    tally = Tally(RULE)
    for family_id in sorted({family_id for family_id, _ in view.journeys}):
        tally.judge(_facts(view, view.families[family_id]), family_id)
    return tally.outcome()


def _facts(view: PlanView, family: Family) -> Iterator[str]:
    out = view.journeys.get((family.family_id, Part.OUTBOUND))
    back = view.journeys.get((family.family_id, Part.RETURN))
    name = family.family_id
    if view.programme_of(family).trip is Trip.ONE_WAY:
        if back is not None:
            yield f"{name} returns, but {family.programme} is one way"
        return
    if out is None or back is None:
        yield f"{name} goes one way only, {family.programme} is a round trip"
        return
    yield from _around_event(view, out, back)


def _around_event(view: PlanView, out: Journey, back: Journey) -> Iterator[str]:
    """There so many days before the opening, back so many days after the close."""
    family = out.family
    programme, name = view.programme_of(family), family.family_id
    opens, closes = programme.event_opens, programme.event_closes
    if opens is None or closes is None:
        return
    by = opens - timedelta(days=view.family_rule(BEFORE, family))
    if out.final_date and out.final_date > by:
        late = f"{name} arrives on {out.final_date}, at the latest {by}"
        yield f"{late}: the event opens on {opens}"
    since = closes + timedelta(days=view.family_rule(AFTER, family))
    since = max(since, by + timedelta(days=1))
    if back.first_date and back.first_date < since:
        early = f"{name} leaves on {back.first_date}, at the earliest {since}"
        yield f"{early}: the event closes on {closes}"
