"""Plans broken on purpose: for every rule, what to change in the world or the plan."""

from tests.checks.broken import (
    convoys,
    departures,
    escorts,
    families,
    health,
    journeys,
    money,
    plan,
    receiving,
    steps,
)
from tests.checks.broken.kept import KEPT
from tests.checks.broken.scenes import second_patient, stays, without_ra2
from tests.checks.broken.tools import Break, assigned, both, leg, row, rule_value

BREAKS: tuple[Break, ...] = (
    *plan.BREAKS,
    *families.BREAKS,
    *journeys.BREAKS,
    *steps.BREAKS,
    *health.BREAKS,
    *departures.BREAKS,
    *convoys.BREAKS,
    *escorts.BREAKS,
    *receiving.BREAKS,
    *money.BREAKS,
)

__all__ = [
    "BREAKS",
    "KEPT",
    "Break",
    "assigned",
    "both",
    "leg",
    "row",
    "rule_value",
    "second_patient",
    "stays",
    "without_ra2",
]
