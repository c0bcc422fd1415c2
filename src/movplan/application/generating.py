"""Make a mission of any size from published distributions."""

import json
from pathlib import Path
from typing import Any

from movplan.files import write_folder
from movplan.files.atomic import write_whole
from movplan.generation import generate


def generate_folder(
    folder: Path, *, families: int, seed: int, profile: str
) -> dict[str, Any]:
    """Write the scenario's folder and, in it, ``hardness.json``; returns the latter."""
    made = generate(families, seed, profile)
    write_folder(made.scenario, folder)
    text = json.dumps(made.hardness, indent=1, sort_keys=True)
    write_whole(folder / "hardness.json", text + "\n")
    return made.hardness
