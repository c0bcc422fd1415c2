"""Scenario and limits to a checked, re-costed, certified plan."""

from movplan.optimiser.progress import Limits, Progress
from movplan.planning.by_hand import plan_from_assignments
from movplan.planning.draft import draft_plan
from movplan.planning.plan_scenario import PlanningResult, plan_scenario
from movplan.planning.run_record import RunRecord

__all__ = [
    "Limits",
    "PlanningResult",
    "Progress",
    "RunRecord",
    "draft_plan",
    "plan_from_assignments",
    "plan_scenario",
]
