"""driving_hours: drivers drive no more than allowed, and rest."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.convoys import Convoy, convoys_of, overnight_stops
from movplan.domain.assumed import great_circle_km

RULE = "driving_hours"
DRIVERS = 2
MINUTE = timedelta(minutes=1)


def check(view: PlanView) -> Outcome:
    """Hours a date, rests on the way and overnight, two drivers on long roads."""
    tally = Tally(RULE)
    for convoy in view.once(convoys_of):
        facts = (f"{convoy.name}: {fact}" for fact in _facts(view, convoy))
        tally.judge(facts, convoy.name)
    return tally.outcome()


def _facts(view: PlanView, convoy: Convoy) -> Iterator[str]:
    values, departure = view.files.values, convoy.departure
    drivers = departure.drivers or DRIVERS
    each = values.departure("max_driving_hours", departure)
    for on, minutes in sorted(_minutes(view, convoy).items()):
        if minutes > 60 * each * drivers:
            yield (
                f"{minutes} minutes of driving on {on}, {drivers} driver(s) drive "
                f"{60 * each * drivers} at most"
            )
    yield from _without_rest(view, convoy)
    yield from _rests(view, convoy)
    if drivers > 1:
        return
    km, most = _km(view, convoy), values.departure("second_driver_km", departure)
    if km > most:
        yield f"{km:g} km with one driver, at most {most}"


def _minutes(view: PlanView, convoy: Convoy) -> Counter[date]:
    """Minutes on the road per local date of leaving; stops are not driven."""
    found: Counter[date] = Counter()
    for start, end in pairwise(convoy.service.served):
        minutes = (end.arrives - start.departs) // MINUTE
        found[view.clock.date(start.place_id, start.departs)] += minutes
    return found


def _without_rest(view: PlanView, convoy: Convoy) -> Iterator[str]:
    """Stretches of over ``rest_after_hours`` in which nobody can have rested.

    What was driven since the last rest is kept through stops that are too short. A
    longer stretch is taken to have a rest in it, if it is long enough for both.
    """
    values, departure = view.files.values, convoy.departure
    most = 60 * values.departure("rest_after_hours", departure)
    rest = values.departure("rest_minutes", departure)
    if not most:
        return
    driven = 0
    for k, (start, end) in enumerate(pairwise(convoy.service.served)):
        if start.departs - start.arrives >= rest * MINUTE:
            driven = 0
        minutes = (end.arrives - start.departs) // MINUTE
        road = convoy.service.segment_name(k)
        if minutes > most:
            if minutes - most < rest:
                yield (
                    f"{minutes} minutes of {road} have no room for {rest} of rest "
                    f"beside {most} of driving"
                )
            driven = min(minutes - most, most)
        else:
            driven += minutes
            if driven > most:
                yield (
                    f"{driven} minutes driven without {rest} of rest on reaching "
                    f"{end.place_id}, {most} at most"
                )


def _rests(view: PlanView, convoy: Convoy) -> Iterator[str]:
    hours = view.files.values.departure("driver_rest_hours", convoy.departure)
    for k in overnight_stops(view.clock, convoy.service):
        stop = convoy.service.served[k]
        rest = stop.departs - stop.arrives
        if rest < timedelta(hours=hours):
            yield (
                f"drivers rest {rest / timedelta(hours=1):.1f} hours at "
                f"{stop.place_id} from {view.clock.text(stop.place_id, stop.arrives)}, "
                f"{hours} are asked for"
            )


def _km(view: PlanView, convoy: Convoy) -> float:
    """The distance stated, else great circle x road factor, to hundredths of a km."""
    departure = convoy.departure
    if departure.distance_km is not None:
        return departure.distance_km
    ends = view.places[departure.from_place], view.places[departure.to_place]
    return round(great_circle_km(*ends) * view.rule("road_factor_percent")) / 100
