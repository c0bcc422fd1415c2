"""Members with some need and the flights they take; families without members."""

from collections.abc import Callable, Collection, Iterable, Iterator

from movplan.checks.view.journeys import Journey
from movplan.checks.view.plan_view import PlanView
from movplan.checks.view.services import Ride
from movplan.domain.people import Member
from movplan.domain.words import Need, Part


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
