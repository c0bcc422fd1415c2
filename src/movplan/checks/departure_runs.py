"""departure_runs: what runs may run, what is firm does, and its figures are right."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.seats import seats_taken
from movplan.checks.special_places import special_peaks
from movplan.checks.view import PlanView, Service
from movplan.domain.plan import PlannedDeparture

RULE = "departure_runs"


def check(view: PlanView) -> Outcome:
    """Cancelled ones carry nobody, firm ones run, others reach their minimum."""
    tally = Tally(RULE)
    planned = {row.departure_id: row for row in view.plan.departures}
    for departure_id, service in view.services.items():
        facts = _facts(view, service, planned.get(departure_id))
        tally.judge((f"{departure_id}: {fact}" for fact in facts), departure_id)
    return tally.outcome()


def _facts(
    view: PlanView, service: Service, row: PlannedDeparture | None
) -> Iterator[str]:
    departure = service.departure
    families = view.riders.get(departure.departure_id, [])
    escorts = view.escorts_on.get(departure.departure_id, [])
    used = bool(families or escorts)
    runs = row is not None and row.runs
    gone = departure.departure_id in view.set_out.departures
    lapsed = departure.has_lapsed(view.as_of_date) and not gone
    lost = f"an option to {departure.option_until}" if lapsed else "cancelled"
    usable = departure.is_usable and not lapsed
    if not usable and (used or runs):
        yield f"it is {lost}, but runs or carries somebody"
    if used and not runs and usable:
        yield f"{len(families)} families ride it, but it does not run"
    if departure.is_firm and not runs:
        yield f"it is {departure.status.value}, but does not run"
    boarding = sum(family.persons for family, _ in families)
    if runs and not departure.is_firm and boarding < departure.min_persons:
        yield f"{boarding} persons, it runs only with {departure.min_persons}"
    if row is not None:
        yield from _figures(view, service, row)


def _figures(view: PlanView, service: Service, row: PlannedDeparture) -> Iterator[str]:
    families = view.riders.get(row.departure_id, [])
    aboard = sorted({family.family_id for family, _ in families})
    escorts = view.escorts_on.get(row.departure_id, [])
    missions = sorted({escort.mission.mission_id for escort, _, _ in escorts})
    persons = sum(view.families[family_id].persons for family_id in aboard)
    peak = max(seats_taken(view, service), default=0)
    if sorted(row.family_ids) != aboard:
        yield f"it lists {len(row.family_ids)} families, {len(aboard)} ride it"
    if sorted(row.mission_ids) != missions:
        yield f"it lists {len(row.mission_ids)} missions, {len(missions)} ride it"
    if row.persons != persons:
        yield f"it lists {row.persons} persons, {persons} ride it"
    if row.peak_seats != peak:
        yield f"it lists {row.peak_seats} seats at most taken, {peak} are"
    wheelchairs, stretchers = special_peaks(view, service)
    if row.peak_wheelchairs not in (None, wheelchairs):
        listed = row.peak_wheelchairs
        yield f"it lists {listed} wheelchairs at most aboard, {wheelchairs} are"
    if row.peak_stretchers not in (None, stretchers):
        listed = row.peak_stretchers
        yield f"it lists {listed} stretchers at most aboard, {stretchers} are"
