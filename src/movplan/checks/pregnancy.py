"""pregnancy: nobody flies in a week of pregnancy in which the carrier refuses."""

from collections.abc import Iterator
from datetime import date

from movplan.checks.outcome import Outcome
from movplan.checks.view import Journey, PlanView, Ride
from movplan.checks.view.flights import judge_flights
from movplan.domain.people import Member

RULE = "pregnancy"


def check(view: PlanView) -> Outcome:
    """The week at the last boarding of the part < the week each flight refuses."""
    members = [m for m in view.scenario.members if m.pregnancy_weeks is not None]
    return judge_flights(view, RULE, members, _facts)


def _facts(
    view: PlanView, journey: Journey, member: Member, flights: list[Ride]
) -> Iterator[str]:
    last = journey.rides[-1].on
    week = _week(member, last)
    for ride in flights:
        refused = view.ride_value("pregnancy_refuse_week", journey.family, ride)
        if member.pregnancy_multiple:
            earlier = "pregnancy_multiple_weeks_earlier"
            refused -= view.ride_value(earlier, journey.family, ride)
        if week >= refused:
            yield (
                f"{journey.name}: {member.member_id} is in week {week} on {last}, "
                f"{ride.departure_id} refuses from week {refused}"
            )


def _week(member: Member, on: date) -> int:
    """Weeks stated plus whole weeks since."""
    since = ((on - member.pregnancy_as_of).days if member.pregnancy_as_of else 0) // 7
    return (member.pregnancy_weeks or 0) + since
