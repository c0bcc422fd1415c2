"""What is ordered: a small scenario many times, a big one that takes its time."""

import json
from pathlib import Path
from typing import Any

from movplan.application.documents import scenario_text
from movplan.application.loading import load

_SCENARIOS = Path(__file__).parents[2] / "scenarios"


def small_order() -> dict[str, Any]:
    """A dozen families, a round of effort: the same plan each time."""
    return {"scenario": _scenario("first-convoy"), "limits": {"effort": 1, "seed": 1}}


def big_order(time_limit_s: float) -> dict[str, Any]:
    """Hundreds of families, searched for as long as said."""
    return {
        "scenario": _scenario("iran-2026"),
        "limits": {"time_limit_s": time_limit_s, "gap": "0"},
    }


def _scenario(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scenario_text(load(_SCENARIOS / name).scenario))
    return found
