"""Check a plan, movplan's or one made by hand, against every rule."""

from dataclasses import dataclass
from pathlib import Path

from movplan.checks import run_checks
from movplan.checks.outcome import Outcome, Violation
from movplan.domain.assignments import Assignment
from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.validation import find_issues
from movplan.files import digest, read_plan
from movplan.files.assignments import read_assignments
from movplan.planning import plan_from_assignments


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the rules say about a plan.

    ``same_scenario``: the plan was made from exactly this scenario.
    """

    plan: Plan
    outcomes: tuple[Outcome, ...]
    same_scenario: bool

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Every broken rule, in the order of the rules."""
        return tuple(v for outcome in self.outcomes for v in outcome.violations)

    @property
    def clean(self) -> bool:
        """Whether nothing is broken."""
        return not self.violations


def check_file(scenario: Scenario, path: Path) -> CheckReport:
    """Check a ``plan.json`` or a ``.csv`` of assignments."""
    return check(scenario, read_any_plan(scenario, path))


def check(scenario: Scenario, plan: Plan) -> CheckReport:
    """Run every check."""
    same = plan.certificate.scenario_digest == digest(scenario)
    return CheckReport(plan, tuple(run_checks(scenario, plan)), same)


def read_any_plan(scenario: Scenario, path: Path) -> Plan:
    """The plan of a JSON document, or of a table of assignments made by hand."""
    if path.suffix.lower() == ".json":
        return read_plan(path)
    if path.suffix.lower() == ".csv":
        return plan_by_hand(scenario, read_assignments(path))
    issue = Issue(
        code="NO_PLAN",
        table="plan",
        value=path.name,
        problem="is neither a plan nor a table of assignments",
        expected="a .json plan or a .csv of assignments",
    )
    raise InputError([issue])


def plan_by_hand(scenario: Scenario, assignments: tuple[Assignment, ...]) -> Plan:
    """Work out transfers, nights, loads and charges of a table made by hand.

    Raises ``InputError`` for rows that name what the scenario does not have.
    """
    with_rows = scenario.model_copy(update={"assignments": assignments})
    issues = [issue for issue in find_issues(with_rows) if issue.table == "assignments"]
    if any(issue.severity == "error" for issue in issues):
        raise InputError(issues)
    return plan_from_assignments(scenario, assignments)
