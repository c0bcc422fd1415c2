"""round_trip: there and back around the event, or not at all."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.people import Family
from movplan.domain.words import Part, Trip

RULE = "round_trip"


def check(view: PlanView) -> Outcome:
    """Both parts or neither; outbound before the event opens, back after it closes."""
    tally = Tally(RULE)
    for family_id in sorted({family_id for family_id, _ in view.journeys}):
        tally.judge(_facts(view, view.families[family_id]), family_id)
    return tally.outcome()


def _facts(view: PlanView, family: Family) -> Iterator[str]:
    out = view.journeys.get((family.family_id, Part.OUTBOUND))
    back = view.journeys.get((family.family_id, Part.RETURN))
    programme = view.programme_of(family)
    name = family.family_id
    if programme.trip is Trip.ONE_WAY:
        if back is not None:
            yield f"{name} returns, but {family.programme} is one way"
        return
    if out is None or back is None:
        yield f"{name} goes one way only, {family.programme} is a round trip"
        return
    opens, closes = programme.event_opens, programme.event_closes
    if opens and out.final_date and out.final_date > opens:
        yield f"{name} arrives on {out.final_date}, the event opens on {opens}"
    if closes and back.first_date and back.first_date < closes:
        yield f"{name} leaves on {back.first_date}, the event closes on {closes}"
    if out.ends and back.rides and back.rides[0].departs < out.ends:
        yield f"{name} leaves for home before it has arrived"
