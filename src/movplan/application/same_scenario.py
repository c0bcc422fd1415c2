"""A plan goes with the scenario it was made from, or with another version of it."""

from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario


def refuse_another(scenario: Scenario, plan: Plan) -> None:
    """Raise ``InputError`` if the plan is one of another scenario."""
    if plan.scenario_id == scenario.scenario_id:
        return
    issue = Issue(
        code="ANOTHER_SCENARIO",
        table="plan",
        key=plan.scenario_id,
        problem=f"The plan is one of scenario {plan.scenario_id}, not of"
        f" {scenario.scenario_id}",
        expected="give the scenario it was made from",
    )
    raise InputError([issue])
