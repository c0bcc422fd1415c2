"""Reading the scenario a command was given."""

from pathlib import Path
from typing import TYPE_CHECKING

from movplan.cli.output import complain

if TYPE_CHECKING:
    from movplan.application.loading import Loaded


def read(path: Path, *, set_aside: bool, as_json: bool) -> "Loaded":
    """The scenario; with ``set_aside`` without the families in error, which it says."""
    from movplan.application.loading import load, load_setting_aside

    if not set_aside:
        return load(path)
    loaded = load_setting_aside(path)
    if loaded.set_aside and not as_json:
        number = len(loaded.set_aside)
        families = "1 family" if number == 1 else f"{number:,} families"
        complain(f"Set aside for errors in their data: {families}.")
    return loaded
