"""``python -m benchmarks.first_come_again FOLDER PLAN CHANGE``: what first come reaches
on every level of a mission after a change to the plan in force, as JSON.
"""

import json
import sys
from pathlib import Path

from movplan.application.loading import load
from movplan.application.replanning import prepared
from movplan.costing.tariffs import Tariffs
from movplan.files import read_plan
from movplan.formulation.build import build_model
from movplan.planning.first_come import first_come
from movplan.screening import screen


def values(folder: Path, plan: Path, change: str) -> dict[str, int]:
    """Values as people read them, by level."""
    scenario = prepared(load(folder), read_plan(plan), [change]).scenario
    model = build_model(scenario, screen(scenario), Tariffs(scenario)).model
    reached = first_come(scenario, model).values
    names = [level.level.name for level in model.levels]
    return dict(zip(names, reached, strict=True))


if __name__ == "__main__":
    print(json.dumps(values(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
