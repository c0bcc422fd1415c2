"""Costs broken down: heavy enough to be done where bodies are read."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from movplan.application.costs import By, View, cost_rows
from movplan.application.documents import plan_of_text
from movplan.domain.errors import InputError
from movplan.domain.scenario import Scenario
from movplan_api.problems import kept_by_another_version


@dataclass(frozen=True, slots=True)
class CostErrand:
    """A plan and its scenario as texts, and what is asked of them."""

    plan: str
    scenario: str
    by: str
    view: str


def costs_of(errand: CostErrand) -> list[dict[str, Any]]:
    """The rows; for a process that has nothing else to do."""
    try:
        scenario = Scenario.model_validate_json(errand.scenario)
        plan = plan_of_text(errand.plan)
    except (ValidationError, InputError):
        raise kept_by_another_version("plan or its scenario") from None
    return cost_rows(scenario, plan, By(errand.by), View(errand.view))
