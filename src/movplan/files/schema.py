"""What ``docs/`` says about the files, made from the models.

``python -m movplan.files.schema docs`` writes the JSON schemas of scenario and plan and
the list of tables in ``files.md``; a test holds that they are up to date.
"""

import json
import sys
from inspect import getdoc
from pathlib import Path

from pydantic import BaseModel

from movplan.domain.plan import Plan
from movplan.domain.rows import Row
from movplan.domain.scenario import Scenario
from movplan.files.atomic import write_whole
from movplan.files.columns import CSV_TABLES, REQUIRED_TABLES, Column, table_columns
from movplan.files.writing import cell_text

SCENARIO_SCHEMA = "scenario.schema.json"
PLAN_SCHEMA = "plan.schema.json"
GUIDE = "files.md"
MARKER = "<!-- generated from here on: python -m movplan.files.schema docs -->\n"


def schema_text(model: type[BaseModel]) -> str:
    """The JSON schema of a model, keys sorted, ending with a newline."""
    return json.dumps(model.model_json_schema(), indent=1, sort_keys=True) + "\n"


def tables_text() -> str:
    """Every CSV table and every column of it, as Markdown."""
    return "\n".join(_table_text(table) for table in CSV_TABLES)


def with_tables(guide: str) -> str:
    """The guide with the list of tables after its marker made anew."""
    written, _, _ = guide.partition(MARKER)
    return f"{written}{MARKER}\n{tables_text()}"


def write_docs(folder: Path) -> None:
    """Write both schemas and the tables of the guide."""
    write_whole(folder / SCENARIO_SCHEMA, schema_text(Scenario))
    write_whole(folder / PLAN_SCHEMA, schema_text(Plan))
    guide = folder / GUIDE
    write_whole(guide, with_tables(guide.read_text("utf-8")))


def _table_text(table: str) -> str:
    model = Scenario.TABLES[table]
    optional = "" if table in REQUIRED_TABLES else " (optional)"
    columns = table_columns(table).values()
    lines = [
        f"### `{table}.csv`{optional}",
        "",
        _summary(model),
        "",
        f"Key: {' + '.join(f'`{name}`' for name in model.KEY)}.",
        "",
        "| column | what to write | if empty |",
        "|---|---|---|",
        *(f"| `{c.name}` | {c.expected} | {_if_empty(c)} |" for c in columns),
        "",
    ]
    return "\n".join(lines)


def _summary(model: type[Row]) -> str:
    return (getdoc(model) or "").replace("``", "`")


def _if_empty(column: Column) -> str:
    if column.required:
        return "**required**"
    default = cell_text(column, column.default)
    return f"`{default}`" if default else ""


if __name__ == "__main__":
    write_docs(Path(sys.argv[1]))
