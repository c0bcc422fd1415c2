"""The small scenarios that come with movplan, to try it with."""

from dataclasses import dataclass
from pathlib import Path

from movplan.application.documents import scenario_text
from movplan.application.loading import Loaded, load

DEMO_NAMES = (
    "first-convoy",
    "avrr-herat",
    "resettlement-transit",
    "rqa-kabul",
    "self-payers",
    "workshop",
)
# In a wheel they lie inside the package; a checkout has them at its root, once.
_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (_PACKAGE / "demo_scenarios", _PACKAGE.parents[1] / "scenarios")


@dataclass(frozen=True, slots=True)
class Demo:
    """A scenario to try things with: all families are invented."""

    name: str
    title: str
    families: int
    persons: int
    document: str


def demo(name: str) -> Demo:
    """The demo scenario of that name; raises ``KeyError`` for others."""
    loaded = load_demo(name)
    scenario = loaded.scenario
    return Demo(
        name=name,
        title=scenario.title,
        families=len(scenario.families),
        persons=loaded.persons,
        document=scenario_text(scenario),
    )


def load_demo(name: str) -> Loaded:
    """The same, read."""
    return load(demo_folder(name))


def demo_folder(name: str) -> Path:
    """Where its files are; raises ``KeyError`` for what is no demo scenario."""
    if name not in DEMO_NAMES:
        raise KeyError(name)
    for folder in _FOLDERS:
        if (folder / name / "scenario.yaml").is_file():
            return folder / name
    raise FileNotFoundError(f"the demo scenario {name} is not installed")
