"""newborn_age: nobody flies too young."""

from collections.abc import Iterator
from datetime import date, timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView, Ride
from movplan.checks.view.flights import count_unchecked, flies, flights_of
from movplan.domain.ages import latest_birth_date
from movplan.domain.people import Family, Member

RULE = "newborn_age"
MIN_DAYS, REPORT_DAYS = "newborn_min_days", "newborn_report_min_days"


def check(view: PlanView) -> Outcome:
    """Days from the latest possible birth date to each boarding of a flight.

    Whom the airline has cleared for the date may be younger.
    """
    tally = Tally(RULE)
    since = view.scenario.horizon.first - timedelta(days=_most_days(view))
    today = view.as_of_date
    young = [
        m for m in view.scenario.members if latest_birth_date(m, as_of=today) > since
    ]
    for member, journey, flights in flights_of(view, young):
        facts = _facts(view, journey.family, member, flights)
        tally.judge(facts, journey.family.family_id)
    tally.unchecked = count_unchecked(
        view, lambda journey: bool(journey.family.infants) and flies(journey)
    )
    return tally.outcome()


def _most_days(view: PlanView) -> int:
    """The most days any carrier or programme asks for."""
    rules = [view.scenario.rule(name) for name in (MIN_DAYS, REPORT_DAYS)]
    values = [rule.value for rule in rules]
    values += [row.value for rule in rules for row in rule.overrides]
    return max(map(int, values))


def _facts(
    view: PlanView, family: Family, member: Member, flights: list[Ride]
) -> Iterator[str]:
    born = latest_birth_date(member, as_of=view.as_of_date)
    medical = view.files.medical.get(member.member_id)
    cleared = medical.airline_clearance_until if medical else None
    for ride in flights:
        has_report = cleared is not None and ride.on <= cleared
        least = view.ride_value(REPORT_DAYS if has_report else MIN_DAYS, family, ride)
        if (ride.on - born).days < least:
            yield (
                f"{family.family_id}: {member.member_id}, born {born}, is "
                f"{_age(born, ride.on)} on {ride.departure_id} on {ride.on}, "
                f"{least} days are asked for: from {born + timedelta(days=least)}"
            )


def _age(born: date, on: date) -> str:
    days = (on - born).days
    return f"{days} days old" if days >= 0 else "not yet born"
