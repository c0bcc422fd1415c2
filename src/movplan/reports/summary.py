"""The first thing to read: who moves, how good that is, what it costs, who stays."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import Outcome, Reason, StopReason
from movplan.reports.certificate import reservations
from movplan.reports.costs import by_category, by_line
from movplan.reports.journeys import persons_moved
from movplan.reports.reasons import REASON_TEXT
from movplan.reports.table import Column, Table, left, right, wide
from movplan.reports.text import bar, counted, gap_percent, level_value, percent

OUTCOME_TEXT: dict[Outcome, str] = {
    Outcome.OPTIMAL: "the best possible plan, proved",
    Outcome.FEASIBLE: "a checked plan; each level says how far from the best it may be",
    Outcome.INFEASIBLE: "the pins or contracts contradict each other",
    Outcome.NO_SOLUTION: "no plan was found",
}

STOP_TEXT: dict[StopReason, str] = {
    StopReason.PROVED: "proved",
    StopReason.GAP_REACHED: "the wanted gap was reached",
    StopReason.TIME_LIMIT: "the time limit was reached",
    StopReason.EFFORT_LIMIT: "the effort was used up",
    StopReason.NO_IMPROVEMENT: "no further improvement was found",
    StopReason.CANCELLED: "it was stopped by hand",
}


def summary(plan: Plan, scenario: Scenario | None = None) -> tuple[Table, ...]:
    """The summary's tables; programmes and ceilings need the scenario."""
    tables = [moved_table(plan, scenario), levels_table(plan)]
    tables.append(by_line(plan, scenario) if plan.ledger else by_category(plan))
    if plan.left_out:
        tables.append(reasons_table(plan))
    if plan.findings:
        tables.append(findings_table(plan))
    return (*tables, *reservations(plan))


def headline(plan: Plan) -> str:
    """One sentence: persons and families moved, of how many."""
    moved = persons_moved(plan)
    families = len(moved) + len(plan.left_out)
    persons = sum(moved.values()) + sum(row.persons for row in plan.left_out)
    return (
        f"{sum(moved.values()):,} of {persons:,} persons travel "
        f"({len(moved):,} of {families:,} families)."
    )


def verdict(plan: Plan) -> str:
    """One sentence: outcome, why the search stopped, what was checked."""
    broken = sum(check.violations for check in plan.certificate.checks)
    rules = counted(len(plan.certificate.checks), "rule")
    checks = f"{rules} checked, " + (
        counted(broken, "violation") if broken else "none broken"
    )
    ledger = "to the cent" if plan.certificate.ledger_balanced else "NOT balanced"
    again = "" if plan.repeatable else " A second run may give another plan."
    return (
        f"{plan.outcome}: {OUTCOME_TEXT[plan.outcome]} (stopped: "
        f"{STOP_TEXT[plan.stop_reason]}). {checks}; ledger {ledger}.{again}"
    )


def moved_table(plan: Plan, scenario: Scenario | None) -> Table:
    """Persons and families moved, per programme when the scenario is known."""
    moved = persons_moved(plan)
    stay = {row.family_id: row.persons for row in plan.left_out}
    programmes = (
        {f.family_id: f.programme for f in scenario.families} if scenario else {}
    )
    unknown = "set aside" if scenario else "all families"
    groups: dict[str, list[str]] = defaultdict(list)
    for family_id in (*moved, *stay):
        groups[programmes.get(family_id, unknown)].append(family_id)
    rows = [
        _moved_row(name, family_ids, moved, stay)
        for name, family_ids in sorted(groups.items())
    ]
    if len(rows) > 1:
        rows.append(_moved_row("all", [*moved, *stay], moved, stay))
    columns = (
        *left("Programme"),
        *right("Persons", "of", "Families", "of"),
        Column("", bar=True),
        *right("Share"),
    )
    return Table("Who travels", columns, tuple(rows))


def _moved_row(
    name: str,
    family_ids: list[str],
    moved: Mapping[str, int],
    stay: Mapping[str, int],
) -> tuple[str, ...]:
    going = sum(moved.get(family_id, 0) for family_id in family_ids)
    persons = going + sum(stay.get(family_id, 0) for family_id in family_ids)
    families = sum(family_id in moved for family_id in family_ids)
    return (
        name,
        f"{going:,}",
        f"{persons:,}",
        f"{families:,}",
        f"{len(family_ids):,}",
        bar(going, persons),
        percent(going, persons),
    )


def levels_table(plan: Plan) -> Table:
    """Value, proven bound and gap per objective level."""
    currency = plan.reporting_currency
    rows = tuple(
        (
            str(number),
            level.name,
            "most" if level.maximise else "least",
            level_value(level.measure, level.value, currency),
            level_value(level.measure, level.bound, currency),
            gap_percent(level.gap_fraction),
            "yes" if level.proved else "no",
        )
        for number, level in enumerate(plan.certificate.levels, start=1)
    )
    columns = (
        *left("", "Level", "Wanted"),
        *right("Value", "Proven bound", "Gap"),
        *left("Proved"),
    )
    note = (
        "No plan can be better than the bound; "
        "each level keeps what those above it reached."
    )
    return Table("How good it is", columns, rows, note)


def reasons_table(plan: Plan) -> Table:
    """Families and persons left out, by reason."""
    families: Counter[Reason] = Counter(row.reason for row in plan.left_out)
    persons: Counter[Reason] = Counter()
    deferred: Counter[Reason] = Counter()
    for row in plan.left_out:
        persons[row.reason] += row.persons
        deferred[row.reason] += row.deferred
    rows = tuple(
        (
            REASON_TEXT[reason],
            reason.value,
            f"{count:,}",
            f"{persons[reason]:,}",
            f"{deferred[reason]:,}",
        )
        for reason, count in sorted(families.items(), key=lambda i: (-i[1], i[0]))
    )
    columns = (
        *left("Reason", "Code"),
        *right("Families", "Persons", "Can go later"),
    )
    return Table("Who stays, and why", columns, rows)


def findings_table(plan: Plan) -> Table:
    """What is reported, not refused."""
    rows = tuple((f.rule, f.subject, f.fact) for f in plan.findings)
    return Table("Worth knowing", (*left("Rule", "Subject"), *wide("Fact")), rows)
