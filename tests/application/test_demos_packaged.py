"""The demo scenarios are in the wheel, where the installed package finds them."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from movplan.application.demos import DEMO_NAMES, demo_folder

ROOT = Path(__file__).parents[2]


ASK = """
from movplan.application.demos import demo, demo_folder
print(demo_folder("first-convoy"), demo("first-convoy").families)
"""


@pytest.mark.slow
def test_a_wheel_has_the_demo_scenarios(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*command, "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    wheel = next(tmp_path.glob("movplan-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        files = set(archive.namelist())
        archive.extractall(tmp_path / "site")
    for name in DEMO_NAMES:
        assert f"movplan/demo_scenarios/{name}/scenario.yaml" in files
    assert not any("iran-2026" in file for file in files)
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            ASK,
        ],
        env={"PYTHONPATH": str(tmp_path / "site")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    folder, families = found.stdout.split()
    assert folder == str(tmp_path / "site/movplan/demo_scenarios/first-convoy")
    assert families == "8"


def test_a_checkout_has_them_at_its_root():
    assert demo_folder("workshop").parts[-2:] == ("scenarios", "workshop")
