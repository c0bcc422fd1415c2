"""Make a mission of any size from published distributions."""

from pathlib import Path

from movplan.domain.scenario import Scenario
from movplan.files import write_folder
from movplan.generation import generate


def generate_folder(
    folder: Path, *, families: int, seed: int, profile: str
) -> Scenario:
    """Write the scenario's folder."""
    scenario = generate(families, seed, profile)
    write_folder(scenario, folder)
    return scenario
