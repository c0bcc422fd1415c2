"""special_places: a flight takes only so many wheelchairs and stretchers."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView, Service
from movplan.checks.view.flights import count_unchecked, flies

RULE = "special_places"


def check(view: PlanView) -> Outcome:
    """Wheelchairs and stretchers on every segment of a flight <= its limits.

    Who needs one among families given as counts nobody knows.
    """
    tally = Tally(RULE)
    for departure_id, service in view.services.items():
        if service.is_flight:
            tally.judge(_facts(view, service), departure_id)
    tally.unchecked = count_unchecked(view, flies)
    return tally.outcome()


def special_peaks(view: PlanView, service: Service) -> tuple[int, int]:
    """Most wheelchairs and most stretchers on any segment of a departure."""
    wheelchairs, stretchers = [0] * service.segments, [0] * service.segments
    for family, ride in view.riders.get(service.departure.departure_id, ()):
        load = view.load(family, ride)
        chairs = load.convoy_wheelchairs
        if service.is_flight:
            chairs = load.flight_wheelchairs
        for segment in range(ride.board, ride.alight):
            wheelchairs[segment] += chairs
            stretchers[segment] += load.stretchers
    return max(wheelchairs), max(stretchers)


def _facts(view: PlanView, service: Service) -> Iterator[str]:
    flight = service.departure
    wheelchairs, stretchers = special_peaks(view, service)
    limits = (
        ("wheelchairs", wheelchairs, flight.wheelchair_limit, "wheelchair_limit"),
        ("stretchers", stretchers, flight.stretcher_limit, "stretcher_limit"),
    )
    for what, taken, own_limit, rule in limits:
        limit = own_limit
        if limit is None:
            limit = view.departure_rule(rule, flight)
        if taken > limit:
            yield f"{flight.departure_id}: {taken} {what}, at most {limit} allowed"
