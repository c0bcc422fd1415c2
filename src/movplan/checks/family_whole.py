"""family_whole: all persons of a family travel together, in one vehicle per ride."""

from collections.abc import Iterator
from itertools import pairwise

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView, Ride
from movplan.domain.people import Family
from movplan.domain.plan import Leg
from movplan.domain.words import LegKind

RULE = "family_whole"


def check(view: PlanView) -> Outcome:
    """Rows in order, whole families, seats right, one vehicle per convoy ride."""
    tally = Tally(RULE)
    for journey in view.journeys.values():
        tally.judge(_facts(view, journey), journey.family.family_id)
    return tally.outcome()


def _facts(view: PlanView, journey: Journey) -> Iterator[str]:
    yield from _order(journey)
    for leg in journey.legs:
        yield from _identity(journey, leg)
        if leg.kind is not LegKind.APPOINTMENT and leg.session_id is None:
            yield from _persons(journey.family, leg)
    for ride in journey.rides:
        yield from _seats(view, journey, ride)


def _order(journey: Journey) -> Iterator[str]:
    sequence = [leg.sequence for leg in journey.legs]
    if sequence != list(range(1, len(sequence) + 1)):
        yield f"{journey.name}: its rows are not numbered 1 to {len(sequence)}"
    for before, after in pairwise(journey.legs):
        if after.departs < before.departs:
            yield (
                f"{journey.name}: row {after.sequence} starts before "
                f"row {before.sequence}"
            )


def _identity(journey: Journey, leg: Leg) -> Iterator[str]:
    family = journey.family
    if leg.case_ids != family.case_ids or leg.external_ref != family.external_ref:
        yield (
            f"{journey.name}: row {leg.sequence} names cases "
            f"{', '.join(leg.case_ids) or 'none'}, the family is "
            f"{', '.join(family.case_ids) or 'without cases'}"
        )


def _persons(family: Family, leg: Leg) -> Iterator[str]:
    if leg.persons != family.persons:
        yield (
            f"{family.family_id}: {leg.persons} of {family.persons} persons on row "
            f"{leg.sequence} ({leg.kind.value} {leg.from_place}-{leg.to_place})"
        )


def _seats(view: PlanView, journey: Journey, ride: Ride) -> Iterator[str]:
    needed = view.load(journey.family, ride).seats(is_flight=ride.is_flight)
    if ride.leg.seats != needed:
        yield (
            f"{journey.name}: {ride.leg.seats} seats on {ride.departure_id}, "
            f"it takes {needed} on {ride.on}"
        )
    if ride.is_flight and ride.leg.vehicle is not None:
        yield f"{journey.name}: has a vehicle on flight {ride.departure_id}"
    if not ride.is_flight and ride.leg.vehicle is None:
        yield f"{journey.name}: has no vehicle on convoy {ride.departure_id}"
