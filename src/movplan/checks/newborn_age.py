"""newborn_age: nobody flies too young."""

from collections.abc import Iterator
from datetime import date, timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView, Ride
from movplan.checks.view.flights import count_unchecked, flies, flights_of
from movplan.domain.ages import latest_birth_date
from movplan.domain.people import Family, Member

RULE = "newborn_age"
MIN_DAYS = "newborn_min_days"


def check(view: PlanView) -> Outcome:
    """Days from the latest possible birth date to each boarding of a flight."""
    tally = Tally(RULE)
    since = view.scenario.horizon.first - timedelta(days=_most_days(view))
    young = [m for m in view.scenario.members if latest_birth_date(m) > since]
    for member, journey, flights in flights_of(view, young):
        facts = _facts(view, journey.family, member, flights)
        tally.judge(facts, journey.family.family_id)
    tally.unchecked = count_unchecked(
        view, lambda journey: bool(journey.family.infants) and flies(journey)
    )
    return tally.outcome()


def _most_days(view: PlanView) -> int:
    """The most days any carrier or programme asks for."""
    rule = view.scenario.rule(MIN_DAYS)
    return max(int(v) for v in (rule.value, *(row.value for row in rule.overrides)))


def _facts(
    view: PlanView, family: Family, member: Member, flights: list[Ride]
) -> Iterator[str]:
    born = latest_birth_date(member)
    for ride in flights:
        least = view.ride_value(MIN_DAYS, family, ride)
        if (ride.on - born).days < least:
            yield (
                f"{family.family_id}: {member.member_id}, born {born}, is "
                f"{_age(born, ride.on)} on {ride.departure_id} on {ride.on}, "
                f"{least} days are asked for: from {born + timedelta(days=least)}"
            )


def _age(born: date, on: date) -> str:
    days = (on - born).days
    return f"{days} days old" if days >= 0 else "not yet born"
