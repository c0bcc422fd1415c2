"""What is reported and not refused: aims not reached, places lost, lines overspent."""

from collections.abc import Iterator
from datetime import timedelta

from movplan.checks.enrolment import enrolled
from movplan.checks.level_values import shortfalls
from movplan.checks.limits import counted
from movplan.checks.view import PlanView
from movplan.domain.money import money_text
from movplan.domain.plan import Finding, Plan
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import Period


def findings(scenario: Scenario, plan: Plan) -> tuple[Finding, ...]:
    """Minimums and targets not reached, quota places that lapse, lines overspent."""
    view = PlanView(scenario, plan)
    return (*shortfalls(view), *_quotas(view), *_targets(view), *_overspent(view))


def _quotas(view: PlanView) -> Iterator[Finding]:
    """Places of quota years that end soon, and that nobody uses."""
    aside = view.aside("place_capacity")
    for row in view.scenario.capacities:
        ends = row.date_to
        if row.period is not Period.QUOTA_YEAR or ends is None:
            continue
        if ends >= view.scenario.horizon.last + _soon(view, row):
            continue
        used = row.used_to_date + counted(view, row, aside).total()
        if used < row.limit:
            fact = (
                f"{used} of {row.limit} places at {row.place_id} are used by {ends}: "
                f"{row.limit - used} lapse"
            )
            yield Finding(rule="quota_unused", subject=row.capacity_id, fact=fact)


def _soon(view: PlanView, row: Capacity) -> timedelta:
    """How long after the horizon a quota's lapse is near, at its place for whom."""
    days = view.rule(
        "lapse_days_after_horizon",
        programme=row.programme,
        destination=view.scenario.destination_names(row.place_id),
    )
    return timedelta(days=days)


def _targets(view: PlanView) -> Iterator[Finding]:
    """Lines that support fewer families or persons than aimed at."""
    families, persons = enrolled(view)
    for line_id, line in view.lines.items():
        for what, target, found in (
            ("families", line.target_families, families[line_id]),
            ("persons", line.target_persons, persons[line_id]),
        ):
            if target is not None and found < target:
                fact = f"{line_id} supports {found} {what}, its target is {target}"
                yield Finding(rule="target_missed", subject=line_id, fact=fact)


def _overspent(view: PlanView) -> Iterator[Finding]:
    """Lines on which more was spent and committed than they have, before the plan."""
    for line_id, line in view.lines.items():
        available = line.available_cents
        if available is not None and available < 0:
            fact = (
                f"{line_id} ({line.donor}) was overspent by "
                f"{money_text(-available, line.currency)} before this plan: it can pay "
                "nothing"
            )
            yield Finding(rule="line_overspent", subject=line_id, fact=fact)
