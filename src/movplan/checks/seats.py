"""seats: a flight is not overbooked on any segment, escorts and stretchers included."""

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView, Service

RULE = "seats"


def check(view: PlanView) -> Outcome:
    """Sum of seats on every segment of every flight <= its seats."""
    tally = Tally(RULE)
    for departure_id, service in view.services.items():
        if not service.is_flight:
            continue
        seats = service.departure.seats or 0
        facts = [
            f"{departure_id} {service.segment_name(segment)}: {taken} seats taken, "
            f"{seats} to sell"
            for segment, taken in enumerate(seats_taken(view, service))
            if taken > seats
        ]
        tally.judge(facts, departure_id)
    return tally.outcome()


def seats_taken(view: PlanView, service: Service) -> list[int]:
    """Seats of families and escorts on each segment of a departure."""
    taken = [0] * service.segments
    departure_id = service.departure.departure_id
    for family, ride in view.riders.get(departure_id, ()):
        seats = view.load(family, ride).seats(is_flight=service.is_flight)
        for segment in range(ride.board, ride.alight):
            taken[segment] += seats
    for _, board, alight in view.escorts_on.get(departure_id, ()):
        for segment in range(board, alight):
            taken[segment] += 1
    return taken
