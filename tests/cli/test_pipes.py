"""A command whose output nobody reads any more ends with its own exit code."""

import os
import subprocess
import sys

import pytest

from movplan.files import write_plan
from tests.reports.by_hand import PLAN


def ended(*words, err=False):
    """The exit code of a command whose standard output is a closed pipe."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "movplan", *map(str, words)],
            stdout=writing,
            stderr=writing if err else subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert not done.stderr
    return done.returncode


@pytest.mark.parametrize("json", [(), ("--json",)], ids=["tables", "json"])
def test_a_valid_scenario(folder, json):
    assert ended("validate", folder, *json) == 0


def test_tables_and_help(plan_path):
    assert ended("show", plan_path, "--families", "--departures", "--costs") == 0
    assert ended("--help") == 0


def test_bad_input_stays_bad_input(folder):
    (folder / "departures.csv").unlink()
    assert ended("validate", folder, err=True) == 2


def test_violations_stay_violations(folder, tmp_path):
    schedule = tuple(leg for leg in PLAN.schedule if leg.family_id != "F2")
    write_plan(PLAN.model_copy(update={"schedule": schedule}), tmp_path / "bad.json")
    assert ended("check", folder, tmp_path / "bad.json", err=True) == 1
