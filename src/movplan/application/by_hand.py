"""A table made by hand becomes a plan, if it says what it means."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from movplan.domain.assignments import Assignment
from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.validation import find_issues
from movplan.files import digest
from movplan.files.assignments import TABLE, HandTable
from movplan.planning import plan_from_assignments
from movplan.planning.by_hand.journeys import NO_RIDE


def plan_by_hand(scenario: Scenario, table: HandTable) -> Plan:
    """Work out transfers, nights, loads and charges of a table made by hand.

    Raises ``InputError``, with file and row, for rows that name what the scenario does
    not have, and for journeys of which a ride is missing.
    """
    with_rows = scenario.model_copy(update={"assignments": table.rows})
    issues = [issue for issue in find_issues(with_rows) if issue.table == TABLE]
    issues += _missing_legs(table.rows)
    if any(issue.severity == "error" for issue in issues):
        raise InputError(table.located(issues))
    plan = plan_from_assignments(scenario, table.rows)
    of_this = {"scenario_digest": digest(scenario)}
    certificate = plan.certificate.model_copy(update=of_this)
    return plan.model_copy(update={"certificate": certificate})


def _missing_legs(rows: Sequence[Assignment]) -> Iterator[Issue]:
    """Legs of a part count from 1 without gaps; several rows of one leg go by time."""
    parts: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
    for row in rows:
        if row.state not in NO_RIDE:
            parts[row.family_id, row.part.value].append(row)
    for (family_id, part), rides in parts.items():
        last = 0
        for ride in sorted(rides, key=lambda row: row.leg):
            if ride.leg > last + 1:
                yield _missing_leg(ride, f"{family_id} ({part})", last + 1)
                break
            last = max(last, ride.leg)


def _missing_leg(row: Assignment, whose: str, missing: int) -> Issue:
    return Issue(
        code="MISSING_LEG",
        table=TABLE,
        key=row.key,
        column="leg",
        value=str(row.leg),
        problem=f"{whose} has no leg {missing}",
        expected=f"legs from 1 without gaps: {missing}, or a row for leg {missing}",
        family_id=row.family_id,
    )
