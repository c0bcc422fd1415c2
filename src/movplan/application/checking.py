"""Check a plan, movplan's or one made by hand, against every rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from movplan.application.by_hand import plan_by_hand
from movplan.application.loading import Loaded
from movplan.application.same_scenario import refuse_another
from movplan.checks import Outcome, Violation, run_checks
from movplan.costing.recost import recost
from movplan.domain.errors import InputError, Issue
from movplan.domain.long_lived import long_lived
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.files import digest, read_plan
from movplan.files.assignments import read_assignments

CONSERVATION = "conservation"
# The ledger worked out again by costing; the rule ``ledger`` is checks' own arithmetic.
RECOST = "recost"


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


def check_file(loaded: Loaded, path: Path) -> CheckReport:
    """Check a ``plan.json`` or a ``.csv`` of assignments.

    Raises ``InputError`` for a plan of another scenario.
    """
    plan = read_any_plan(loaded.scenario, path)
    refuse_another(loaded.scenario, plan)
    return check(loaded, plan)


@long_lived()
def check(loaded: Loaded, plan: Plan) -> CheckReport:
    """Run every check and cost the plan again from scratch.

    Families set aside are no part of the scenario, so their rows are not looked at.
    """
    scenario = loaded.scenario
    aside = {row.family_id for row in loaded.set_aside}
    left_out = tuple(row for row in plan.left_out if row.family_id not in aside)
    looked_at = plan.model_copy(update={"left_out": left_out})
    outcomes = run_checks(scenario, looked_at).outcomes
    if _ids_known(outcomes):
        outcomes = (*outcomes, _recosted(scenario, looked_at))
    same = plan.certificate.scenario_digest == digest(scenario)
    return CheckReport(plan, outcomes, same)


def _ids_known(outcomes: Iterable[Outcome]) -> bool:
    """Whether every id of the plan is the scenario's: else nothing can be priced."""
    return not any(o.violations for o in outcomes if o.rule == CONSERVATION)


def _recosted(scenario: Scenario, plan: Plan) -> Outcome:
    violations = tuple(
        Violation(RECOST, (found.key.subject_id,), str(found))
        for found in recost(scenario, plan)
    )
    return Outcome(RECOST, len(plan.ledger), violations)


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
