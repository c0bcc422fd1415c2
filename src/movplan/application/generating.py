"""Make a mission of any size from published distributions."""

import json
from pathlib import Path

from movplan.files import canonical, write_folder
from movplan.files.atomic import write_whole
from movplan.generation import generate, quick_hardness
from movplan.generation.hardness import Hardness
from movplan.screening import screen

HARDNESS_FILE = "hardness.json"


def generate_folder(
    folder: Path, *, families: int, seed: int, profile: str
) -> Hardness:
    """Write the scenario's folder and how hard it is to plan; returns the latter.

    What needs a solver is left out (``benchmarks/hardness.py`` measures it): the file
    names what was measured.
    """
    scenario = canonical(generate(families, seed, profile))
    hard = quick_hardness(scenario, screen(scenario))
    write_folder(scenario, folder)
    text = json.dumps(hard, indent=1, sort_keys=True)
    write_whole(folder / HARDNESS_FILE, text + "\n")
    return hard
