"""Members some rule looks at and the flights they take; families without members."""

from collections.abc import Callable, Collection, Iterable, Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view.journeys import Journey
from movplan.checks.view.plan_view import PlanView
from movplan.checks.view.services import Ride
from movplan.domain.people import Member
from movplan.domain.words import Need, Part

FlightFacts = Callable[[PlanView, Journey, Member, list[Ride]], Iterable[str]]


def judge_flights(
    view: PlanView, rule: str, members: Iterable[Member], facts: FlightFacts
) -> Outcome:
    """Look at every journey with flights of the members; ``facts`` says what is broken.

    Families given as counts that fly have members the rule cannot see: unchecked.
    """
    tally = Tally(rule)
    for member, journey, flights in flights_of(view, members):
        found = facts(view, journey, member, flights)
        tally.judge(found, journey.family.family_id)
    tally.unchecked = count_unchecked(view, flies)
    return tally.outcome()


def members_with(view: PlanView, needs: Collection[Need]) -> list[Member]:
    """Members with one of the needs, in table order."""
    return [
        member
        for member in view.scenario.members
        if member.needs and not set(needs).isdisjoint(member.needs)
    ]


def journeys_of(view: PlanView, member: Member) -> Iterator[Journey]:
    """The parts of a member's trip that the plan has."""
    for part in Part:
        journey = view.journeys.get((member.family_id, part))
        if journey is not None:
            yield journey


def flights_of(
    view: PlanView, members: Iterable[Member]
) -> Iterator[tuple[Member, Journey, list[Ride]]]:
    """Members with their journeys that have flights, and these flights."""
    for member in members:
        for journey in journeys_of(view, member):
            flights = [ride for ride in journey.rides if ride.is_flight]
            if flights:
                yield member, journey, flights


def count_unchecked(view: PlanView, concerns: Callable[[Journey], bool]) -> int:
    """Families given as counts with a journey that a rule would have to look at."""
    return len(
        {
            journey.family.family_id
            for journey in view.journeys.values()
            if not view.members_of(journey.family) and concerns(journey)
        }
    )


def flies(journey: Journey) -> bool:
    """Whether some ride of the journey is a flight."""
    return any(ride.is_flight for ride in journey.rides)
