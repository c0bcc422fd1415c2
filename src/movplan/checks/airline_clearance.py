"""airline_clearance: nobody flies without the airline's clearance."""

from collections.abc import Iterator
from datetime import timedelta

from movplan.checks.outcome import Outcome
from movplan.checks.view import Journey, PlanView, Ride
from movplan.checks.view.flights import judge_flights
from movplan.checks.view.persons import CLEARED
from movplan.domain.people import Member

RULE = "airline_clearance"


def check(view: PlanView) -> Outcome:
    """No flight after a clearance ends, nor before one asked for today is there."""
    medical = view.files.medical
    concerned = [
        member
        for member in view.scenario.members
        if not CLEARED.isdisjoint(member.needs)
        or (
            (row := medical.get(member.member_id)) is not None
            and row.airline_clearance_until is not None
        )
    ]
    return judge_flights(view, RULE, concerned, _facts)


def _facts(
    view: PlanView, journey: Journey, member: Member, flights: list[Ride]
) -> Iterator[str]:
    row = view.files.medical.get(member.member_id)
    until = row.airline_clearance_until if row else None
    what = f"{journey.name}: {member.member_id}"
    for ride in flights:
        flies = f"flies {ride.departure_id} on {ride.on}"
        if until is not None:
            if ride.on > until:
                yield f"{what} is cleared by the airline until {until}, {flies}"
            continue
        days = view.ride_value("airline_clearance_days", journey.family, ride)
        earliest = view.as_of_date + timedelta(days=days)
        if ride.on < earliest:
            needs = ", ".join(n for n in member.needs if n in CLEARED)
            yield (
                f"{what} ({needs}) is not cleared by the airline, which takes "
                f"{days} days, to {earliest}; {flies}"
            )
