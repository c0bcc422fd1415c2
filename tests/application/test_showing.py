"""A plan arranged for reading."""

import json

import pytest

from movplan.application.showing import as_document, read_shown, save_picture, tables
from movplan.domain.errors import InputError
from movplan.files import write_folder, write_plan
from tests.reports.by_hand import PLAN, SCENARIO


@pytest.fixture
def plan_path(tmp_path):
    """The plan made by hand, written."""
    write_plan(PLAN, tmp_path / "plan.json")
    return tmp_path / "plan.json"


@pytest.fixture
def folder(tmp_path):
    """Its scenario, as a folder."""
    write_folder(SCENARIO, tmp_path / "scenario")
    return tmp_path / "scenario"


def test_sections_come_in_the_order_asked_for(plan_path):
    shown = read_shown(plan_path, None)
    titles = [table.title for table in tables(shown, ["left_out", "families"])]
    assert titles == ["Families that stay", "Families that travel"]


def test_no_section_is_the_summary(plan_path, folder):
    titles = [table.title for table in tables(read_shown(plan_path, folder), [])]
    assert titles == [
        "Who travels",
        "How good it is",
        "Budget lines",
        "Who stays, and why",
    ]


def test_a_document_holds_the_sections_as_the_plan_has_them(plan_path):
    document = as_document(read_shown(plan_path, None), ["left_out"])
    assert list(document) == ["left_out"]
    assert document["left_out"][0]["reason"] == "VEHICLES_FULL"


def test_the_plan_in_short(plan_path):
    document = as_document(read_shown(plan_path, None), [])
    assert document["persons"] == {"moved": 8, "of": 14}
    assert document["cost"]["amount_cents"] == 148_250
    assert document["left_out"] == {"MEDICAL_HOLD": 1, "VEHICLES_FULL": 1}
    json.dumps(document)


def test_another_scenario_is_refused(plan_path, tmp_path):
    other = SCENARIO.model_copy(update={"scenario_id": "other"})
    write_folder(other, tmp_path / "other")
    with pytest.raises(InputError, match="of scenario by-hand, not of other"):
        read_shown(plan_path, tmp_path / "other")


def test_the_picture_is_written(tmp_path):
    save_picture(PLAN, SCENARIO, tmp_path / "plan.svg")
    assert (tmp_path / "plan.svg").read_text("utf-8").startswith("<svg")
