"""stay_limit: nobody stays longer at a place on the way than it allows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.events import nights_of

RULE = "stay_limit"


def check(view: PlanView) -> Outcome:
    """Nights in a row at a place, appointments' included, <= ``max_nights``."""
    tally = Tally(RULE)
    limits = {
        place_id: place.max_nights
        for place_id, place in view.places.items()
        if place.max_nights is not None
    }
    for journey in view.journeys.values() if limits else ():
        evenings: dict[str, set[date]] = defaultdict(set)
        for leg in nights_of(journey):
            if leg.from_place in limits:
                on = view.clock.date(leg.from_place, leg.departs)
                evenings[leg.from_place].add(on)
        for place_id, dates in evenings.items():
            facts = (
                f"{journey.name}: {fact}"
                for fact in _facts(place_id, dates, limits[place_id])
            )
            tally.judge(facts, journey.family.family_id, place_id)
    return tally.outcome()


def _facts(place_id: str, dates: set[date], most: int) -> Iterator[str]:
    for first, nights in stays(dates):
        if nights > most:
            yield f"{nights} nights at {place_id} from {first}, at most {most}"


def stays(dates: Iterable[date]) -> Iterator[tuple[date, int]]:
    """First evening and number of nights of each unbroken stay."""
    first, nights = None, 0
    for on in sorted(dates):
        if first is not None and on == first + timedelta(days=nights):
            nights += 1
            continue
        if first is not None:
            yield first, nights
        first, nights = on, 1
    if first is not None:
        yield first, nights
