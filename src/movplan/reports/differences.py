"""What a new plan changes for families of the plan before."""

from movplan.domain.plan import Plan
from movplan.reports.journeys import Journey, journeys
from movplan.reports.table import Table, left, wide
from movplan.reports.text import moment


def differences_table(before: Plan, after: Plan) -> Table:
    """One row per family whose departures differ, or who now stays or now travels."""
    was, now = _by_family(before), _by_family(after)
    reasons = {row.family_id: row.fact for row in after.left_out}
    rows = []
    for family_id in sorted({*was, *now}):
        old, new = was.get(family_id, ()), now.get(family_id, ())
        if _departures(old) != _departures(new):
            fact = reasons.get(family_id, "") if not new else ""
            rows.append((family_id, _words(old), _words(new), fact))
    same = sum(_departures(was[f]) == _departures(now.get(f, ())) for f in was)
    note = f"{same:,} of {len(was):,} families keep their departures."
    columns = (*left("Family", "Before", "Now"), *wide("Why"))
    return Table("What changes for families", columns, tuple(rows), note)


def _by_family(plan: Plan) -> dict[str, tuple[Journey, ...]]:
    found: dict[str, tuple[Journey, ...]] = {}
    for journey in journeys(plan):
        found[journey.family_id] = (*found.get(journey.family_id, ()), journey)
    return found


def _departures(parts: tuple[Journey, ...]) -> tuple[tuple[str, str | None], ...]:
    return tuple((j.part.value, leg.departure_id) for j in parts for leg in j.rides)


def _words(parts: tuple[Journey, ...]) -> str:
    if not parts:
        return "stays"
    return "; ".join(
        f"{moment(j.first_ride)} {', '.join(leg.departure_id or '' for leg in j.rides)}"
        for j in parts
    )
