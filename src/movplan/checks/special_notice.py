"""special_notice: airlines know hours before of oxygen, stretchers, medical cases."""

from collections.abc import Iterator
from datetime import timedelta

from movplan.checks.outcome import Outcome
from movplan.checks.view import Journey, PlanView, Ride
from movplan.checks.view.clock import utc
from movplan.checks.view.flights import judge_flights, members_with
from movplan.checks.view.persons import CLEARED
from movplan.domain.people import Member

RULE = "special_notice"


def check(view: PlanView) -> Outcome:
    """Hours from ``as_of`` to each flight, of families not on its manifest."""
    return judge_flights(view, RULE, members_with(view, CLEARED), _facts)


def _facts(
    view: PlanView, journey: Journey, member: Member, flights: list[Ride]
) -> Iterator[str]:
    family = journey.family
    for ride in flights:
        hours = view.ride_value("special_notice_hours", family, ride)
        earliest = utc(view.scenario.as_of) + timedelta(hours=hours)
        listed = view.manifests.lists(ride.departure_id, family.family_id)
        if ride.departs < earliest and not listed:
            needs = ", ".join(n for n in member.needs if n in CLEARED)
            yield (
                f"{journey.name}: {member.member_id} ({needs}) flies "
                f"{ride.departure_id} {view.clock.text(ride.from_place, ride.departs)};"
                f" with {hours} hours' notice it can from "
                f"{view.clock.text(ride.from_place, earliest)}"
            )
