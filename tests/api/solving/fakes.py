"""Solver processes that do as a test needs: each is a command like the real one's.

They speak the real protocol over real pipes; only the planning is made up.
"""

import sys
from collections.abc import Callable
from pathlib import Path

_HEAD = """
import json, sys, time
from pathlib import Path
folder = Path(sys.argv[1])
def say(kind, **body):
    print(json.dumps({"kind": kind, "body": body}), flush=True)
def keep(name, plan):
    folder.joinpath(name).write_text(plan)
    folder.joinpath("run.json").write_text("{}")
    return {"plan_file": name, "run_file": "run.json", "outcome": "FEASIBLE",
            "stop_reason": "TIME_LIMIT", "levels": [{"name": "moved", "value": 1}]}
"""


def solver(script: str) -> Callable[[Path, int], list[str]]:
    """A command whose process runs this script."""

    def command(folder: Path, niceness: int) -> list[str]:
        return [sys.executable, "-c", _HEAD + script, str(folder), str(niceness)]

    return command
