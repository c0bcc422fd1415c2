"""The committed schemas and the list of tables are those of the models."""

import json
from pathlib import Path

import jsonschema
import pytest

from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.files import plan_text, write_json
from movplan.files.columns import CSV_TABLES, table_columns
from movplan.files.schema import (
    GUIDE,
    PLAN_SCHEMA,
    SCENARIO_SCHEMA,
    schema_text,
    with_tables,
)
from tests.domain.mission import mission
from tests.files.test_plans import nobody_travels

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    ("name", "model"), [(SCENARIO_SCHEMA, Scenario), (PLAN_SCHEMA, Plan)]
)
def test_schemas_are_up_to_date(name, model):
    committed = (DOCS / name).read_text("utf-8")

    assert committed == schema_text(model), "run: python -m movplan.files.schema docs"


def test_the_guide_lists_every_table_and_column():
    guide = (DOCS / GUIDE).read_text("utf-8")

    assert guide == with_tables(guide), "run: python -m movplan.files.schema docs"
    for table in CSV_TABLES:
        section = guide.partition(f"### `{table}.csv`")[2].partition("\n###")[0]
        for column in table_columns(table):
            assert f"| `{column}` |" in section


def test_documents_fit_their_schemas(tmp_path):
    write_json(mission(), tmp_path / "mission.json")
    scenario = json.loads((tmp_path / "mission.json").read_text())
    plan = json.loads(plan_text(nobody_travels()))

    jsonschema.validate(scenario, json.loads((DOCS / SCENARIO_SCHEMA).read_text()))
    jsonschema.validate(plan, json.loads((DOCS / PLAN_SCHEMA).read_text()))
    scenario["families"][0]["diagnosis"] = "none of our business"
    with pytest.raises(jsonschema.ValidationError, match="diagnosis"):
        jsonschema.validate(scenario, json.loads((DOCS / SCENARIO_SCHEMA).read_text()))
