"""overnight_transit: some programmes allow no night on the way."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.convoys import overnight_stops

RULE = "overnight_transit"


def check(view: PlanView) -> Outcome:
    """No night between rides, nor aboard a convoy, where the programme allows none."""
    tally = Tally(RULE)
    aside = view.aside(RULE)
    for journey in view.journeys.values():
        if view.programme_of(journey.family).overnight_transit:
            continue
        if not aside.family(journey.family):
            facts = (
                f"{journey.name}: {night}, {journey.family.programme} allows no night "
                "in transit"
                for night in _nights(view, journey)
            )
            tally.judge(facts, journey.family.family_id)
    return tally.outcome()


def _nights(view: PlanView, journey: Journey) -> Iterator[str]:
    for leg in journey.nights:
        on = view.clock.date(leg.from_place, leg.departs)
        yield f"sleeps at {leg.from_place} on {on}"
    for ride in journey.rides:
        for k in overnight_stops(view.clock, ride.service):
            if ride.board < k < ride.alight:
                stop = ride.service.served[k]
                on = view.clock.date(stop.place_id, stop.arrives)
                yield f"sleeps at {stop.place_id} on {on} aboard {ride.departure_id}"
