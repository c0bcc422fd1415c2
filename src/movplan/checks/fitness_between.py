"""fitness_between: patients are examined before every further ride."""

from collections.abc import Iterator
from itertools import pairwise

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.care import MEDICAL_ROLES, Cares
from movplan.checks.view.flights import count_unchecked, journeys_of
from movplan.checks.view.persons import CLEARED
from movplan.domain.people import Member
from movplan.domain.words import PlaceKind

RULE = "fitness_between"


def check(view: PlanView) -> Outcome:
    """Where a patient changes: the own doctor or nurse, or a clinic."""
    tally = Tally(RULE)
    escorted = {
        row.member_id
        for row in view.scenario.medical
        if row.escort_role in MEDICAL_ROLES
    }
    for member in view.scenario.members:
        ill = not CLEARED.isdisjoint(member.needs)
        if not ill and member.member_id not in escorted:
            continue
        for journey in journeys_of(view, member):
            tally.judge(_facts(view, journey, member), journey.family.family_id)
    tally.unchecked = count_unchecked(view, lambda journey: len(journey.rides) > 1)
    return tally.outcome()


def _facts(view: PlanView, journey: Journey, member: Member) -> Iterator[str]:
    need = view.once(Cares).of(journey).of(member)
    heads = need.heads if need and need.is_medical else (0,) * len(journey.rides)
    changes = pairwise(zip(journey.rides, heads, strict=True))
    for (before, own_before), (after, own_after) in changes:
        where = (before.to_place, after.from_place)
        own = own_before or own_after
        if not own and not any(_has_clinic(view, place_id) for place_id in where):
            yield (
                f"{journey.name}: nobody examines {member.member_id} before "
                f"{after.departure_id} on {after.on}: no doctor or nurse of its own, "
                f"no clinic at {' or '.join(dict.fromkeys(where))}"
            )


def _has_clinic(view: PlanView, place_id: str) -> bool:
    place = view.places[place_id]
    return place.clinic or place.kind is PlaceKind.CLINIC
