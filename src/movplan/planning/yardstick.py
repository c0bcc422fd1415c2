"""What somebody without a planner reaches: a yardstick to measure missions by."""

from movplan.costing.tariffs import Tariffs
from movplan.domain.scenario import Scenario
from movplan.formulation.build import build_model
from movplan.planning.first_come import first_come
from movplan.screening.result import Screening


def first_come_values(scenario: Scenario, screening: Screening) -> dict[str, int]:
    """Level values of first come, first served, by name, as people read them.

    Levels count in the model's order; packing and rostering are not looked at.
    """
    model = build_model(scenario, screening, Tariffs(scenario)).model
    found = first_come(scenario, model)
    names = [level.level.name for level in model.levels]
    return dict(zip(names, found.values, strict=True))
