"""place_capacity: so many persons per day, week, quota year or departure."""

from collections import defaultdict
from collections.abc import Iterator

from movplan.checks.limits import covers, over_limit
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.transport import Capacity, Departure
from movplan.domain.words import CapacityKind, Period

RULE = "place_capacity"
Where = tuple[str, CapacityKind]


def check(view: PlanView) -> Outcome:
    """Departures, crossings, arrivals and flights against what counts them.

    Where quota years apply, on a date none of them covers nobody is admitted.
    """
    tally = Tally(RULE)
    aside = view.aside(RULE)
    quotas: dict[Where, list[Capacity]] = defaultdict(list)
    for row in view.scenario.capacities:
        if row.kind in (CapacityKind.BEDS, CapacityKind.APPOINTMENT):
            continue
        if row.period is Period.QUOTA_YEAR:
            quotas[row.place_id, row.kind].append(row)
        if not aside.row(row.capacity_id, row.place_id):
            facts = over_limit(view, row, aside)
            tally.judge(facts, row.capacity_id, row.place_id)
    for where, rows in quotas.items():
        if not aside.row(where[0]):
            tally.judge(_no_quota(view, where, rows), where[0])
    _judge_flights(view, tally)
    return tally.outcome()


def _judge_flights(view: PlanView, tally: Tally) -> None:
    for departure_id, service in view.services.items():
        flight = service.departure
        out = view.aside(RULE).row(flight.to_place, departure_id)
        if service.is_flight and not out:
            tally.judge(_too_many(view, flight), departure_id)


def _too_many(view: PlanView, flight: Departure) -> Iterator[str]:
    """Persons of all families riding a flight against the most it may carry."""
    most = view.departure_rule("flight_max_persons", flight)
    aside = view.aside(RULE)
    riding = {f.family_id: f for f, _ in view.riders.get(flight.departure_id, ())}
    persons = sum(f.persons for f in riding.values() if not aside.family(f))
    if 0 < most < persons:
        yield f"flight {flight.departure_id}: {persons} persons, at most {most}"


def _no_quota(view: PlanView, where: Where, rows: list[Capacity]) -> Iterator[str]:
    """Families of whom no quota year counts the date, though others count them."""
    aside = view.aside(RULE)
    place_id, kind = where
    for event in view.events_at.get(where, ()):
        if aside.row(event.family_id, event.programme):
            continue
        apply = [row for row in rows if row.programme in (None, event.programme)]
        if apply and not any(covers(row, event.on) for row in apply):
            of = ", ".join(row.capacity_id for row in apply)
            yield (
                f"{event.family_id}: {kind.value} at {place_id} on {event.on}, a date "
                f"of no quota year of {event.programme} ({of})"
            )
