"""Costs broken down: heavy enough to be done where bodies are read."""

from dataclasses import dataclass
from typing import Any

from movplan.application.costs import By, View, cost_rows
from movplan.application.documents import plan_of_text
from movplan.domain.scenario import Scenario


@dataclass(frozen=True, slots=True)
class CostErrand:
    """A plan and its scenario as texts, and what is asked of them."""

    plan: str
    scenario: str
    by: str
    view: str


def costs_of(errand: CostErrand) -> list[dict[str, Any]]:
    """The rows; for a process that has nothing else to do."""
    scenario = Scenario.model_validate_json(errand.scenario)
    plan = plan_of_text(errand.plan)
    return cost_rows(scenario, plan, By(errand.by), View(errand.view))
