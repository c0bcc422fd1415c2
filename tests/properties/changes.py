"""Changes to a drawn scenario: rows added or changed, a border closed, other ids."""

from collections.abc import Mapping
from typing import Any

from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure
from scenarios.builders.days import day

# The column that is the id of a row, by table; members are F1-1 after their family.
IDS = {
    "programmes": "programme_id",
    "document_types": "document_type",
    "families": "family_id",
    "members": "member_id",
    "places": "place_id",
    "vehicle_types": "vehicle_type_id",
    "departures": "departure_id",
    "escorts": "escort_id",
    "sessions": "session_id",
    "capacities": "capacity_id",
    "budget_lines": "budget_line_id",
}


def with_rows(scenario: Scenario, **more: list[Any]) -> Scenario:
    """The scenario with further rows, each table in key order again."""
    return scenario.model_copy(
        update={
            table: tuple(
                sorted((*getattr(scenario, table), *rows), key=lambda row: row.key)
            )
            for table, rows in more.items()
        }
    )


def changed_rows(
    scenario: Scenario,
    table: str,
    columns: Mapping[str, object],
    *,
    only: str | None = None,
) -> Scenario:
    """The scenario with columns changed in every row of a table, or in one."""
    rows = tuple(
        row.model_copy(update=columns) if only in (None, row.key) else row
        for row in getattr(scenario, table)
    )
    return scenario.model_copy(update={table: rows})


def with_border_closed(scenario: Scenario, on: str) -> Scenario:
    """Dogharoun closed on a day."""
    closed = Closure(
        closure_id="closed",
        place_id="dogharoun",
        date_from=day(on),
        date_to=day(on),
        reason="closed",
    )
    return with_rows(scenario, closures=[closed])


def ids_of(scenario: Scenario) -> list[str]:
    """Every id of every table, and the families' cases."""
    found = [
        getattr(row, column)
        for table, column in IDS.items()
        for row in getattr(scenario, table)
    ]
    found += [case for family in scenario.families for case in family.case_ids]
    assert len(set(found)) == len(found)
    return found


def relabelled(scenario: Scenario, names: Mapping[str, str]) -> Scenario:
    """The scenario with every id replaced, wherever it stands; tables in key order."""
    text = scenario.model_dump(mode="json")
    renamed = Scenario.model_validate(_renamed(text, names))
    tables = {
        table: tuple(sorted(getattr(renamed, table), key=lambda row: row.key))
        for table in Scenario.TABLES
    }
    return renamed.model_copy(update=tables)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value
