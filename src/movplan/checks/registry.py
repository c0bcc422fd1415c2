"""All rules in the order of the rulebook: the check of a rule is the file of its name.

``domain/rulebook.py`` says which rules there are; ``movplan.checks.<rule>`` holds what
each means, as ``check(view)``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from movplan.checks.outcome import Outcome
from movplan.checks.view import PlanView
from movplan.domain.errors import InternalError
from movplan.domain.rulebook import RULEBOOK
from movplan.domain.words import RuleType


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """A rule: its name, its type (H never, P parameter, O overridable), its check."""

    name: str
    type: RuleType
    check: Callable[[PlanView], Outcome]


def check_of(rule: str) -> Callable[[PlanView], Outcome]:
    """The check in the rule's own file.

    Raises ``InternalError`` for a file that is another rule's or has no check, and
    ``ModuleNotFoundError`` where there is no such file.
    """
    module = import_module(f"movplan.checks.{rule}")
    if getattr(module, "RULE", None) != rule:
        raise InternalError(f"{module.__name__} does not say RULE = {rule!r}")
    check: Callable[[PlanView], Outcome] | None = getattr(module, "check", None)
    if check is None:
        raise InternalError(f"{module.__name__} has no check(view)")
    return check


RULES: tuple[RuleCheck, ...] = tuple(
    RuleCheck(rule.name, rule.type, check_of(rule.name)) for rule in RULEBOOK
)
