"""arrival_notice: the receiving side hears of arrivals its working days before."""

from collections.abc import Iterator

from movplan.checks.limits import counts
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.domain.transport import Capacity
from movplan.domain.words import CapacityKind, Part

RULE = "arrival_notice"


def check(view: PlanView) -> Outcome:
    """Arrivals of rows and destinations with notice, of families on no manifest."""
    tally = Tally(RULE)
    for row in view.scenario.capacities:
        if row.kind is CapacityKind.ARRIVAL and row.notice_working_days:
            tally.judge(_facts(view, row), row.capacity_id, row.place_id)
    for journey in view.journeys.values():
        if journey.part is Part.OUTBOUND:
            tally.judge(_of_family(view, journey), journey.family.family_id)
    return tally.outcome()


def _of_family(view: PlanView, journey: Journey) -> Iterator[str]:
    """The final arrival against the working days of the programme and destination."""
    family, on = journey.family, journey.final_date
    days = view.family_rule("arrival_notice_working_days", family)
    if not days or on is None or not journey.rides:
        return
    earliest = view.calendar.nth_after(family.destination, days, view.as_of_date)
    last = journey.rides[-1].leg.departure_id or ""
    if on < earliest and not view.manifests.lists(last, family.family_id):
        yield (
            f"{family.family_id} arrives at {family.destination} on {on}; with {days} "
            f"working days' notice it can from {earliest}"
        )


def _facts(view: PlanView, row: Capacity) -> Iterator[str]:
    days = row.notice_working_days
    earliest = view.calendar.nth_after(row.place_id, days, view.as_of_date)
    for event in view.events_at.get((row.place_id, CapacityKind.ARRIVAL), ()):
        if event.on >= earliest or not counts(row, event):
            continue
        if not view.manifests.lists(event.departure_id, event.family_id):
            yield (
                f"{event.family_id} arrives at {row.place_id} on {event.on}; with "
                f"{days} working days' notice it can from {earliest} "
                f"({row.capacity_id})"
            )
