"""Read a plan and arrange it for reading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from movplan.application.costs import cost_rows
from movplan.application.same_scenario import refuse_another
from movplan.costing.groups import By, usual_view
from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.files import read_plan, read_scenario_setting_aside
from movplan.files.atomic import write_whole
from movplan.reports.costs import cost_tables, costs_by
from movplan.reports.deadlines import deadlines_table
from movplan.reports.departures import departures_table
from movplan.reports.digest import plan_digest
from movplan.reports.escorts import escorts_table
from movplan.reports.families import families_table, left_out_table
from movplan.reports.picture import picture
from movplan.reports.summary import summary
from movplan.reports.table import Table


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan to be shown, with its scenario where that is at hand."""

    plan: Plan
    scenario: Scenario | None


def read_shown(plan_path: Path, scenario_path: Path | None) -> Shown:
    """Read the plan and, if named, its scenario."""
    plan = read_plan(plan_path)
    if scenario_path is None:
        return Shown(plan, None)
    scenario, _, _ = read_scenario_setting_aside(scenario_path)
    refuse_another(scenario, plan)
    _refuse_unknown_lines(scenario, plan)
    return Shown(plan, scenario)


def _refuse_unknown_lines(scenario: Scenario, plan: Plan) -> None:
    """Raise ``InputError`` if a line that pays is not in this version of it."""
    known = {line.budget_line_id for line in scenario.budget_lines}
    unknown = {charge.budget_line_id for charge in plan.ledger} - known
    if not unknown:
        return
    issue = Issue(
        code="ANOTHER_SCENARIO",
        table="plan",
        key=plan.scenario_id,
        problem="The plan is of another version of this scenario: it draws on budget"
        f" lines that are not in it: {', '.join(sorted(unknown))}",
        expected="give the scenario it was made from",
    )
    raise InputError([issue])


_TABLES: dict[str, Callable[[Shown], tuple[Table, ...]]] = {
    "families": lambda s: (families_table(s.plan, s.scenario),),
    "departures": lambda s: (departures_table(s.plan, s.scenario),),
    "costs": lambda s: cost_tables(s.plan, s.scenario),
    "escorts": lambda s: (escorts_table(s.plan, s.scenario),),
    "left_out": lambda s: (left_out_table(s.plan),),
    "deadlines": lambda s: (deadlines_table(s.plan),),
}

# Where each section stands in the plan's JSON.
_FIELDS = {
    "families": "schedule",
    "departures": "departures",
    "costs": "ledger",
    "escorts": "missions",
    "left_out": "left_out",
    "deadlines": "deadlines",
}


def tables(
    shown: Shown, names: Sequence[str], groups: Sequence[By] = ()
) -> tuple[Table, ...]:
    """The named sections and costs by group, or the summary if nothing is named.

    Costs by group need the scenario.
    """
    if not names and not groups:
        return summary(shown.plan, shown.scenario)
    found = [table for name in names for table in _TABLES[name](shown)]
    if shown.scenario is not None:
        found += [costs_by(shown.plan, shown.scenario, by) for by in groups]
    return tuple(found)


def as_document(
    shown: Shown, names: Sequence[str], groups: Sequence[By] = ()
) -> dict[str, Any]:
    """The same as it stands in the plan, costs as rows; or the plan in short."""
    if not names and not groups:
        return plan_digest(shown.plan)
    fields = {_FIELDS[name] for name in names}
    document = shown.plan.model_dump(mode="json", include=fields)
    if shown.scenario is not None:
        for by in groups:
            rows = cost_rows(shown.scenario, shown.plan, by, usual_view(by))
            document[f"costs_by_{by}"] = rows
    return document


def save_picture(plan: Plan, scenario: Scenario, path: Path) -> None:
    """Write the plan's picture."""
    write_whole(path, picture(plan, scenario))
