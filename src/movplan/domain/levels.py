"""The objective levels as data: which come first, whom they count, how heavily."""

from datetime import timedelta

from movplan.domain.people import Family
from movplan.domain.scenario import Group, Level, Minimum, Scenario
from movplan.domain.windows import Files
from movplan.domain.words import Measure

MAXIMISED = frozenset({Measure.WEIGHTED_PERSONS, Measure.PERSONS})

MUST_TRAVEL = Level(
    name="must_travel",
    measure=Measure.LEFT_OUT_PERSONS,
    where=Group(must_travel=True),
)
SHORTFALL = Level(name="minimums", measure=Measure.SHORTFALL)


def effective_levels(scenario: Scenario) -> tuple[Level, ...]:
    """The scenario's levels, after level 0 (must-travel) and minimums if it has any."""
    first: list[Level] = []
    if any(family.must_travel for family in scenario.families):
        first.append(MUST_TRAVEL)
    if scenario.minimums:
        first.append(SHORTFALL)
    return (*first, *scenario.levels)


class Grouping:
    """Says which families belong to a group and what a person of each weighs."""

    def __init__(self, scenario: Scenario, files: Files | None = None) -> None:
        self.scenario = scenario
        self.files = files or Files(scenario)
        self._value = self.files.values.family

    def contains(self, group: Group, family: Family) -> bool:
        """Whether the family belongs to the group."""
        return (
            (not group.priorities or family.priority in group.priorities)
            and (not group.programmes or family.programme in group.programmes)
            and (not group.origins or family.origin in group.origins)
            and family.persons >= group.min_size
            and (group.must_travel is None or family.must_travel == group.must_travel)
            and (not group.needs or self._has_need(group, family))
        )

    def _has_need(self, group: Group, family: Family) -> bool:
        members = self.files.members[family.family_id]
        return any(need in group.needs for member in members for need in member.needs)

    def weight(self, family: Family) -> int:
        """Weight of moving the family, in hundredths.

        persons x class weight x (100 + lapse bonus percent, if its window closes
        within ``lapse_days_after_horizon`` days of the horizon's end).
        """
        programme = self.files.programmes[family.programme]
        per_person = family.weight
        if per_person is None:
            of_class = self._value(f"weight_{family.priority.value}", family)
            per_person = of_class * (programme.weight or 1)
        bonus = (
            self._value("lapse_bonus_percent", family) if self._lapses(family) else 0
        )
        return family.persons * per_person * (100 + bonus)

    def _lapses(self, family: Family) -> bool:
        """Whether its window closes soon after the horizon, or within it."""
        days = timedelta(days=self._value("lapse_days_after_horizon", family))
        closes = self.files.closes(family.family_id)
        return closes is not None and closes[0] <= self.scenario.horizon.last + days

    def wanted(self, minimum: Minimum) -> int:
        """Persons a minimum asks for."""
        if minimum.persons is not None:
            return minimum.persons
        total = sum(
            family.persons
            for family in self.scenario.families
            if self.contains(minimum.where, family)
        )
        return -(-total * (minimum.percent or 0) // 100)
