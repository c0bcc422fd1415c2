"""Keeping a plan with its run record."""

from pathlib import Path

from movplan.application.planning import run_path


def test_the_run_record_stands_beside_the_plan():
    assert run_path(Path("out/plan.json")) == Path("out/run.json")


def test_two_plans_in_a_folder_keep_their_own_records():
    assert run_path(Path("out/may.json")) == Path("out/may.run.json")
