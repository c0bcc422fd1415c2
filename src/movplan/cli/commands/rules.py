"""``movplan rules``: every rule, its values, and how many families it binds."""

from typing import TYPE_CHECKING

from movplan.cli.failures import failures
from movplan.cli.options import AsJson, ScenarioPath, SetAsideFamilies
from movplan.cli.output import print_json, print_tables
from movplan.cli.reading import read

if TYPE_CHECKING:
    from movplan.application.ruling import Ruling


def rules(
    scenario: ScenarioPath,
    set_aside: SetAsideFamilies = False,
    as_json: AsJson = False,
) -> None:
    """Print every rule and parameter with how many families it binds."""
    with failures(as_json=as_json):
        from movplan.application.ruling import rulings

        found = rulings(read(scenario, set_aside=set_aside, as_json=as_json))
    if as_json:
        print_json([_as_json(row) for row in found])
        return
    from movplan.reports.rules import rules_table

    print_tables([rules_table(found)])


def _as_json(row: "Ruling") -> dict[str, object]:
    return {
        "name": row.name,
        "value": row.value,
        "unit": row.unit,
        "type": row.type.value,
        "source": row.source,
        "label": row.label,
        "families_bound": row.families_bound,
        "families_in_want": row.families_in_want,
        "rule": row.rule,
        "rules": list(row.rules),
        "overrides": list(row.overrides),
    }
