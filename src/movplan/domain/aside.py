"""What a named authority took out of an overridable rule: a look-up for all sides.

An override is a filter before the rule, not a pardon after it. It counts if its rule is
of type O and its date is not after the date of ``as_of``.
"""

from movplan.domain.assignments import Override
from movplan.domain.people import Family
from movplan.domain.rulebook import OVERRIDABLE
from movplan.domain.scenario import Scenario

EVERYTHING = "*"


def counting_overrides(scenario: Scenario) -> tuple[Override, ...]:
    """The overrides that count, of all rules: those a certificate lists."""
    today = scenario.as_of.date()
    return tuple(
        row
        for row in scenario.overrides
        if row.rule in OVERRIDABLE and row.date <= today
    )


class Aside:
    """What one rule does not look at: families, rows, or everything."""

    def __init__(self, scenario: Scenario, rule: str) -> None:
        self.overrides = tuple(
            row for row in counting_overrides(scenario) if row.rule == rule
        )
        self._scopes = frozenset(row.scope for row in self.overrides)
        self.everything = EVERYTHING in self._scopes
        known = {f.family_id for f in scenario.families}
        known |= {p.programme_id for p in scenario.programmes}
        self.names_families = not known.isdisjoint(self._scopes)
        """Whether some scope is a family or a programme."""

    def __bool__(self) -> bool:
        return bool(self._scopes)

    def family(self, family: Family) -> bool:
        """Whether the rule does not look at the family, nor count it in its limits."""
        return self.row(family.family_id, family.programme)

    def row(self, *ids: str) -> bool:
        """Whether a row, place, departure, line or escort with these ids is out.

        Give the ids of all things the rule speaks of at that point, e.g. a capacity's
        and its place's.
        """
        return self.everything or not self._scopes.isdisjoint(ids)
