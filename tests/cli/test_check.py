"""``movplan check`` on plans."""

from movplan.files import write_plan
from tests.reports.by_hand import PLAN


def test_a_clean_plan(run, folder, plan_path):
    ran = run("check", folder, plan_path)
    assert ran.code == 0
    assert "Every rule is kept." in ran.out
    assert "seats" in ran.out
    assert "promissory_note" not in ran.out
    assert "more had nothing to look at." in ran.out
    assert "another version" in ran.err


def test_a_clean_plan_as_json(run, folder, plan_path):
    document = run("check", folder, plan_path, "--json").document
    assert document["clean"]
    assert {check["rule"] for check in document["checks"]} >= {"seats", "recost"}


def test_violations_are_listed(run, folder, tmp_path):
    # F2 disappears: its ride is gone and nobody says why
    schedule = tuple(leg for leg in PLAN.schedule if leg.family_id != "F2")
    write_plan(PLAN.model_copy(update={"schedule": schedule}), tmp_path / "bad.json")
    ran = run("check", folder, tmp_path / "bad.json")
    assert ran.code == 1
    assert "F2 is neither scheduled nor left out" in ran.out
    document = run("check", folder, tmp_path / "bad.json", "--json").document
    assert not document["clean"]


def test_a_bad_scenario_is_bad_input(run, folder, plan_path):
    (folder / "departures.csv").unlink()
    assert run("check", folder, plan_path).code == 2
