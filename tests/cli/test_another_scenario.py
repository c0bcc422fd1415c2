"""A plan of another scenario is refused with one sentence wherever one is read."""

import pytest

from movplan.files import write_plan
from tests.reports.by_hand import PLAN, SCENARIO

SENTENCE = (
    f"The plan is one of scenario elsewhere-2026, not of {SCENARIO.scenario_id}; give"
    " the scenario it was made from."
)


@pytest.fixture
def elsewhere(tmp_path):
    """The plan made by hand, as of another scenario."""
    path = tmp_path / "elsewhere.json"
    write_plan(PLAN.model_copy(update={"scenario_id": "elsewhere-2026"}), path)
    return path


def _commands(folder, plan):
    return {
        "check": ("check", folder, plan),
        "replan": ("replan", folder, "--from", plan, "-o", plan),
        "show": ("show", plan, "--scenario", folder),
    }


@pytest.mark.parametrize("name", ["check", "replan", "show"])
def test_one_sentence_and_exit_2(run, folder, elsewhere, name):
    before = elsewhere.read_bytes()
    ran = run(*_commands(folder, elsewhere)[name])
    assert ran.code == 2
    assert " ".join(ran.err.split()) == SENTENCE
    assert ran.out == ""
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("name", ["check", "replan", "show"])
def test_as_json(run, folder, elsewhere, name):
    document = run(*_commands(folder, elsewhere)[name], "--json").document
    assert [issue["code"] for issue in document["issues"]] == ["ANOTHER_SCENARIO"]


def test_another_version_of_the_same_is_checked(run, folder, plan_path):
    ran = run("check", folder, plan_path)
    assert ran.code == 0
    assert "another version of this scenario" in ran.err
