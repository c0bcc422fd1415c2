"""travel_window: each part lies in the horizon and between ready_from and latest."""

from collections.abc import Iterator
from datetime import date, timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.domain.words import Part

RULE = "travel_window"
RETURN_AFTER_HORIZON = "return_days_after_horizon"


def check(view: PlanView) -> Outcome:
    """First date and final arrival against horizon, readiness and latest date."""
    tally = Tally(RULE)
    for journey in view.journeys.values():
        first, final = journey.first_date, journey.final_date
        if first is not None and final is not None:
            facts = (f"{journey.name}: {fact}" for fact in _facts(view, journey))
            tally.judge(facts, journey.family.family_id)
    return tally.outcome()


def _facts(view: PlanView, journey: Journey) -> Iterator[str]:
    family, horizon = journey.family, view.scenario.horizon
    if journey.part is Part.OUTBOUND:
        yield from _between(
            journey, horizon.last, "the horizon's last date", family.latest
        )
        earliest, because = family.ready_from, "it is ready from"
    else:
        days = view.family_rule(RETURN_AFTER_HORIZON, family)
        late = horizon.last + timedelta(days=days)
        limit = f"{days} days after the horizon"
        yield from _between(journey, late, limit, family.return_latest)
        earliest = family.return_earliest or horizon.first
        because = "it may return from"
    first = journey.first_date
    if first is not None and first < earliest:
        yield f"sets out on {first}, {because} {earliest}"
    if first is not None and first < horizon.first:
        yield f"sets out on {first}, the horizon starts on {horizon.first}"


def _between(
    journey: Journey, last: date, because: str, latest: date | None
) -> Iterator[str]:
    first, final = journey.first_date, journey.final_date
    if first is not None and first > last:
        yield f"sets out on {first}, after {because} {last}"
    if final is not None and latest is not None and final > latest:
        yield f"arrives on {final}, after its latest date {latest}"
