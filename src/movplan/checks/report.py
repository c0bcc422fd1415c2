"""Run every rule on a plan."""

from dataclasses import dataclass, replace

from movplan.checks.outcome import Outcome, Violation
from movplan.checks.registry import RULES, RuleCheck
from movplan.checks.view import PlanView
from movplan.domain.plan import CheckResult, Plan
from movplan.domain.scenario import Scenario
from movplan.domain.set_out import OF_SETTING_OUT
from movplan.domain.words import RuleType


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What all rules say about a plan, in the order of the registry."""

    outcomes: tuple[Outcome, ...]

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Everything broken and not overridden."""
        return tuple(v for outcome in self.outcomes for v in outcome.violations)

    @property
    def broken_rules(self) -> frozenset[str]:
        """Names of the rules with violations."""
        return frozenset(violation.rule for violation in self.violations)

    @property
    def passed(self) -> bool:
        """Whether nothing is broken."""
        return not self.violations

    def results(self) -> tuple[CheckResult, ...]:
        """The counts as the certificate has them."""
        return tuple(outcome.result() for outcome in self.outcomes)


def run_checks(scenario: Scenario, plan: Plan) -> CheckReport:
    """Judge a plan by every rule. The scenario is valid, the plan may be anything."""
    view = PlanView(scenario, plan)
    return CheckReport(tuple(_run(rule, view) for rule in RULES))


def _run(rule: RuleCheck, view: PlanView) -> Outcome:
    """Run a rule; an overridden one without its overrides too.

    What is broken only without them is what the named authority set aside. Rules about
    setting out look at the journeys still to come.
    """
    if rule.name in OF_SETTING_OUT:
        view = view.still_to_set_out
    outcome = rule.check(view)
    if rule.type is not RuleType.OVERRIDABLE or not view.aside(rule.name):
        return outcome
    strict = rule.check(view.without_overrides_of(rule.name))
    kept = frozenset(outcome.violations)
    aside = tuple(v for v in strict.violations if v not in kept)
    return replace(outcome, overridden=aside)
