"""``movplan show``."""

import pytest

SECTIONS = {
    "--families": ("Families that travel", "schedule"),
    "--departures": ("Departures", "departures"),
    "--costs": ("Costs by category", "ledger"),
    "--escorts": ("Escort missions", "missions"),
    "--left-out": ("Families that stay", "left_out"),
    "--deadlines": ("Deadlines", "deadlines"),
}


def test_the_summary(run, plan_path):
    ran = run("show", plan_path)
    assert ran.code == 0
    assert ran.out.startswith("8 of 14 persons travel (3 of 5 families).")


@pytest.mark.parametrize("flag", SECTIONS)
def test_a_section(run, plan_path, flag):
    title, field = SECTIONS[flag]
    assert title in run("show", plan_path, flag).out
    assert list(run("show", plan_path, flag, "--json").document) == [field]


def test_several_sections(run, plan_path):
    document = run("show", plan_path, "--escorts", "--deadlines", "--json").document
    assert set(document) == {"missions", "deadlines"}


def test_the_scenario_adds_donors(run, plan_path, folder):
    assert "KfW" not in run("show", plan_path, "--costs").out
    assert "KfW" in run("show", plan_path, "--costs", "--scenario", folder).out


def test_costs_by_group(run, plan_path, folder):
    """The bus goes to those aboard, F1 and F3, by family; to the bus by departure."""
    asked = ("show", plan_path, "--scenario", folder, "--costs-by", "family")
    ran = run(*asked, "--costs-by", "departure")
    assert "Costs by family" in ran.out
    assert "Costs by departure" in ran.out
    assert "persons travel" not in ran.out
    (rows,) = run(*asked, "--json").document.values()
    assert sum(row["reporting_cents"] for row in rows) == 148_250


def test_costs_by_group_need_the_scenario(run, plan_path):
    ran = run("show", plan_path, "--costs-by", "donor")
    assert ran.code == 2
    assert "--scenario" in ran.err


def test_a_narrow_screen_is_kept_to(run, plan_path, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    out = run("show", plan_path, *SECTIONS, "--scenario", folder).out
    assert max(len(line) for line in out.splitlines()) <= 60


def test_a_picture_needs_the_scenario(run, plan_path, folder, tmp_path):
    target = tmp_path / "plan.svg"
    assert run("show", plan_path, "--picture", target).code == 2
    assert not target.exists()
    assert run("show", plan_path, "--picture", target, "--scenario", folder).code == 0
    assert target.read_text("utf-8").startswith("<svg")


def test_a_file_that_is_no_plan(run, tmp_path):
    path = tmp_path / "plan.json"
    path.write_text('{"scenario_id": 3}', "utf-8")
    ran = run("show", path)
    assert ran.code == 2
    assert "certificate" in ran.out
    assert "Traceback" not in ran.out + ran.err
