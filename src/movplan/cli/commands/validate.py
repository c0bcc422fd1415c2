"""``movplan validate``: everything that is wrong with a scenario, in one report."""

from movplan.cli.failures import failures, issue_table
from movplan.cli.options import AsJson, ScenarioPath
from movplan.cli.output import print_json, print_tables, say


def validate(scenario: ScenarioPath, as_json: AsJson = False) -> None:
    """Say everything that is wrong with a scenario, each with file, row and column."""
    with failures(as_json=as_json):
        from movplan.application.loading import load

        loaded = load(scenario)
        found = loaded.scenario
    if as_json:
        issues = [issue.model_dump(mode="json") for issue in loaded.issues]
        counts = {table: len(getattr(found, table)) for table in found.TABLES}
        print_json(
            {"scenario_id": found.scenario_id, "tables": counts, "issues": issues}
        )
        return
    if loaded.issues:
        print_tables([issue_table(loaded.issues)])
    say(
        f"{found.scenario_id}: {len(found.families):,} families "
        f"({loaded.persons:,} persons) and {len(found.departures):,} departures, "
        "ready to plan."
    )
