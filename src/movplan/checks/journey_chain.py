"""journey_chain: legs join in place and time, from the start to the destination."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView, Ride
from movplan.checks.view.clock import utc
from movplan.checks.view.flights import count_unchecked
from movplan.checks.view.roads import Chain
from movplan.domain.plan import Leg

RULE = "journey_chain"


def check(view: PlanView) -> Outcome:
    """Rides of the scenario, the transfers and nights that follow, and the limits.

    Which connections of families given as counts are doubled nobody knows.
    """
    tally = Tally(RULE)
    for journey in view.journeys.values():
        facts = (f"{journey.name}: {fact}" for fact in _facts(view, journey))
        tally.judge(facts, journey.family.family_id)
    tally.unchecked = count_unchecked(view, lambda journey: len(journey.rides) > 1)
    return tally.outcome()


def _facts(view: PlanView, journey: Journey) -> Iterator[str]:
    for leg in journey.lost:
        yield f"{leg.departure_id} does not go from {leg.from_place} to {leg.to_place}"
    if not journey.rides:
        yield "it has no ride"
        return
    for ride in journey.rides:
        yield from _times(view, ride)
    yield from _repeats(journey)
    chain = view.chains.of_journey(journey)
    yield from chain.faults
    yield from moves_differ(view, chain, journey.transfers)
    yield from nights_differ(view, chain, journey.nights)
    yield from _limits(view, journey, chain)


def _times(view: PlanView, ride: Ride) -> Iterator[str]:
    if (utc(ride.leg.departs), utc(ride.leg.arrives)) != (ride.departs, ride.arrives):
        yield (
            f"{ride.departure_id} leaves {ride.from_place} "
            f"{view.clock.text(ride.from_place, ride.departs)} and reaches "
            f"{ride.to_place} {view.clock.text(ride.to_place, ride.arrives)}; "
            "the plan has other times"
        )


def _repeats(journey: Journey) -> Iterator[str]:
    boarded = Counter(ride.from_place for ride in journey.rides)
    ridden = Counter(ride.departure_id for ride in journey.rides)
    yield from (f"it boards {n} times at {p}" for p, n in boarded.items() if n > 1)
    yield from (f"it rides {d} {n} times" for d, n in ridden.items() if n > 1)


def moves_differ(
    view: PlanView, chain: Chain, transfers: tuple[Leg, ...]
) -> Iterator[str]:
    """Transfers missing from the plan, and those that should not be there."""
    if not chain.moves and not transfers:
        return
    wanted = Counter(
        (move.from_place, move.to_place, move.departs, move.arrives)
        for move in chain.moves
    )
    found = Counter(
        (leg.from_place, leg.to_place, utc(leg.departs), utc(leg.arrives))
        for leg in transfers
    )
    for move in wanted - found:
        yield f"it needs a transfer {_move(view, *move)}"
    for move in found - wanted:
        yield f"nothing asks for its transfer {_move(view, *move)}"


def _move(
    view: PlanView, start: str, end: str, departs: datetime, arrives: datetime
) -> str:
    leaves, reaches = view.clock.text(start, departs), view.clock.text(end, arrives)
    return f"from {start} {leaves} to {end} {reaches}"


def nights_differ(
    view: PlanView, chain: Chain, nights: tuple[Leg, ...]
) -> Iterator[str]:
    """Nights missing from the plan, and those that should not be there."""
    if not chain.nights and not nights:
        return
    wanted = Counter(chain.nights)
    found = Counter(_evening(view, leg) for leg in nights)
    yield from (f"it has no night at {p} on {d}" for p, d in wanted - found)
    yield from (f"nothing asks for its night at {p} on {d}" for p, d in found - wanted)
    for leg in nights:
        ends = view.clock.date(leg.to_place, leg.arrives)
        if leg.from_place != leg.to_place or ends != _evening(view, leg)[1] + DAY:
            yield f"its row {leg.sequence} is not one night at one place"


DAY = timedelta(days=1)


def _evening(view: PlanView, leg: Leg) -> tuple[str, date]:
    return leg.from_place, view.clock.date(leg.from_place, leg.departs)


def _limits(view: PlanView, journey: Journey, chain: Chain) -> Iterator[str]:
    limits = view.scenario.limits
    if len(journey.rides) > limits.max_rides:
        yield f"it has {len(journey.rides)} rides, at most {limits.max_rides} allowed"
    if len(chain.nights) > limits.max_transit_nights:
        yield (
            f"it is {len(chain.nights)} nights in transit, at most "
            f"{limits.max_transit_nights} are allowed"
        )
    for departure_id, wait in chain.waits:
        if wait > timedelta(hours=limits.max_wait_hours):
            most = limits.max_wait_hours
            yield f"it waits {_hours(wait)} for {departure_id}, more than {most}"
    if journey.ends is None:
        return
    lasts = journey.ends - journey.rides[0].departs
    if lasts > timedelta(hours=limits.max_journey_hours):
        yield f"it travels {_hours(lasts)}, more than {limits.max_journey_hours}"


def _hours(duration: timedelta) -> str:
    return f"{duration / timedelta(hours=1):.1f} hours"
