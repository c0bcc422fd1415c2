"""The second specification: Scenario + Plan -> violations, one file per rule."""

from movplan.checks.level_values import level_values
from movplan.checks.outcome import Outcome, Violation
from movplan.checks.report import CheckReport, run_checks
from movplan.checks.shortcomings import findings

__all__ = [
    "CheckReport",
    "Outcome",
    "Violation",
    "findings",
    "level_values",
    "run_checks",
]
