"""objective: each level is worth what the certificate says."""

from collections.abc import Iterator
from fractions import Fraction

from movplan.checks.level_values import values_of
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.levels import MAXIMISED
from movplan.domain.plan import LevelResult

RULE = "objective"


def check(view: PlanView) -> Outcome:
    """Value of every level counted again; the gap follows from value and bound.

    A plan made by hand has no levels in its certificate: nothing to look at.
    """
    tally = Tally(RULE)
    stated = {level.name: level for level in view.plan.certificate.levels}
    if not stated:
        return tally.outcome()
    values = values_of(view)
    for name, value in values.items():
        tally.judge(_facts(name, value, stated.get(name)), name)
    for name in sorted(set(stated) - set(values)):
        tally.broken(f"the scenario has no level {name}", name)
    return tally.outcome()


def _facts(name: str, value: int, level: LevelResult | None) -> Iterator[str]:
    if level is None:
        yield f"level {name} is not in the certificate"
        return
    if level.value != value:
        yield f"level {name} is worth {value}, the certificate says {level.value}"
    if level.maximise != (level.measure in MAXIMISED):
        yield f"level {name} is {'maximised' if level.maximise else 'minimised'}"
    apart = abs(level.value - level.bound)
    gap = Fraction(apart, max(abs(level.value), abs(level.bound), 1))
    if level.gap_fraction != gap or level.absolute_gap != apart:
        yield f"level {name} states a gap of {level.gap}, value and bound give {gap}"
    beyond = level.bound - level.value if level.maximise else level.value - level.bound
    if beyond < 0:
        yield f"level {name} is better ({level.value}) than its bound {level.bound}"
