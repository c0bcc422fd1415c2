"""Read a scenario, strictly or setting families with errors aside."""

from dataclasses import dataclass
from pathlib import Path

from movplan.domain.errors import Issue
from movplan.domain.plan import LeftOut
from movplan.domain.scenario import Scenario
from movplan.files import SetAside, read_scenario_setting_aside, read_with_warnings


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario with the issues found and the families set aside."""

    scenario: Scenario
    issues: tuple[Issue, ...]
    set_aside: tuple[LeftOut, ...] = ()

    @property
    def persons(self) -> int:
        """Members of all families, those set aside not counted."""
        return sum(family.persons for family in self.scenario.families)


def load(path: Path) -> Loaded:
    """Read strictly: raises ``InputError`` with every issue if there is an error."""
    scenario, issues = read_with_warnings(path)
    return Loaded(scenario, issues)


def load_setting_aside(path: Path) -> Loaded:
    """Read what can be read; families with errors come back as left out."""
    scenario, issues, aside = read_scenario_setting_aside(path)
    return Loaded(scenario, issues, tuple(_left_out(family) for family in aside))


def _left_out(family: SetAside) -> LeftOut:
    return LeftOut(
        family_id=family.family_id,
        case_ids=family.case_ids,
        external_ref=family.external_ref,
        persons=family.persons or 0,
        reason=family.reason,
        fact="; ".join(family.facts),
    )
