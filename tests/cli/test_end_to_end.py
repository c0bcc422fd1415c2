"""From a folder to a plan and on, with the real planner, as an officer would."""

import csv
import json

import pytest

from tests.reports.by_hand import SCENARIO

SEARCH = ("--effort", 1, "--seed", 1)


@pytest.fixture
def planned(run, folder, tmp_path):
    """The mission made by hand, planned by movplan."""
    target = tmp_path / "movplan.json"
    assert run("plan", folder, "-o", target, *SEARCH).code == 0
    return target


def test_everybody_can_travel(run, planned):
    # F4 takes the third convoy, nothing keeps F5 from the flight: 14 persons
    document = run("show", planned, "--json").document
    assert document["persons"] == {"moved": 14, "of": 14}
    assert document["violations"] == 0


def test_its_plan_keeps_every_rule(run, folder, planned):
    document = run("check", folder, planned, "--json").document
    assert document["violations"] == []
    assert document["same_scenario"]


def test_effort_and_seed_repeat_the_bytes(run, folder, planned, tmp_path):
    again = tmp_path / "again.json"
    run("plan", folder, "-o", again, *SEARCH)
    assert again.read_bytes() == planned.read_bytes()


def test_a_cancelled_flight_is_replanned(run, folder, planned, tmp_path):
    target = tmp_path / "next.json"
    change = ("--change", "departure FL-0509: cancel")
    ran = run("replan", folder, "--from", planned, *change, "-o", target, *SEARCH)
    assert ran.code == 0
    document = run("show", target, "--families", "--json").document
    aboard = {leg["departure_id"] for leg in document["schedule"]}
    assert "FL-0509" not in aboard


def test_a_table_made_by_hand_is_checked(run, folder, tmp_path):
    table = tmp_path / "by-hand.csv"
    rows = [("F3", "CV-0506"), ("F4", "CV-0506"), ("F1", "CV-0506")]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("family_id", "departure_id"))
        writer.writerows(rows)
    # 4 + 4 + 3 = 11 persons in a minibus of 8
    ran = run("check", folder, table, "--json")
    assert ran.code == 1
    assert ran.document["violations"]


def test_a_table_with_unknown_ids_is_bad_input(run, folder, tmp_path):
    table = tmp_path / "by-hand.csv"
    table.write_text("family_id,departure_id\nF1,NOWHERE\n", "utf-8")
    ran = run("check", folder, table, "--json")
    assert ran.code == 2
    assert "NOWHERE" in json.dumps(ran.document)


def test_contradicting_pins_are_bad_input(run, folder, tmp_path):
    rows = [f"{f.family_id},CV-0513,pinned" for f in SCENARIO.families[:3]]
    rows.append("F4,CV-0513,pinned")
    text = "family_id,departure_id,state\n" + "\n".join(rows) + "\n"
    (folder / "assignments.csv").write_text(text, "utf-8")
    # F1 3 + F2 1 + F3 4 + F4 4 = 12 persons pinned to a minibus of 8
    ran = run("plan", folder, "-o", tmp_path / "p.json", *SEARCH, "--json")
    assert ran.code == 2
    assert ran.document["error"] == "ConflictError"
    assert not (tmp_path / "p.json").exists()


@pytest.mark.slow
def test_a_generated_mission_from_end_to_end(run, tmp_path):
    mission, plan = tmp_path / "mission", tmp_path / "plan.json"
    assert run("generate", "--families", 60, "--seed", 7, "-o", mission).code == 0
    assert run("plan", mission, "-o", plan, "--time-limit", 20).code == 0
    assert run("check", mission, plan).code == 0
